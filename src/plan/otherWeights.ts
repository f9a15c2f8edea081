import type { CheckedGraph } from '../check/checkedGraph.ts';
import type { NetworkDocument } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import { type NamedShape, targetsOf } from './matchWeights.ts';

/** Part of a network that gets other weights: the path of a layer or block, or the name of a tensor; null for all. */
export type WeightScope = string | null;

/** The tensors of that part. */
export const tensorsIn = (graph: Pick<CheckedGraph, 'nodes'>, scope: WeightScope): readonly NamedShape[] =>
  targetsOf(graph).filter(({ name }) => scope === null || name === scope || name.startsWith(`${scope}/`));

/**
 * Sets the weights of that part of the network aside, so that undo restores them. A part keeps its weights until others
 * come; the whole network is without weights then.
 */
export function setWeightsAside(
  doc: NetworkDocument,
  graph: Pick<CheckedGraph, 'nodes'>,
  scope: WeightScope,
): readonly Edit[] {
  const owners = new Set(tensorsIn(graph, scope).map(({ name }) => name.split('/')[0]));
  const kind = scope === null ? 'renewWeights' : 'replaceWeights';
  return doc.nodes.filter(({ name }) => owners.has(name)).map(({ id }) => ({ kind, node: id }));
}
