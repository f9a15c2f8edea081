import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { memo, useState } from 'react';
import { headPath } from '../../../../src/layout/wire.ts';
import { useWords } from '../../../ui/i18n/i18n.ts';
import { wireWidth } from '../painted/wireWidth.ts';
import type { ShapeFlowEdge } from '../scene/toFlow.ts';
import css from './ShapeEdge.module.css';

/** Before the mark of the port. */
const HEAD = { length: 7, half: 3.5, back: 4 } as const;

/** A wire with the shape that flows through it: the more numbers, the thicker. */
export const ShapeEdge = memo(function ShapeEdge({ id, data }: EdgeProps<ShapeFlowEdge>) {
  const [hovered, setHovered] = useState(false);
  if (data === undefined) return null;
  const { wire, near } = data;
  const { content, path } = wire;
  const wrong = content.severity === 'error';
  const classes = [css.wire, wrong ? css.wrong : near && css.near];
  return (
    <g onPointerEnter={() => setHovered(true)} onPointerLeave={() => setHovered(false)}>
      <title>{content.shape}</title>
      <BaseEdge
        id={id}
        path={path}
        className={classes.filter(Boolean).join(' ')}
        style={{ strokeWidth: wireWidth(content.size) }}
        interactionWidth={22}
      />
      <path d={headPath(wire.points, HEAD)} className={[css.head, ...classes].filter(Boolean).join(' ')} />
      {hovered && wrong && <Failure wire={wire} />}
    </g>
  );
});

/** What is wrong, at the wire's end. */
function Failure({ wire: { content, points } }: Pick<NonNullable<ShapeFlowEdge['data']>, 'wire'>) {
  const { pick } = useWords();
  const end = points.at(-1) ?? { x: 0, y: 0 };
  return (
    <EdgeLabelRenderer>
      <div
        className={css.failure}
        role="tooltip"
        style={{ transform: `translate(${end.x + 14}px, ${end.y - 14}px) translateY(-100%)` }}
      >
        {content.messages.map((message) => (
          <p key={message.en}>{pick(message)}</p>
        ))}
      </div>
    </EdgeLabelRenderer>
  );
}
