import { check } from '../../../check/check.ts';
import type { CheckedGraph } from '../../../check/checkedGraph.ts';
import { paramName } from '../../../compile/forward.ts';
import { initialParameters } from '../../../compile/initialize.ts';
import type { NetworkDocument } from '../../../graph/document.ts';
import { random } from '../../../random/philox.ts';
import type { Tensors } from '../../session.ts';

/** Weights other than the initial ones, which an exporter may leave out. */
export function trainedWeights(graph: CheckedGraph): Tensors {
  const rng = random(7, 'weights');
  return new Map(
    [...initialParameters(graph, 1)].map(([name, tensor]) => [
      name,
      {
        ...tensor,
        data: (tensor.data as Float32Array).map((value) => value * (0.9 + 0.2 * rng.uniform()) + 0.01 * rng.uniform()),
      } as typeof tensor,
    ]),
  );
}

export function graphIn(document: NetworkDocument): CheckedGraph {
  const { graph, diagnostics } = check(document);
  if (graph === null) throw new Error(diagnostics.map(({ message }) => message.en).join('; '));
  return graph;
}

/** The layers of a network with config and weights, in order. A model holds no initializers. */
export const layersOf = (graph: CheckedGraph, weights: Tensors) =>
  graph.nodes.map((node) => ({
    layer: node.layer.type,
    config: Object.fromEntries(Object.entries(node.config).filter(([key]) => key !== 'weightInit')),
    weights: Object.keys({ ...node.params, ...node.buffers }).map((key) => weights.get(paramName(node, key))),
  }));
