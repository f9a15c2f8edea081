import { open, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { safetensorsArrays } from '../data/safetensorsArrays.ts';
import { startsLikeSafetensors } from '../graph/safetensors.ts';
import { floatTensor, type Tensor } from '../ir/tensor.ts';
import type { ModelProto } from '../onnx/gen/onnx_pb.ts';
import { decodeModel } from '../onnx/read.ts';
import { decodeConstant, toFloat32 } from '../onnx/tensors.ts';
import { laidOut, type SourceTensor, type WeightTable } from '../plan/matchWeights.ts';
import { UserError } from '../text.ts';
import { fileError } from './fileError.ts';
import { readExternalTensors } from './importing/externalTensors.ts';
import { readProjectFile } from './projectFile.ts';
import { readBytes } from './readBytes.ts';
import type { Tensors } from './session.ts';
import { readWeights } from './weights.ts';

/** The tensors of a file with weights, as float32. */
export interface WeightSource {
  /** Name of the file or run in messages. */
  readonly name: string;
  readonly tensors: readonly (SourceTensor & { readonly data: Float32Array })[];
}

/**
 * Reads the weights of a Netloom project, an ONNX model or a safetensors file. Numbers of other types become float32;
 * tensors of whole numbers are left out. Throws UserError.
 */
export async function readWeightSource(path: string, name = basename(path)): Promise<WeightSource> {
  const start = await beginning(path, name);
  if (startsLikeSafetensors(start)) return { name, tensors: fromSafetensors(await readBytes(path), name) };
  if (start[0] === 0x08) {
    const model = decodeModel(await readBytes(path));
    if (model !== undefined) return { name, tensors: await fromModel(model, dirname(path), name) };
  }
  const { weights } = await readProjectFile(path, { name }).catch((error: unknown) => {
    throw error instanceof UserError ? error : fileError(name, error);
  });
  if (weights === null) throw noWeights(name);
  return sourceOfWeights(readWeights(weights, `${name}/weights.safetensors`), name);
}

export const sourceOfWeights = (weights: Tensors, name: string): WeightSource => ({
  name,
  tensors: [...weights].flatMap(([key, { shape, data }]) =>
    data instanceof Float32Array ? [{ name: key, shape, data }] : [],
  ),
});

const START = 64;

async function beginning(path: string, name: string): Promise<Uint8Array> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw Object.assign(new Error('EISDIR'), { code: 'EISDIR' });
    const file = await open(path);
    try {
      const bytes = new Uint8Array(Math.min(START, found.size));
      await file.read(bytes, 0, bytes.length, 0);
      return bytes;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileError(name, error);
  }
}

function fromSafetensors(bytes: Uint8Array, name: string): WeightSource['tensors'] {
  const tensors = [...safetensorsArrays(bytes, name)].map(([key, { shape, data }]) => ({
    name: key,
    shape,
    data: data instanceof Float32Array ? data : Float32Array.from(data),
  }));
  if (tensors.length === 0) throw noWeights(name);
  return tensors;
}

/** Initializers and constants of a model, in its order. */
async function fromModel(model: ModelProto, folder: string, name: string): Promise<WeightSource['tensors']> {
  await readExternalTensors(model, folder, name);
  const { graph } = model;
  const constants = (graph?.node ?? []).flatMap(({ opType, output, attribute }) => {
    const value = opType === 'Constant' ? attribute.find((each) => each.name === 'value')?.t : undefined;
    return value === undefined ? [] : [{ ...value, name: output[0] ?? '' }];
  });
  const turned = transposedIn(model);
  const tensors = [...(graph?.initializer ?? []), ...constants].flatMap((tensor) => {
    const constant = decodeConstant(tensor);
    const floats = constant === null ? null : toFloat32(constant);
    if (floats === null || floats.dims.length === 0) return [];
    const data = floats.data as Float32Array;
    return [{ name: tensor.name, shape: floats.dims, data, ...(turned.has(tensor.name) && { transposed: true }) }];
  });
  if (tensors.length === 0) throw noWeights(name);
  return tensors;
}

/** Names of the matrices that a model keeps as [inputs, outputs]: factors of MatMul, and of Gemm without transB. */
function transposedIn({ graph }: ModelProto): ReadonlySet<string> {
  return new Set(
    (graph?.node ?? []).flatMap(({ opType, input, attribute }) => {
      const isTurned =
        opType === 'MatMul' ||
        (opType === 'Gemm' && !attribute.some(({ name, i }) => name === 'transB' && Number(i) === 1));
      return isTurned && input[1] !== undefined ? [input[1]] : [];
    }),
  );
}

export const noWeights = (name: string): UserError =>
  new UserError({
    en: `“${name}” contains no weights. Choose a trained project, an ONNX model or a safetensors file.`,
    zh: `“${name}”不含权重。请选择训练过的项目、ONNX 模型或 safetensors 文件。`,
  });

/** The matched tensors, by the names and in the layout of the network. */
export function takenWeights({ rows }: Pick<WeightTable, 'rows'>, { tensors }: WeightSource): Map<string, Tensor> {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor.data]));
  return new Map(
    rows.flatMap((row) => {
      const data = row.source === null ? undefined : byName.get(row.source);
      return data === undefined ? [] : [[row.name, floatTensor(row.shape, laidOut(data, row))] as const];
    }),
  );
}
