import type { Size } from '../graph/document.ts';

/** A connected part of a network as laid out by ELK, with the flow going down, by node index. */
export interface Part {
  readonly nodes: readonly number[];
  /** Center of each card across the flow. */
  readonly x: Map<number, number>;
  /** Row of each card, from 0. */
  readonly rank: ReadonlyMap<number, number>;
  /** Size of each card, across the flow and along it. */
  readonly size: ReadonlyMap<number, Size>;
  readonly edges: readonly (readonly [number, number])[];
  /** Edges of the main path. */
  readonly main: ReadonlySet<readonly [number, number]>;
}

/** Extent of nodes across the flow. */
export function reachOf(nodes: readonly number[], { x, size }: Part): readonly [left: number, right: number] {
  const half = (node: number) => (size.get(node)?.width ?? 0) / 2;
  return [
    Math.min(...nodes.map((node) => (x.get(node) ?? 0) - half(node))),
    Math.max(...nodes.map((node) => (x.get(node) ?? 0) + half(node))),
  ];
}

/** The nodes of each row. */
export function rowsOf({ nodes, rank }: Part): readonly (readonly number[])[] {
  const rows: number[][] = [];
  for (const node of nodes) {
    const row = rank.get(node) ?? 0;
    while (rows.length <= row) rows.push([]);
    rows[row]?.push(node);
  }
  return rows;
}

/** The connected groups of `nodes`. */
export function groupsOf(nodes: readonly number[], edges: Part['edges']): readonly (readonly number[])[] {
  const group = new Map(nodes.map((node) => [node, node]));
  const root = (node: number): number => {
    let at = node;
    for (let up = group.get(at); up !== at && up !== undefined; up = group.get(at)) {
      group.set(at, group.get(up) ?? up);
      at = up;
    }
    return at;
  };
  for (const [from, to] of edges) if (group.has(from) && group.has(to)) group.set(root(to), root(from));
  const groups = new Map<number, number[]>();
  for (const node of nodes) {
    const own = groups.get(root(node));
    if (own === undefined) groups.set(root(node), [node]);
    else own.push(node);
  }
  return [...groups.values()];
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Center of a region between two nodes of the spine: its main path, or the middle of its branches. */
function middleOf(region: readonly number[], part: Part): number {
  const { x, rank, edges, main } = part;
  const branches = groupsOf(region, edges);
  const height = (nodes: readonly number[]) => {
    const rows = nodes.map((node) => rank.get(node) ?? 0);
    return Math.max(...rows) - Math.min(...rows);
  };
  const [longest, second] = branches.toSorted((a, b) => height(b) - height(a));
  const even = branches.length > 2 || (longest && second && height(longest) === height(second));
  if (even || longest === undefined) {
    const [left, right] = reachOf(region, part);
    return (left + right) / 2;
  }
  const inside = new Set(longest);
  const onMain = [...main].filter(([from, to]) => inside.has(from) || inside.has(to)).flat();
  const path = longest.filter((node) => onMain.includes(node));
  return median((path.length > 0 ? path : longest).map((node) => x.get(node) ?? 0));
}

/**
 * Aligns the nodes that all paths pass through. The regions between them have their main path on this line (a residual
 * block), or their branches on both sides of it (an inception block).
 */
export function straighten(part: Part): void {
  const rows = rowsOf(part);
  // Number of edges that pass each row without ending in it.
  const passing = new Array<number>(rows.length + 1).fill(0);
  for (const [from, to] of part.edges) {
    const [first, last] = [part.rank.get(from) ?? 0, part.rank.get(to) ?? 0];
    if (last - first < 2) continue;
    passing[first + 1] = (passing[first + 1] as number) + 1;
    passing[last] = (passing[last] as number) - 1;
  }
  let region: number[] = [];
  let sum = 0;
  const settle = (): void => {
    if (region.length === 0) return;
    const shift = -Math.round(middleOf(region, part));
    for (const node of region) part.x.set(node, (part.x.get(node) ?? 0) + shift);
    region = [];
  };
  for (const [row, nodes] of rows.entries()) {
    sum += passing[row] as number;
    const [only] = nodes;
    if (sum === 0 && nodes.length === 1 && only !== undefined) {
      settle();
      part.x.set(only, 0);
    } else region.push(...nodes);
  }
  settle();
}
