import { EdgeLabelRenderer } from '@xyflow/react';
import { memo } from 'react';
import { LABEL_HEIGHT, labelWidth } from './labels.ts';
import type { SceneWire } from './scene.ts';
import type { ShapeFlowEdge } from './toFlow.ts';
import css from './WireLabels.module.css';

interface LabelProps {
  readonly wire: SceneWire;
  readonly selected: boolean;
}

const Label = memo(function Label({ wire, selected }: LabelProps) {
  const { content, label } = wire;
  const width = labelWidth(wire);
  const classes = [css.label, selected && css.selected, content.severity === 'error' && css.error];
  return (
    <g className={classes.filter(Boolean).join(' ')}>
      <rect x={label.x - width / 2} y={label.y - LABEL_HEIGHT / 2} width={width} height={LABEL_HEIGHT} rx="4" />
      <text x={label.x} y={label.y} dominantBaseline="central" textAnchor="middle">
        {content.shape}
      </text>
    </g>
  );
});

/** The shapes on the wires: above all wires, so that none crosses another's out, and below the cards and their ports. */
export function WireLabels({ edges }: { readonly edges: readonly ShapeFlowEdge[] }) {
  return (
    <EdgeLabelRenderer>
      <svg className={css.labels} aria-hidden="true">
        {edges.map(({ id, data, selected = false }) =>
          data !== undefined && (data.roomy || selected) ? (
            <Label key={id} wire={data.wire} selected={selected} />
          ) : null,
        )}
      </svg>
    </EdgeLabelRenderer>
  );
}
