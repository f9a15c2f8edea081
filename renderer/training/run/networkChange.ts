import type { CheckedGraph, CheckedNode } from '../../../src/check/checkedGraph.ts';
import { type WeightMoves, withMovedNames } from '../../../src/graph/weightMoves.ts';

export interface NetworkChange {
  /** Layers, by their paths, whose weights are not those of the run: they would start anew. */
  readonly anew: readonly string[];
  /** How many layers keep theirs. */
  readonly kept: number;
}

/**
 * How the drawing differs from the network that a run was started with; null when both compute the same, whatever their
 * layers are called and in which blocks they are. `moved`: renamings since then, which weights go along with.
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

/** Both have as many of every layer, with the same layers before it. */
function sameWork(a: CheckedGraph, b: CheckedGraph): boolean {
  if (a === b) return true;
  if (a.nodes.length !== b.nodes.length) return false;
  const known = new Map<string, number>();
  const [of, other] = [worksOf(a.nodes, known), worksOf(b.nodes, known)];
  return of.every((work, i) => work === other[i]);
}

/** What every layer computes, from the inputs on, as a number that stands for it; ascending. */
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
