import { toBinary } from '@bufbuild/protobuf';
import { check } from '../../check/check.ts';
import { bindParameters, compileInference } from '../../compile/inference.ts';
import type { NetworkDocument } from '../../graph/document.ts';
import type { ModelInput } from '../../importing/inputs.ts';
import { cleaned } from '../../importing/names.ts';
import type { Tensor } from '../../ir/tensor.ts';
import { type ModelProto, ModelProtoSchema } from '../../onnx/gen/onnx_pb.ts';
import { type Constant, toFloat32 } from '../../onnx/tensors.ts';
import { CPU_DEVICE, loadModel, openProgram, type Tensors } from '../session.ts';
import { difference } from './difference.ts';
import { type Running, randomFeeds } from './observe.ts';

/** Bytes of weights that a model in memory may have. */
const LARGE = 2 ** 31 - 2 ** 26;

export interface Proof {
  /** Largest difference between the outputs of file and network. */
  readonly maxError: number;
  /** Largest output. */
  readonly largest: number;
  /** The runtime does not run the file in its own precision: it was converted to float32. */
  readonly converted: boolean;
}

/**
 * Runs the file as it is and the imported network on the same random inputs, and compares all outputs. Null if one of them cannot
 * run. `inputs`: those of the file. `converted`: the model with float32 in place of other floating-point numbers; null if it has none.
 */
export async function prove(
  path: string,
  converted: ModelProto | null,
  inputs: readonly ModelInput[],
  document: NetworkDocument,
  weights: Tensors,
  running: Running,
): Promise<Proof | null> {
  const { graph } = check(document);
  if (graph === null) return null;
  const [first] = inputs.find(({ name }) => running.batched.has(name))?.dims ?? [];
  const feeds = randomFeeds(inputs, running, typeof first === 'number' ? first : 2, 1);
  const own = await loadModel(path, CPU_DEVICE, 'none').catch(() => null);
  const isConverted = own === null && converted !== null;
  const file = isConverted ? await loadModel(toBinary(ModelProtoSchema, converted), CPU_DEVICE, 'none') : own;
  if (file === null) return null;
  const given = isConverted ? new Map([...feeds].map(([name, tensor]) => [name, asFloat32(tensor)])) : feeds;
  const expected = [...(await file.run(given).finally(() => file.release()))];
  // A model in memory may have 2 GB; larger weights are fed.
  const isLarge = [...weights.values()].reduce((sum, { data }) => sum + 4 * data.length, 0) > LARGE;
  const compiled = compileInference(graph);
  const program = isLarge ? compiled : bindParameters(compiled, weights);
  const types = new Map(program.inputs.map(({ value: { name, dtype } }) => [name, dtype]));
  const network = await openProgram(program, CPU_DEVICE);
  try {
    const results = await network.run(
      new Map([
        ...(isLarge ? weights : []),
        ...[...feeds].map(([given, tensor]): [string, Tensor] => {
          const name = cleaned(given) || 'input';
          return [name, types.get(name) === 'float32' ? asFloat32(tensor) : tensor];
        }),
      ]),
    );
    const byOrder = [...results.values()];
    let [maxError, largest] = [0, 0];
    for (const [i, [name, tensor]] of expected.entries()) {
      const result = results.get(name) ?? results.get(cleaned(name)) ?? byOrder[i];
      const found = difference(result, result?.dtype === 'float32' ? asFloat32(tensor) : tensor);
      maxError = Math.max(maxError, found.error);
      largest = Math.max(largest, found.largest);
    }
    return { maxError, largest, converted: isConverted };
  } finally {
    await network.release();
  }
}

/** Other floating-point numbers as float32, as the network computes. */
function asFloat32(tensor: Tensor): Tensor {
  const { dtype, shape, data } = tensor as unknown as Omit<Constant, 'dims'> & { readonly shape: readonly number[] };
  const converted = toFloat32({ dtype, dims: shape, data });
  return converted === null ? tensor : { dtype: 'float32', shape, data: converted.data as Float32Array };
}
