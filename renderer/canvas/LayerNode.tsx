import { Handle, type NodeProps, Position } from '@xyflow/react';
import { type CSSProperties, memo, useState } from 'react';
import { useWords } from '../i18n/i18n.ts';
import { whole } from '../i18n/numbers.ts';
import { Icon } from '../icons/Icon.tsx';
import { LayerIcon } from '../icons/LayerIcon.tsx';
import { useDocument } from '../stores/stores.ts';
import css from './LayerNode.module.css';
import type { LayerFlowNode } from './toFlow.ts';

const categoryColour = (category: string): CSSProperties =>
  ({ '--category': category === 'unknown' ? 'var(--muted)' : `var(--category-${category})` }) as CSSProperties;

/** Evenly along the side. */
const along = (index: number, count: number): CSSProperties => ({ left: `${((index + 1) / (count + 1)) * 100}%` });

/** A layer's card. Drawn again only when what it shows has changed. */
export const LayerNode = memo(function LayerNode({ id, data, selected }: NodeProps<LayerFlowNode>) {
  const { say, pick } = useWords();
  const [naming, setNaming] = useState(false);
  const { layer, category, kind, name, summary, shape, params, frozen, inputs, outputs, severity, messages } = data;
  const classes = [
    css.card,
    selected && css.selected,
    severity && css[severity],
    category === 'unknown' && css.unknown,
    frozen && css.frozen,
  ];
  return (
    <div className={classes.filter(Boolean).join(' ')} style={categoryColour(category)}>
      {inputs.map((port, index) => (
        <Handle
          key={port}
          id={port}
          type="target"
          position={Position.Top}
          className={css.port}
          style={along(index, inputs.length)}
          aria-label={say('canvas.input', { port })}
          title={say('canvas.input', { port })}
        />
      ))}
      <div className={css.head}>
        <span className={css.icon}>
          <LayerIcon layer={layer} category={category} />
        </span>
        <span className={css.kind}>{pick(kind)}</span>
        {frozen && (
          <span className={css.snow} title={say('inspector.frozen')}>
            <Icon name="frozen" size={12} />
          </span>
        )}
        {naming ? (
          <NameField id={id} name={name} onDone={() => setNaming(false)} />
        ) : (
          // Renaming has a keyboard way in the inspector.
          // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse
          <span className={css.name} onDoubleClick={() => setNaming(true)}>
            {name}
          </span>
        )}
      </div>
      <div className={css.summary}>{pick(summary)}</div>
      <div className={css.foot}>
        <span className={css.shape}>{shape}</span>
        {params > 0 && <span className={css.params}>{say('canvas.params', { count: whole(params) })}</span>}
      </div>
      {messages.length > 0 && (
        <div className={css.messages} role="tooltip">
          {messages.map((message) => (
            <p key={message.en}>{pick(message)}</p>
          ))}
        </div>
      )}
      {outputs.map((port, index) => (
        <Handle
          key={port}
          id={port}
          type="source"
          position={Position.Bottom}
          className={css.port}
          style={along(index, outputs.length)}
          aria-label={say('canvas.output', { port })}
          title={say('canvas.output', { port })}
        />
      ))}
    </div>
  );
});

interface NameFieldProps {
  readonly id: string;
  readonly name: string;
  onDone(): void;
}

function NameField({ id, name, onDone }: NameFieldProps) {
  const { say } = useWords();
  const finish = (value: string) => {
    if (value.trim() !== '') useDocument.getState().edit([{ kind: 'renameNode', node: id, name: value.trim() }]);
    onDone();
  };
  return (
    <input
      // React Flow leaves what carries these classes to the field.
      className={`${css.nameField} nodrag nopan`}
      aria-label={say('canvas.name')}
      defaultValue={name}
      // biome-ignore lint/a11y/noAutofocus: the double-click asked for it
      autoFocus
      onFocus={(event) => event.target.select()}
      onBlur={(event) => finish(event.target.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') finish(event.currentTarget.value);
        if (event.key === 'Escape') onDone();
      }}
    />
  );
}
