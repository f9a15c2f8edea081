import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { memo, useState } from 'react';
import { headPath } from '../../../../src/layout/edge.ts';
import { useWords } from '../../../ui/i18n/i18n.ts';
import { edgeWidth } from '../painted/edgeWidth.ts';
import type { ShapeFlowEdge } from '../scene/toFlow.ts';
import css from './ShapeEdge.module.css';

/** Distance to the port mark. */
const HEAD = { length: 7, half: 3.5, back: 4 } as const;

/** An edge; its width grows with the number of values in the tensor. */
export const ShapeEdge = memo(function ShapeEdge({ id, data }: EdgeProps<ShapeFlowEdge>) {
  const [hovered, setHovered] = useState(false);
  if (data === undefined) return null;
  const { edge, near } = data;
  const { content, path } = edge;
  const wrong = content.severity === 'error';
  const classes = [css.edge, wrong ? css.wrong : near && css.near];
  return (
    <g onPointerEnter={() => setHovered(true)} onPointerLeave={() => setHovered(false)}>
      <title>{content.shape}</title>
      <BaseEdge
        id={id}
        path={path}
        className={classes.filter(Boolean).join(' ')}
        style={{ strokeWidth: edgeWidth(content.size) }}
        interactionWidth={22}
      />
      <path d={headPath(edge.points, HEAD)} className={[css.head, ...classes].filter(Boolean).join(' ')} />
      {hovered && wrong && <Failure edge={edge} />}
    </g>
  );
});

/** The problem of the edge, shown at its end. */
function Failure({ edge: { content, points } }: Pick<NonNullable<ShapeFlowEdge['data']>, 'edge'>) {
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
