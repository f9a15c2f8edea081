import type { CheckedGraph, CheckedNode } from '../../../src/check/checkedGraph.ts';
import { type WeightMoves, withSetAside } from '../../../src/graph/weightMoves.ts';

export interface NetworkChange {
  /** Paths of the layers whose weights do not fit the run and would be reinitialized. */
  readonly reinitialized: readonly string[];
  /** Number of layers that keep their weights. */
  readonly kept: number;
}

/**
 * Difference between the current network and that of a run; null if both compute the same, regardless of layer names and
 * blocks. `moved`: renamings since the start of the run, which weights follow.
 */
export function networkChange(
  ran: CheckedGraph,
  now: CheckedGraph,
  moved: readonly WeightMoves[],
): NetworkChange | null {
  const weights = withSetAside(weightsOf(ran), moved);
  const weighted = now.nodes.filter((node) => Object.keys({ ...node.params, ...node.buffers }).length > 0);
  const reinitialized = weighted.filter(
    (node) => ![...weightsOf({ nodes: [node] })].every(([name, shape]) => weights.get(name) === shape),
  );
  if (reinitialized.length === 0 && computesSame(ran, now)) return null;
  return { reinitialized: reinitialized.map(({ node }) => node.name), kept: weighted.length - reinitialized.length };
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

/** True if both networks consist of the same computations, in any order. */
function computesSame(a: CheckedGraph, b: CheckedGraph): boolean {
  if (a === b) return true;
  if (a.nodes.length !== b.nodes.length) return false;
  const known = new Map<string, number>();
  const [of, other] = [computationsOf(a.nodes, known), computationsOf(b.nodes, known)];
  return of.every((computation, i) => computation === other[i]);
}

/** Id of the computation of each layer, ascending. Equal layers with equal inputs share an id, which `known` keeps. */
function computationsOf(nodes: readonly CheckedNode[], known: Map<string, number>): readonly number[] {
  const computations = new Map<string, number>();
  for (const { node, layer, config, from } of nodes) {
    const before = Object.keys(from)
      .sort()
      .map((port) => [port, computations.get(from[port]?.node ?? ''), from[port]?.port]);
    const computation = JSON.stringify([layer.type, config, node.frozen ?? false, before]);
    const number = known.get(computation) ?? known.size;
    known.set(computation, number);
    computations.set(node.id, number);
  }
  return [...computations.values()].sort((x, y) => x - y);
}
