import { EdgeLabelRenderer } from '@xyflow/react';
import { memo } from 'react';
import type { Position } from '../../../../src/graph/document.ts';
import { LABEL_HEIGHT, labelWidth } from '../../../../src/layout/labels.ts';
import type { SceneEdge } from '../scene/scene.ts';
import type { ShapeFlowEdge } from '../scene/toFlow.ts';
import css from './EdgeLabels.module.css';

interface LabelProps {
  readonly content: SceneEdge['content'];
  readonly at: Position;
  readonly selected: boolean;
}

const Label = memo(function Label({ content, at, selected }: LabelProps) {
  const width = labelWidth(content.shape);
  const classes = [css.label, selected && css.selected, content.severity === 'error' && css.error];
  return (
    <g className={classes.filter(Boolean).join(' ')}>
      <rect x={at.x - width / 2} y={at.y - LABEL_HEIGHT / 2} width={width} height={LABEL_HEIGHT} rx="4" />
      <text x={at.x} y={at.y} dominantBaseline="central" textAnchor="middle">
        {content.shape}
      </text>
    </g>
  );
});

/** Shapes of the edges. Drawn above all edges, so that no edge crosses a label, and below cards and ports. */
export function EdgeLabels({ edges }: { readonly edges: readonly ShapeFlowEdge[] }) {
  return (
    <EdgeLabelRenderer>
      <svg className={css.labels} aria-hidden="true">
        {edges.map(({ id, data, selected = false }) =>
          data !== undefined && (data.label !== null || selected) ? (
            <Label key={id} content={data.edge.content} at={data.label ?? data.edge.label} selected={selected} />
          ) : null,
        )}
      </svg>
    </EdgeLabelRenderer>
  );
}
