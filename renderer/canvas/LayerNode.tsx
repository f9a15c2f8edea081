import type { NodeProps } from '@xyflow/react';
import { type CSSProperties, memo } from 'react';
import { useWords } from '../i18n/i18n.ts';
import { whole } from '../i18n/numbers.ts';
import { Icon } from '../icons/Icon.tsx';
import { LayerIcon } from '../icons/LayerIcon.tsx';
import css from './LayerNode.module.css';
import { NameField } from './NameField.tsx';
import { useNaming } from './naming.ts';
import { Ports } from './Ports.tsx';
import type { LayerFlowNode } from './toFlow.ts';

const categoryColour = (category: string): CSSProperties =>
  ({ '--category': category === 'unknown' ? 'var(--muted)' : `var(--category-${category})` }) as CSSProperties;

/** A layer's card. Drawn again only when what it shows has changed. */
export const LayerNode = memo(function LayerNode({ id, data, selected }: NodeProps<LayerFlowNode>) {
  const { say, pick } = useWords();
  const naming = useNaming((state) => state.node === id);
  const { layer, category, kind, name, summary, shape, params, frozen, severity, messages, pinned, repeat } = data;
  const classes = [
    css.card,
    selected && css.selected,
    severity && css[severity],
    category === 'unknown' && css.unknown,
    frozen && css.frozen,
    category === 'blocks' && css.block,
    repeat > 1 && css.repeated,
  ];
  return (
    <>
      <div className={classes.filter(Boolean).join(' ')} style={categoryColour(category)}>
        <div className={css.head}>
          <span className={css.icon}>
            <LayerIcon layer={layer} category={category} />
          </span>
          <span className={css.kind} title={pick(kind)}>
            {pick(kind)}
          </span>
          {repeat > 1 && <span className={css.times}>{`×${repeat}`}</span>}
          {frozen && (
            <span className={css.snow} title={say('inspector.frozen')}>
              <Icon name="frozen" size={12} />
            </span>
          )}
          {naming ? (
            <NameField id={id} name={name} />
          ) : (
            // F2 does the same.
            // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse
            <span className={css.name} title={name} onDoubleClick={() => useNaming.getState().start(id)}>
              {name}
            </span>
          )}
        </div>
        <div className={css.summary} title={pick(summary)}>
          {pick(summary)}
        </div>
        <div className={css.foot}>
          <span className={css.shape} title={shape}>
            {shape}
          </span>
          {params > 0 && <span className={css.params}>{say('canvas.params', { count: whole(params) })}</span>}
        </div>
        {pinned && (
          <span className={css.pin} title={say('canvas.pinned')}>
            <Icon name="pin" size={10} />
          </span>
        )}
        {messages.length > 0 && (
          <div className={css.messages} role="tooltip">
            {messages.map((message) => (
              <p key={message.en}>{pick(message)}</p>
            ))}
          </div>
        )}
      </div>
      <Ports side="input" ports={data.inputs} direction={data.direction} />
      <Ports side="output" ports={data.outputs} direction={data.direction} />
    </>
  );
});
