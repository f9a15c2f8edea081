import type { Direction, Position } from '../graph/document.ts';
import { turned } from './card.ts';

/**
 * The path of an edge between its straight ends: one step across the flow, or a lane along the flow, for example to go
 * back or past other cards. `step` is a coordinate along the flow, that of a lane is across the flow.
 */
export type Bend = { readonly step: number } | Lane;

export interface Lane {
  readonly lane: number;
  /**
   * Coordinates along the flow where the edge turns after the output and before the input; by default, at distance
   * LEAD.
   */
  readonly leave?: number;
  readonly enter?: number;
}

export interface EdgeShape {
  /** SVG path data. */
  readonly path: string;
  /** Center of the label. */
  readonly label: Position;
  readonly points: readonly Position[];
}

/** Length of the straight ends at output and input. */
export const LEAD = 20;
const RADIUS = 8;

/** The bend of an edge without obstacles. */
export function freeBend(from: Position, to: Position, direction: Direction): Bend {
  const [start, end] = [turned(direction, from), turned(direction, to)];
  return start.y + LEAD < end.y - LEAD ? { step: (start.y + end.y) / 2 } : { lane: (start.x + end.x) / 2 };
}

/** True if b is on the straight line from a to c; a reversal counts as a corner. */
const isBetween = (a: Position, b: Position, c: Position): boolean =>
  (a.x === b.x && b.x === c.x && (b.y - a.y) * (c.y - b.y) >= 0) ||
  (a.y === b.y && b.y === c.y && (b.x - a.x) * (c.x - b.x) >= 0);

/** The corners of an edge from its output to its input. */
export function edgePoints(from: Position, to: Position, direction: Direction, bend: Bend): readonly Position[] {
  const [start, end] = [turned(direction, from), turned(direction, to)];
  const inner =
    'step' in bend
      ? [
          { x: start.x, y: bend.step },
          { x: end.x, y: bend.step },
        ]
      : [
          { x: start.x, y: bend.leave ?? start.y + LEAD },
          { x: bend.lane, y: bend.leave ?? start.y + LEAD },
          { x: bend.lane, y: bend.enter ?? end.y - LEAD },
          { x: end.x, y: bend.enter ?? end.y - LEAD },
        ];
  const points: Position[] = [];
  for (const point of [start, ...inner, end]) {
    const [a, b] = points.slice(-2);
    if (a !== undefined && b !== undefined && isBetween(a, b, point)) points.pop();
    points.push(point);
  }
  return points.map((point) => turned(direction, point));
}

const distance = (a: Position, b: Position): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
/** The point at distance `length` from `a` towards `b`. */
const towards = (a: Position, b: Position, length: number): Position => ({
  x: a.x + Math.sign(b.x - a.x) * length,
  y: a.y + Math.sign(b.y - a.y) * length,
});
const text = ({ x, y }: Position): string => `${round(x)} ${round(y)}`;
const round = (value: number): number => Math.round(value * 100) / 100;

/** SVG path data of a polyline with rounded corners. */
export function roundedPath(points: readonly Position[]): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (before === undefined) return `M${text(point)}`;
      const turnsBack = after !== undefined && (before.x === after.x || before.y === after.y);
      if (after === undefined || turnsBack) return `L${text(point)}`;
      const radius = Math.min(RADIUS, distance(before, point) / 2, distance(point, after) / 2);
      const [enter, leave] = [towards(point, before, radius), towards(point, after, radius)];
      return `L${text(enter)}Q${text(point)} ${text(leave)}`;
    })
    .join('');
}

export interface HeadSize {
  readonly length: number;
  /** Half of the width. */
  readonly half: number;
  /** Distance of the tip from the end of the edge, where the port is drawn. */
  readonly back?: number;
}

/** The arrowhead at the end of an edge, in the direction of its last segment: tip, then both corners. */
export function headPoints(points: readonly Position[], { length, half, back = 0 }: HeadSize): readonly Position[] {
  const [before, end] = points.slice(-2) as [Position, Position];
  const [x, y] = [Math.sign(end.x - before.x), Math.sign(end.y - before.y)];
  const tip = { x: end.x - x * back, y: end.y - y * back };
  const foot = { x: tip.x - x * length, y: tip.y - y * length };
  return [tip, { x: foot.x - y * half, y: foot.y - x * half }, { x: foot.x + y * half, y: foot.y + x * half }];
}

/** The arrowhead as SVG path data. */
export const headPath = (points: readonly Position[], size: HeadSize): string =>
  `M${headPoints(points, size)
    .map(({ x, y }) => `${x} ${y}`)
    .join('L')}Z`;

/** The drawn shape of an edge, with its label in the middle of the step or lane. */
export function edgeShape(
  from: Position,
  to: Position,
  direction: Direction,
  bend = freeBend(from, to, direction),
): EdgeShape {
  const points = edgePoints(from, to, direction, bend);
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const across = 'step' in bend ? { x: middle.x, y: bend.step } : { x: bend.lane, y: middle.y };
  const along = 'step' in bend ? { x: bend.step, y: middle.y } : { x: middle.x, y: bend.lane };
  return { path: roundedPath(points), label: direction === 'down' ? across : along, points };
}
