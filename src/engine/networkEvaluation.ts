import type { CheckedGraph } from '../check/checkedGraph.ts';
import { compileEvaluation } from '../compile/evaluation.ts';
import type { Program } from '../ir/program.ts';
import { knownDims } from '../ir/shape.ts';
import { elementCount, floatTensor, type Tensor } from '../ir/tensor.ts';
import { writeModel } from '../onnx/write.ts';
import { type Device, openModel, type Tensors, targetOf } from './session.ts';

/** Netloom's own predictions, to which exports are compared. */
export interface NetworkEvaluation {
  /** The predictions for a batch of `size` samples. */
  run(batch: Tensors, size: number): Promise<Tensors>;
  release(): Promise<void>;
}

/** Opens the evaluation of a network; `program`: its inference program, which has the same outputs. */
export async function evaluatorOf(
  graph: CheckedGraph,
  weights: Tensors,
  device: Device,
  program: Program,
): Promise<NetworkEvaluation> {
  const evaluation = compileEvaluation(graph, targetOf(device));
  const session = await openModel(writeModel(evaluation), device, 'none');
  return {
    async run(batch, size) {
      const results = await session.run(evaluationFeeds(evaluation, batch, weights, size));
      return new Map(program.outputs.map(({ value: { name } }) => [name, results.get(name) as Tensor]));
    },
    release: () => session.release(),
  };
}

/** Feeds of an evaluation whose losses are not used; the targets are zeros. */
export function evaluationFeeds(program: Program, data: Tensors, weights: Tensors, size: number): Map<string, Tensor> {
  return new Map(
    program.inputs.map(({ value, role }): [string, Tensor] => {
      const given = data.get(value.name) ?? weights.get(value.name);
      if (given !== undefined) return [value.name, given];
      if (role.kind !== 'target') throw new Error(`there is nothing to feed '${value.name}' (${role.kind}) with`);
      const shape = [size, ...knownDims(value.shape.slice(1), value.name)];
      const count = elementCount(shape);
      if (value.dtype === 'int64') return [value.name, { dtype: 'int64', shape, data: new BigInt64Array(count) }];
      return [value.name, floatTensor(shape, new Float32Array(count))];
    }),
  );
}
