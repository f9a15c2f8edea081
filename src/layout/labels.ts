import type { Position } from '../graph/document.ts';
import type { Area } from './card.ts';
import type { EdgeShape } from './edge.ts';

/** Width of a letter in the monospaced font of shapes. */
const LETTER = 6.7;
export const LABEL_HEIGHT = 16;
/** Visible length of a segment on both sides of its label. */
const SEEN = 4;
/** Positions on a segment, as fractions of its length. */
const SHARES = [0.5, 0.25, 0.75];

export const labelWidth = (shape: string): number => Math.round(shape.length * LETTER + 10);

/** An edge with the text of its label. */
export type LabeledEdge = Pick<EdgeShape, 'label' | 'points'> & { readonly shape: string };

const areaOf = ({ x, y }: Position, width: number): Area => ({
  x: x - width / 2,
  y: y - LABEL_HEIGHT / 2,
  width,
  height: LABEL_HEIGHT,
});

const overlap = (a: Area, b: Area): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Candidate positions: the default one first, then those on other segments, longest segment first. */
function spotsOn({ label, points }: LabeledEdge, width: number): readonly Position[] {
  const stretches = points.slice(1).flatMap((end, i) => {
    const start = points[i] ?? end;
    const length = Math.abs(end.x - start.x) + Math.abs(end.y - start.y);
    const least = (start.x === end.x ? LABEL_HEIGHT : width) + 2 * SEEN;
    return length < least ? [] : [{ start, end, length }];
  });
  const on = stretches
    .toSorted((a, b) => b.length - a.length)
    .flatMap(({ start, end }) =>
      SHARES.map((share) => ({ x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share })),
    );
  return [label, ...on];
}

/** Center of the label of each edge, overlapping no card and no earlier label; null if the edge has no space for it. */
export function placeLabels(edges: readonly LabeledEdge[], cards: readonly Area[]): readonly (Position | null)[] {
  const taken = [...cards];
  return edges.map((edge) => {
    const width = labelWidth(edge.shape);
    const place = spotsOn(edge, width).find((spot) => !taken.some((area) => overlap(area, areaOf(spot, width))));
    if (place === undefined) return null;
    taken.push(areaOf(place, width));
    return place;
  });
}
