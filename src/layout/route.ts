import type { Direction, Position } from '../graph/document.ts';
import { type Area, pitches, turned, turnedSize } from './card.ts';
import { type Bend, freeBend, LEAD } from './edge.ts';
import { spreadRuns } from './runs.ts';

/** The ends of an edge to route. Edges from one source carry the same data and may share a lane. */
export interface EdgeEndpoints {
  readonly id: string;
  readonly source: string;
  readonly from: Position;
  readonly to: Position;
}

/** Minimum distance between edges and cards, and between lanes. */
const CLEAR = 6;
const LANE = 10;
/** Preferred distance of an edge that leads back, so that it runs between columns, not between branches. */
const WIDE = 24;
const TRIES = 60;

interface Rect {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Limit on the examined cells and cards for all edges together. A thousand layers need less than a hundredth of it.
 * Above it, there are too many cards, or cards too far apart, and the remaining edges are drawn straight.
 */
const MOST_LOOKS = 5_000_000;
/** Cards that cover more cells than this are kept in a separate list. */
const MOST_CELLS = 1000;

/** Cards indexed by grid cells, with the flow along y. */
class Cards {
  private readonly cells = new Map<number, Rect[]>();
  private readonly vast: Rect[] = [];
  private looks = MOST_LOOKS;
  private static readonly width = 240;
  private static readonly height = 120;

  constructor(rects: Iterable<Rect>) {
    for (const rect of rects) {
      const across = (rect.right - rect.left) / Cards.width + 1;
      if (across * ((rect.bottom - rect.top) / Cards.height + 1) > MOST_CELLS) {
        this.vast.push(rect);
        continue;
      }
      for (const key of Cards.keys(rect)) {
        const cell = this.cells.get(key);
        if (cell === undefined) this.cells.set(key, [rect]);
        else cell.push(rect);
      }
    }
  }

  private static *keys({ left, right, top, bottom }: Rect): Generator<number> {
    for (let x = Math.floor(left / Cards.width); x <= Math.floor(right / Cards.width); x++)
      for (let y = Math.floor(top / Cards.height); y <= Math.floor(bottom / Cards.height); y++) yield x * 1e6 + y;
  }

  /** Uses `count` of the remaining lookups; false if none are left. */
  look(count = 1): boolean {
    this.looks -= count;
    return this.looks > 0;
  }

  /** The cards that overlap `area`. */
  *within(area: Rect): Generator<Rect> {
    for (const rect of this.near(area)) {
      if (!this.look()) return;
      const apart =
        rect.right <= area.left || rect.left >= area.right || rect.bottom <= area.top || rect.top >= area.bottom;
      if (!apart) yield rect;
    }
  }

  private *near(area: Rect): Generator<Rect> {
    yield* this.vast;
    for (const key of Cards.keys(area)) {
      if (!this.look()) return;
      yield* this.cells.get(key) ?? [];
    }
  }

  isFree(area: Rect): boolean {
    return this.within(area).next().done === true;
  }
}

const vertical = (x: number, from: number, to: number, clear: number): Rect => ({
  left: x - clear,
  right: x + clear,
  top: Math.min(from, to),
  bottom: Math.max(from, to),
});
const horizontal = (y: number, from: number, to: number): Rect => ({
  left: Math.min(from, to),
  right: Math.max(from, to),
  top: y - CLEAR,
  bottom: y + CLEAR,
});

interface TakenLane {
  readonly lane: number;
  readonly top: number;
  readonly bottom: number;
  readonly source: string;
}

/** The nearest lane on one side of `start` that is free of cards and other lanes. */
function laneFrom(
  start: number,
  side: 1 | -1,
  edge: EdgeEndpoints,
  cards: Cards,
  taken: readonly TakenLane[],
  clear: number,
) {
  let lane = start;
  for (let tries = 0; tries < TRIES; tries++) {
    const way = vertical(lane, edge.from.y + LEAD, edge.to.y - LEAD, clear);
    let free = true;
    if (!cards.look(taken.length)) return null;
    for (const rect of cards.within(way)) {
      lane = side > 0 ? Math.max(lane, rect.right + clear + CLEAR) : Math.min(lane, rect.left - clear - CLEAR);
      free = false;
    }
    for (const other of taken) {
      const crowded = Math.abs(other.lane - lane) < LANE - 1 && other.source !== edge.source;
      if (!crowded || other.bottom < way.top || other.top > way.bottom) continue;
      lane = other.lane + side * LANE;
      free = false;
    }
    if (free) return lane;
  }
  return null;
}

function stepIsFree({ from, to }: EdgeEndpoints, step: number, cards: Cards): boolean {
  return (
    cards.isFree(vertical(from.x, from.y, step, CLEAR)) &&
    cards.isFree(horizontal(step, from.x, to.x)) &&
    cards.isFree(vertical(to.x, step, to.y, CLEAR))
  );
}

function laneBend(
  edge: EdgeEndpoints,
  cards: Cards,
  taken: readonly TakenLane[],
  clear: number,
): { lane: number } | null {
  const { from, to } = edge;
  const middle = (from.x + to.x) / 2;
  const way = (lane: number) => vertical(lane, from.y + LEAD, to.y - LEAD, clear);
  if (!cards.look(taken.length)) return null;
  const shared = taken.find(
    ({ lane, source, top }) => source === edge.source && top <= way(lane).bottom && cards.isFree(way(lane)),
  );
  if (shared !== undefined) return { lane: shared.lane };
  const detour = (lane: number): number => {
    const across =
      cards.isFree(horizontal(from.y + LEAD, from.x, lane)) && cards.isFree(horizontal(to.y - LEAD, lane, to.x));
    return Math.abs(lane - from.x) + Math.abs(lane - to.x) + (across ? 0 : 10_000);
  };
  const lanes = ([1, -1] as const)
    .map((side) => laneFrom(middle, side, edge, cards, taken, clear))
    .filter((lane) => lane !== null)
    .sort((a, b) => detour(a) - detour(b));
  const [lane] = lanes;
  return lane === undefined ? null : { lane };
}

function bendOf(edge: EdgeEndpoints, cards: Cards, taken: readonly TakenLane[], gap: number): Bend {
  const { from, to } = edge;
  const free = freeBend(from, to, 'down');
  if ('step' in free) {
    // A long edge stays in its own column and changes to the other at the end.
    const isLong = to.y - from.y > 2 * gap && from.x !== to.x;
    const ends = [to.y - gap / 2, from.y + gap / 2];
    const steps = isLong ? [...ends, free.step] : [free.step, ...ends];
    const step = steps.find((candidate) => stepIsFree(edge, candidate, cards));
    if (step !== undefined) return { step };
    return laneBend(edge, cards, taken, CLEAR) ?? free;
  }
  return laneBend(edge, cards, taken, WIDE) ?? laneBend(edge, cards, taken, CLEAR) ?? free;
}

export interface Route extends EdgeEndpoints {
  readonly bend: Bend;
  /** The bend without regard to the cross segments of other edges. */
  readonly alone: Bend;
}

/** Routed edges by id, and the cards around which they are routed. */
export interface Routes {
  readonly direction: Direction;
  readonly cards: ReadonlyMap<string, Area>;
  readonly edges: ReadonlyMap<string, Route>;
}

const same = (a: Position, b: Position): boolean => a === b || (a.x === b.x && a.y === b.y);
const sameArea = (a: Area, b: Area): boolean => same(a, b) && a.width === b.width && a.height === b.height;

/** Old and new areas of added, removed and moved cards. */
function* changedRects(before: Routes, cards: Routes['cards'], rectOf: (card: Area) => Rect): Generator<Rect> {
  for (const [id, card] of cards) {
    const old = before.cards.get(id);
    if (old !== undefined && sameArea(old, card)) continue;
    yield rectOf(card);
    if (old !== undefined) yield rectOf(old);
  }
  for (const [id, card] of before.cards) if (!cards.has(id)) yield rectOf(card);
}

/** The area of an edge without a lane. */
const reach = ({ from, to }: EdgeEndpoints): Rect => ({
  left: Math.min(from.x, to.x) - CLEAR,
  right: Math.max(from.x, to.x) + CLEAR,
  top: Math.min(from.y, to.y) - CLEAR,
  bottom: Math.max(from.y, to.y) + CLEAR,
});

const meet = (a: Rect, b: Rect): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * Routes edges so that they cross no card: straight or by a step if that is free, otherwise along a lane beside the
 * cards in the way. Unchanged edges from `before` are reused; the result does not depend on it.
 */
export function routeEdges(
  cards: ReadonlyMap<string, Area>,
  edges: readonly EdgeEndpoints[],
  direction: Direction,
  before: Routes | null = null,
): Routes {
  const { gap } = pitches[direction];
  const rectOf = (card: Area): Rect => {
    const { x, y } = turned(direction, card);
    const size = turnedSize(direction, card);
    return { left: x, right: x + size.width, top: y, bottom: y + size.height };
  };
  const flowing = (edge: EdgeEndpoints): EdgeEndpoints =>
    direction === 'down' ? edge : { ...edge, from: turned(direction, edge.from), to: turned(direction, edge.to) };
  const old = before?.direction === direction ? before : null;
  const changed = old === null ? [] : [...changedRects(old, cards, rectOf)];
  const alone = new Map<string, Bend>();
  const open: (readonly [edge: EdgeEndpoints, led: EdgeEndpoints])[] = [];
  for (const edge of edges) {
    const known = old?.edges.get(edge.id);
    const led = flowing(edge);
    const settled =
      known !== undefined && 'step' in known.alone && same(known.from, edge.from) && same(known.to, edge.to);
    if (settled && !changed.some((rect) => meet(rect, reach(led)))) alone.set(edge.id, known.alone);
    else open.push([edge, led]);
  }
  if (open.length === 0 && old?.edges.size === edges.length) return { direction, cards, edges: old.edges };

  const index = new Cards([...cards.values()].map(rectOf));
  const taken: TakenLane[] = [];
  const length = ({ from, to }: EdgeEndpoints) => Math.abs(to.y - from.y);
  // Short edges first, so that they get the inner lanes.
  for (const [edge, led] of open.sort(([, a], [, b]) => length(a) - length(b))) {
    const bend = bendOf(led, index, taken, gap);
    alone.set(edge.id, bend);
    if (!('lane' in bend)) continue;
    const [top, bottom] = [led.from.y + LEAD, led.to.y - LEAD].sort((a, b) => a - b) as [number, number];
    taken.push({ lane: bend.lane, top, bottom, source: led.source });
  }
  const bent = edges.map((edge) => ({ ...flowing(edge), bend: alone.get(edge.id) as Bend }));
  const bends = spreadRuns(bent, (left, right, y) => index.isFree({ left, right, top: y - CLEAR, bottom: y + CLEAR }));
  const routes = new Map(
    edges.map((edge, i): [string, Route] => {
      return [edge.id, { ...edge, bend: bends[i] as Bend, alone: alone.get(edge.id) as Bend }];
    }),
  );
  return { direction, cards, edges: routes };
}
