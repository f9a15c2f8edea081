import type { CheckedGraph } from '../check/checkedGraph.ts';
import { elementCount, floatTensor, type Tensor } from '../ir/tensor.ts';
import { sample } from '../layers/initializers.ts';
import { random } from '../random/philox.ts';
import { paramName } from './forward.ts';

/**
 * Initial parameters and buffers by name. Every parameter has its own random stream, named after it, so that adding a
 * layer does not change the initial weights of the others.
 */
export function initialParameters(graph: CheckedGraph, seed: number): Map<string, Tensor> {
  const params = new Map<string, Tensor>();
  for (const node of graph.nodes) {
    for (const [key, { shape, initial }] of Object.entries(node.buffers)) {
      params.set(paramName(node, key), floatTensor(shape, new Float32Array(elementCount(shape)).fill(initial)));
    }
    for (const [key, { shape, init }] of Object.entries(node.params)) {
      const name = paramName(node, key);
      params.set(name, floatTensor(shape, sample(init, elementCount(shape), random(seed, `init/${name}`))));
    }
  }
  return params;
}
