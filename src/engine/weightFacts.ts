import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import { paramName } from '../compile/forward.ts';
import type { Tensor } from '../ir/tensor.ts';
import { movedFrom, statisticsOf } from '../look/statistics.ts';
import type { TensorFacts, WeightFacts } from '../protocol/look.ts';
import { createYield } from './createYield.ts';
import type { Tensors } from './session.ts';

/** Names of the parameters and buffers of a layer. */
export const weightNames = ({ params, buffers }: CheckedNode): readonly string[] => [
  ...Object.keys(params),
  ...Object.keys(buffers),
];

/** Statistics of a parameter or buffer, compared with `start` if it has the same shape there. */
export function weightFacts(layer: CheckedNode, param: string, weights: Tensors, start: Tensors | null): WeightFacts {
  const name = paramName(layer, param);
  const { shape, data } = weights.get(name) as Tensor;
  const other = start?.get(name);
  const before = other?.shape.join() === shape.join() ? other : undefined;
  return {
    param,
    shape: [...shape],
    trained: param in layer.params,
    now: statisticsOf(data as Float32Array),
    start: before === undefined ? null : statisticsOf(before.data as Float32Array),
    moved: before === undefined ? null : movedFrom(before.data as Float32Array, data as Float32Array),
  };
}

/** Statistics of all parameters and buffers of a network, in data order. Other tasks of the thread are let through. */
export async function allWeightFacts(
  { nodes }: CheckedGraph,
  weights: Tensors,
  start: Tensors | null,
): Promise<TensorFacts[]> {
  const letThrough = createYield();
  const facts: TensorFacts[] = [];
  for (const layer of nodes) {
    const { name: path, frozen = false } = layer.node;
    for (const param of weightNames(layer)) {
      facts.push({ ...weightFacts(layer, param, weights, start), path, layer: layer.layer.type, frozen });
      await letThrough();
    }
  }
  return facts;
}
