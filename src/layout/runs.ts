import type { Bend } from './edge.ts';
import { LEAD } from './edge.ts';

/** An edge, with the flow along y, and its bend without regard to other edges. */
export interface Bent {
  readonly source: string;
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  readonly bend: Bend;
}

/** Distance between cross segments. */
const APART = 6;
/** Minimum distances from the card above, and from the card below with its arrowhead. */
const BELOW = 8;
const ABOVE = 12;
/** Distance at which a lane turns off from other edges of its source, before their label. */
const FORK = 9;
/** Maximum shift of the cross segments of a lane. */
const AWAY = 14;

type Part = 'step' | 'leave' | 'enter';

/** A segment of an edge across the flow. */
interface Run {
  readonly edge: number;
  readonly part: Part;
  readonly source: string;
  readonly y: number;
  readonly left: number;
  readonly right: number;
  /** Limits on its position. */
  readonly least: number;
  readonly most: number;
  /** Segments with a larger rank are nearer to the cards above, so that no segment crosses the end of another edge. */
  readonly rank: number;
}

function runsOf({ source, from, to, bend }: Bent, edge: number): Run[] {
  const run = (part: Part, y: number, start: number, end: number, least: number, most: number): Run[] =>
    start === end
      ? []
      : [
          {
            edge,
            part,
            source,
            y,
            left: Math.min(start, end),
            right: Math.max(start, end),
            least,
            most,
            rank: (start + end) * Math.sign(end - start),
          },
        ];
  if ('step' in bend) return run('step', bend.step, from.x, to.x, from.y + BELOW, to.y - ABOVE);
  const [leave, enter] = [bend.leave ?? from.y + LEAD, to.y - LEAD];
  return [
    ...run('leave', leave, from.x, bend.lane, from.y + BELOW, leave + AWAY),
    ...run('enter', enter, bend.lane, to.x, enter - AWAY, to.y - ABOVE),
  ];
}

/** Groups of segments that overlap: at nearly the same height, with overlapping extents. */
function* crowds(runs: readonly Run[]): Generator<readonly Run[]> {
  const byHeight = runs.toSorted((a, b) => a.y - b.y || a.left - b.left);
  for (let start = 0, end = 0; start < byHeight.length; start = end) {
    const first = byHeight[start] as Run;
    while (end < byHeight.length && (byHeight[end] as Run).y - first.y < APART) end++;
    const level = byHeight.slice(start, end).sort((a, b) => a.left - b.left);
    let crowd: Run[] = [];
    let right = Number.NEGATIVE_INFINITY;
    for (const run of level) {
      if (run.left >= right) {
        if (crowd.length > 1) yield crowd;
        crowd = [];
      }
      crowd.push(run);
      right = Math.max(right, run.right);
    }
    if (crowd.length > 1) yield crowd;
  }
}

/** A height for each source of a group; null if there is no space, or if a segment would cross a card. */
function heightsOf(
  crowd: readonly Run[],
  isFree: (left: number, right: number, y: number) => boolean,
): ReadonlyMap<string, number> | null {
  const ranks = new Map<string, number>();
  for (const { source, rank } of crowd) ranks.set(source, Math.max(rank, ranks.get(source) ?? rank));
  if (ranks.size < 2) return null;
  const least = Math.max(...crowd.map((run) => run.least));
  const most = Math.min(...crowd.map((run) => run.most));
  if (least >= most) return null;
  const gaps = ranks.size - 1;
  const apart = Math.min(APART, (most - least) / gaps);
  const middle = crowd.reduce((sum, { y }) => sum + y, 0) / crowd.length;
  const first = Math.min(Math.max(least, middle - (apart * gaps) / 2), most - apart * gaps);
  const order = [...ranks].sort(([, a], [, b]) => b - a).map(([source]) => source);
  const heights = new Map(order.map((source, index) => [source, first + index * apart]));
  const free = crowd.every(({ source, left, right }) => isFree(left, right, heights.get(source) as number));
  return free ? heights : null;
}

/**
 * The bends, with overlapping cross segments of different sources moved apart. Edges from one source carry the same
 * data and share a segment. `isFree`: true for areas without cards.
 */
export function spreadRuns(
  edges: readonly Bent[],
  isFree: (left: number, right: number, y: number) => boolean,
): readonly Bend[] {
  const uses = new Map<string, number>();
  for (const { source } of edges) uses.set(source, (uses.get(source) ?? 0) + 1);
  const bends = edges.map(({ bend, source, from }): Bend => {
    return 'lane' in bend && (uses.get(source) ?? 0) > 1 ? { ...bend, leave: from.y + FORK } : bend;
  });
  const runs = edges.flatMap((edge, index) => runsOf({ ...edge, bend: bends[index] as Bend }, index));
  for (const crowd of crowds(runs)) {
    const heights = heightsOf(crowd, isFree);
    if (heights === null) continue;
    for (const { edge, part, source } of crowd) {
      const y = heights.get(source) as number;
      const bend = bends[edge] as Bend;
      bends[edge] = 'step' in bend ? { step: y } : { ...bend, [part]: y };
    }
  }
  return bends;
}
