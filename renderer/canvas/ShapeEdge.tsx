import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getSmoothStepPath } from '@xyflow/react';
import { memo } from 'react';
import css from './ShapeEdge.module.css';
import type { ShapeFlowEdge } from './toFlow.ts';

/** A wire with the shape that flows through it. */
export const ShapeEdge = memo(function ShapeEdge(props: EdgeProps<ShapeFlowEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, selected, data } = props;
  const [path, labelX, labelY] = getSmoothStepPath({
    sourceX,
    sourceY,
    sourcePosition,
    targetX,
    targetY,
    targetPosition,
    borderRadius: 8,
    offset: 20,
  });
  const severity = data?.severity ?? null;
  const classes = [css.label, selected && css.selected, severity === 'error' && css.error];
  return (
    <>
      <BaseEdge id={id} path={path} className={severity === 'error' ? css.wrong : ''} interactionWidth={22} />
      <EdgeLabelRenderer>
        <div
          className={classes.filter(Boolean).join(' ')}
          style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
        >
          {data?.shape}
        </div>
      </EdgeLabelRenderer>
    </>
  );
});
