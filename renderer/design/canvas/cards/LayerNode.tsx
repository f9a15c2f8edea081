import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useDocument } from '../../../state/stores/stores.ts';
import { useWords } from '../../../ui/i18n/i18n.ts';
import { Icon } from '../../../ui/icons/Icon.tsx';
import { useFindings } from '../../find/findStore.ts';
import type { LayerFlowNode } from '../scene/toFlow.ts';
import { CardFoot, CardHead, CardSummary } from './CardFace.tsx';
import { cardClasses } from './cardClasses.ts';
import { categoryColor } from './categoryColor.ts';
import css from './LayerNode.module.css';
import { NameField } from './NameField.tsx';
import { startNaming, useNaming } from './naming.ts';
import { OpenCaret } from './OpenCaret.tsx';
import { OpenInside } from './OpenInside.tsx';
import { Ports } from './Ports.tsx';
import { RateBadge } from './RateBadge.tsx';

/** Card of a layer, or an expanded block. Rendered again only if its content has changed. */
export const LayerNode = memo(function LayerNode({ id, data, selected }: NodeProps<LayerFlowNode>) {
  const { say, pick } = useWords();
  const naming = useNaming((state) => state.node === id);
  const found = useFindings(({ here }) => here.has(id));
  const { category, name, severity, messages, pinned, inside } = data;
  const within = useDocument(({ levels }) => levels.some(({ node }) => node.frozen === true));
  const card = within && data.params > 0 && data.frozen !== 'all' ? { ...data, frozen: 'all' as const } : data;
  const head = (
    <CardHead
      card={card}
      name={
        naming ? (
          <NameField id={id} name={name} />
        ) : (
          // F2 does the same.
          // biome-ignore lint/a11y/noStaticElementInteractions: mouse shortcut for a command with a key
          <span className={css.name} title={name} onDoubleClick={() => startNaming(id)}>
            {name}
          </span>
        )
      }
    />
  );
  return (
    <>
      <div
        className={cardClasses(card, { selected, found })}
        style={categoryColor(category)}
        data-found={found || undefined}
      >
        {inside !== null && <OpenInside inside={inside} way={[id]} />}
        {head}
        {inside === null && <CardSummary card={data} />}
        <CardFoot card={data} />
        {category === 'blocks' && data.canOpen && <OpenCaret id={id} name={name} open={inside !== null} />}
        {data.params > 0 && <RateBadge name={name} />}
        {pinned && (
          <span className={css.pin} title={say('canvas.pinned')}>
            <Icon name="pin" size={10} />
          </span>
        )}
        {messages.length > 0 && (
          <div className={css.messages} role="tooltip" data-severity={severity}>
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
