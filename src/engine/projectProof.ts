import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import { compileEvaluation } from '../compile/evaluation.ts';
import { outputName } from '../compile/forward.ts';
import { elementCount, floatTensor, type Tensor } from '../ir/tensor.ts';
import { writeModel } from '../onnx/write.ts';
import type { Floats, ProofVector } from '../python/proof.ts';
import { random } from '../random/philox.ts';
import { endsOf, networkInput } from './network.ts';
import { evaluationFeeds } from './networkEvaluation.ts';
import { type Device, openModel, type Tensors, targetOf } from './session.ts';

/** Samples in the proof of a project. */
export const PROVED = 4;

/** Inputs of uniform random values in [0, 1). */
export const noise = (inputs: readonly CheckedNode[]): Tensors =>
  new Map(
    inputs.map((input): [string, Tensor] => {
      const { name, shape } = networkInput(input);
      const rng = random(0, `proof/${name}`);
      const batch = [PROVED, ...shape];
      return [
        name,
        floatTensor(
          batch,
          Float32Array.from({ length: elementCount(batch) }, () => rng.uniform()),
        ),
      ];
    }),
  );

/** The outputs of Netloom before probabilities are computed of them: logits or values. */
export async function proofOf(
  graph: CheckedGraph,
  weights: Tensors,
  feeds: Tensors,
  device: Device,
): Promise<ProofVector> {
  const program = compileEvaluation(graph, targetOf(device));
  const session = await openModel(writeModel(program), device, 'none');
  try {
    const size = [...feeds.values()][0]?.shape[0] ?? 1;
    const results = await session.run(evaluationFeeds(program, feeds, weights, size));
    const outputs = endsOf(graph).outputs.map((output): [string, Tensor] => {
      const prediction = output.layer.output?.answers === 'numbers' ? 'values' : 'logits';
      return [output.node.name, results.get(outputName(graph, output, prediction)) as Tensor];
    });
    return { inputs: floats(feeds), outputs: floats(new Map(outputs)) };
  } finally {
    await session.release();
  }
}

export const floats = (tensors: Tensors): Floats =>
  new Map(
    [...tensors].map(([name, { dtype, shape, data }]) => {
      if (dtype !== 'float32') throw new Error(`'${name}' is ${dtype}`);
      return [name, { shape: shape.map(Number), data: data as Float32Array }];
    }),
  );
