import type { CheckedGraph, CheckedNode } from '../../../src/check/checkedGraph.ts';
import { type WeightMoves, withMovedNames } from '../../../src/graph/weightMoves.ts';

export interface NetworkChange {
  /** Paths of the layers whose weights do not fit the run and would be reinitialized. */
  readonly anew: readonly string[];
  /** Number of layers that keep their weights. */
  readonly kept: number;
}

/**
 * Difference between the current network and the one of a run; null if both compute the same, regardless of the names of
 * layers and the blocks around them. `moved`: renamings since then, which weights follow.
 */
export function networkChange(
  ran: CheckedGraph,
  now: CheckedGraph,
  moved: readonly WeightMoves[],
): NetworkChange | null {
  const weights = withMovedNames(weightsOf(ran), moved);
  const weighted = now.nodes.filter((node) => Object.keys({ ...node.params, ...node.buffers }).length > 0);
  const anew = weighted.filter(
    (node) => ![...weightsOf({ nodes: [node] })].every(([name, shape]) => weights.get(name) === shape),
  );
  if (anew.length === 0 && sameWork(ran, now)) return null;
  return { anew: anew.map(({ node }) => node.name), kept: weighted.length - anew.length };
}

/** Shapes of all parameters and buffers, by name. */
const weightsOf = ({ nodes }: Pick<CheckedGraph, 'nodes'>): ReadonlyMap<string, string> =>
  new Map(
    nodes.flatMap(({ node, params, buffers }) =>
      Object.entries({ ...buffers, ...params }).map(
        ([key, { shape }]) => [`${node.name}/${key}`, shape.join()] as const,
      ),
    ),
  );

/** True if both have equally many of each layer, with the same layers before it. */
function sameWork(a: CheckedGraph, b: CheckedGraph): boolean {
  if (a === b) return true;
  if (a.nodes.length !== b.nodes.length) return false;
  const known = new Map<string, number>();
  const [of, other] = [worksOf(a.nodes, known), worksOf(b.nodes, known)];
  return of.every((work, i) => work === other[i]);
}

/** Number for the computation of each layer, including all layers before it. Sorted in ascending order. */
function worksOf(nodes: readonly CheckedNode[], known: Map<string, number>): readonly number[] {
  const works = new Map<string, number>();
  for (const { node, layer, config, from } of nodes) {
    const before = Object.keys(from)
      .sort()
      .map((port) => [port, works.get(from[port]?.node ?? ''), from[port]?.port]);
    const work = JSON.stringify([layer.type, config, node.frozen ?? false, before]);
    const number = known.get(work) ?? known.size;
    known.set(work, number);
    works.set(node.id, number);
  }
  return [...works.values()].sort((x, y) => x - y);
}
