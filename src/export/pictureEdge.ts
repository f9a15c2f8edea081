import { type EdgeShape, headPath } from '../layout/edge.ts';
import { type Colors, MONO_FONT } from './pictureTheme.ts';
import { type Font, textWidth } from './textWidth.ts';
import { element, escapeXml } from './xml.ts';

const LABEL: Font = { size: 10.5, mono: true };
const ARROW = { length: 7, half: 3.5 } as const;
const LARGE = { length: 16.8, half: 8.4 } as const;

export interface LabeledEdge extends EdgeShape {
  readonly shape: string;
}

export function drawEdge({ path, points }: LabeledEdge, tone: Colors, thumbnail: boolean, head = true): string {
  const width = thumbnail ? 5 : 1.5;
  return [
    element('path', { d: path, fill: 'none', stroke: tone.edge, 'stroke-width': width }),
    head ? element('path', { d: headPath(points, thumbnail ? LARGE : ARROW), fill: tone.edge }) : '',
  ].join('');
}

/** Draws the label of an edge on a patch of the background color, or beside the edge without a background. */
export function drawLabel(
  { label, shape }: Omit<LabeledEdge, 'points' | 'path'>,
  tone: Colors,
  background: string | null,
): string {
  if (shape === '') return '';
  const width = textWidth(shape, LABEL) + 6;
  const { x, y } = label;
  return [
    background !== null
      ? element('rect', { x: x - width / 2, y: y - 8, width, height: 16, rx: 4, fill: background })
      : '',
    element(
      'text',
      {
        x: background !== null ? x : x + 6,
        y: y + 3.8,
        fill: tone.muted,
        'font-size': LABEL.size,
        'font-family': MONO_FONT,
        'text-anchor': background !== null ? 'middle' : undefined,
      },
      escapeXml(shape),
    ),
  ].join('');
}
