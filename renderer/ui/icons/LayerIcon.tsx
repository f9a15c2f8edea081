import { drawingOf } from '../../../src/blocks/icons.ts';
import { DRAWING_GRID, LINE_WIDTH } from '../../../src/layers/drawing.ts';
import type { Category } from '../../../src/layers/layer.ts';

interface Props {
  readonly layer: string;
  readonly category: Category | 'unknown';
}

export function LayerIcon({ layer, category }: Props) {
  const { lines, width = LINE_WIDTH, solid } = drawingOf(layer, category);
  return (
    <svg
      aria-hidden="true"
      width="16"
      height="16"
      viewBox={`0 0 ${DRAWING_GRID} ${DRAWING_GRID}`}
      fill="none"
      stroke="currentColor"
      strokeWidth={width}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={lines} />
      {solid !== undefined && <path d={solid} fill="currentColor" stroke="none" />}
    </svg>
  );
}
