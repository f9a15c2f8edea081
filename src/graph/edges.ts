import type { Edge, EdgeEnd } from './document.ts';

/** The id of the edge between two ports, unique because there is at most one. */
export const edgeId = (from: EdgeEnd, to: EdgeEnd): string => `${from.node}.${from.port}>${to.node}.${to.port}`;

export const makeEdge = (from: EdgeEnd, to: EdgeEnd): Edge => ({ id: edgeId(from, to), from, to });

/** The edges without duplicates: the first of each id is kept. */
export function uniqueEdges(edges: readonly Edge[]): readonly Edge[] {
  const seen = new Set<string>();
  return edges.filter((edge) => !seen.has(edge.id) && seen.add(edge.id));
}
