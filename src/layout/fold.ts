import type { Position, Size } from '../graph/document.ts';
import { CARD, type Pitch } from './card.ts';
import { type Part, reachOf, rowsOf } from './spine.ts';

export interface FoldOptions {
  readonly pitch: Pitch;
  /** Size into which the network should fit at 100%. */
  readonly view: Size;
  /** First nodes of groups, at which a column preferably starts. */
  readonly starts: ReadonlySet<number>;
  /** Sets of nodes that stay in one column. */
  readonly together: readonly ReadonlySet<number>[];
}

/** Consecutive rows that stay in one column. */
interface Block {
  readonly rows: number;
  /** Length along the flow, including the gap after it. */
  readonly length: number;
  readonly left: number;
  readonly right: number;
  /** Cost of starting a column with this block. */
  readonly price: number;
}

const MOST_COLUMNS = 40;
/**
 * Costs of column breaks: lowest at the first node of a group, highest across several edges, which is used only if
 * there is no other place.
 */
const PRICES = { begins: 0, goesOn: 1, branches: 2 } as const;
/** Reductions of the scale for an additional column, for breaks of the highest cost, and for half empty columns. */
const COLUMN_COST = 0.01;
const BREAK_COST = 0.1;
const EMPTY_COST = 0.5;
/** Space for an edge that leads around its own column. */
const LANE = 28;
/** Tolerance for the comparison of lengths, in rows. */
const SLACK = 1e-6;

/**
 * Cost of a column break after each row; null if impossible. At a break, only one edge may cross, or several edges from
 * one source to the next row.
 */
function pricesAfter(part: Part, count: number, { together, starts }: FoldOptions): readonly (number | null)[] {
  const open = Array.from({ length: count }, () => true);
  const crossing = new Map<number, Set<number>>();
  const edges = new Array<number>(count).fill(0);
  for (const [from, to] of part.edges) {
    const [first, last] = [part.rank.get(from) ?? 0, part.rank.get(to) ?? 0];
    for (let row = first; row < last; row++) {
      const sources = crossing.get(row) ?? new Set();
      crossing.set(row, sources.add(from));
      edges[row] = (edges[row] as number) + 1;
    }
    // An edge past other rows may only be the single crossing edge; otherwise, the break would split a block.
    if (last - first > 1) for (let row = first; row < last; row++) open[row] = false;
  }
  for (const [row, sources] of crossing) if (sources.size > 1) open[row] = false;
  for (const nodes of together) {
    const rows = [...nodes].flatMap((node) => part.rank.get(node) ?? []);
    for (let row = Math.min(...rows); row < Math.max(...rows); row++) open[row] = false;
  }
  const rows = rowsOf(part);
  return open.map((isOpen, row) => {
    if (!isOpen) return null;
    if ((edges[row] as number) > 1) return PRICES.branches;
    return rows[row + 1]?.some((node) => starts.has(node)) ? PRICES.begins : PRICES.goesOn;
  });
}

/** Length of each row along the flow. */
const lengthsOf = (part: Part): readonly number[] =>
  rowsOf(part).map((row) => Math.max(...row.map((node) => part.size.get(node)?.height ?? 0)));

function blocksOf(part: Part, options: FoldOptions): readonly Block[] {
  const { pitch } = options;
  const lengths = lengthsOf(part);
  const rows = rowsOf(part);
  const prices = pricesAfter(part, rows.length, options);
  const long = new Set(
    part.edges.flatMap(([from, to]) => {
      const [first, last] = [part.rank.get(from) ?? 0, part.rank.get(to) ?? 0];
      return last - first > 1 ? [first + 1] : [];
    }),
  );
  const blocks: Block[] = [];
  let first = 0;
  for (const row of rows.keys()) {
    if (prices[row] === null && row < rows.length - 1) continue;
    const within = rows.slice(first, row + 1);
    const lane = within.some((_, index) => long.has(first + index)) ? LANE : 0;
    const [left, right] = reachOf(within.flat(), part);
    blocks.push({
      rows: within.length,
      length: lengths.slice(first, row + 1).reduce((sum, length) => sum + length + pitch.gap, 0),
      left,
      right: right + lane,
      price: prices[first - 1] ?? 0,
    });
    first = row + 1;
  }
  return blocks;
}

/** The best division into columns up to a length: balanced, and starting with first nodes of groups. */
function columnsOf(blocks: readonly Block[], limit: number): readonly number[] {
  // Minimum cost by the number of placed blocks, and the start of the last column.
  const cost = [0];
  const begin = [0];
  for (let end = 1; end <= blocks.length; end++) {
    cost[end] = Number.POSITIVE_INFINITY;
    for (let start = end - 1, length = 0; start >= 0; start--) {
      length += blocks[start]?.length ?? 0;
      if (length > limit) break;
      const spare = end === blocks.length ? 0 : ((limit - length) / limit) ** 2;
      const total = (cost[start] as number) + 1 + spare + (blocks[start]?.price ?? 0);
      if (total >= (cost[end] as number)) continue;
      cost[end] = total;
      begin[end] = start;
    }
  }
  const starts: number[] = [];
  for (let end = blocks.length; end > 0; end = begin[end] as number) starts.unshift(begin[end] as number);
  return starts;
}

interface Column {
  readonly blocks: readonly Block[];
  readonly length: number;
  readonly left: number;
  readonly right: number;
}

function foldInto(blocks: readonly Block[], limit: number): readonly Column[] {
  const starts = columnsOf(blocks, limit);
  return starts.map((start, index): Column => {
    const own = blocks.slice(start, starts[index + 1]);
    return {
      blocks: own,
      length: own.reduce((sum, { length }) => sum + length, 0),
      left: Math.min(...own.map(({ left }) => left)),
      right: Math.max(...own.map(({ right }) => right)),
    };
  });
}

const width = (columns: readonly Column[], { fold }: Pitch): number =>
  columns.reduce((sum, { left, right }) => sum + right - left + fold, -fold);

function bestColumns(blocks: readonly Block[], { pitch, view }: FoldOptions): readonly Column[] {
  const all = blocks.reduce((sum, { length }) => sum + length, 0);
  const least = Math.max(...blocks.map(({ length }) => length));
  const step = blocks.reduce((shortest, { rows, length }) => Math.min(shortest, length / rows), all);
  const limits = new Set<number>();
  for (let columns = 1; columns <= MOST_COLUMNS; columns++) {
    const even = Math.max(least, all / columns);
    for (const more of [0, 1, 2]) limits.add(Math.min(all, step * (Math.ceil(even / step - SLACK) + more)));
  }
  let best: readonly Column[] = [];
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const limit of [...limits].sort((a, b) => b - a)) {
    const columns = foldInto(blocks, limit);
    const tallest = Math.max(...columns.map(({ length }) => length));
    const scale = Math.min(1, view.width / width(columns, pitch), view.height / (tallest - pitch.gap));
    const price = columns.reduce((sum, column) => sum + (column.blocks[0]?.price ?? 0), 0);
    const empty = 1 - all / (columns.length * tallest);
    const count = columns.length;
    const breaks = BREAK_COST * (price / Math.max(1, count / 2));
    const score = scale * (1 - COLUMN_COST * (count - 1)) * (1 - breaks) * (1 - EMPTY_COST * empty);
    if (score <= bestScore) continue;
    best = columns;
    bestScore = score;
  }
  return best;
}

/**
 * Folds a part that is too long for the view into columns side by side, with the number of columns that makes it
 * largest on the screen. Returns the top left corner of every card, relative to that of the part.
 */
export function fold(part: Part, options: FoldOptions): ReadonlyMap<number, Position> {
  const { pitch } = options;
  const rows = rowsOf(part);
  const places = new Map<number, Position>();
  const lengths = lengthsOf(part);
  let x = 0;
  let row = 0;
  for (const { blocks, left, right } of bestColumns(blocksOf(part, options), options)) {
    const end = row + blocks.reduce((sum, block) => sum + block.rows, 0);
    for (let y = 0; row < end; y += (lengths[row] as number) + pitch.gap, row++) {
      for (const node of rows[row] ?? []) {
        const { width, height } = part.size.get(node) ?? CARD;
        const middle = x + (part.x.get(node) ?? 0) - left;
        places.set(node, { x: middle - width / 2, y: y + ((lengths[row] as number) - height) / 2 });
      }
    }
    x += right - left + pitch.fold;
  }
  return places;
}
