import { open, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { readElements } from '../data/elements.ts';
import { safetensorsArrays } from '../data/safetensorsArrays.ts';
import { startsLikeSafetensors } from '../graph/safetensors.ts';
import { elementCount, floatTensor, type Tensor } from '../ir/tensor.ts';
import { TensorProto_DataLocation as DataLocation, type ModelProto, type TensorProto } from '../onnx/gen/onnx_pb.ts';
import { decodeModel } from '../onnx/read.ts';
import { laidOut, type SourceTensor, type WeightTable } from '../plan/matchWeights.ts';
import { type Text, UserError } from '../text.ts';
import { besideName, floatsOf } from './exportedWeights.ts';
import { fileError } from './fileError.ts';
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

/** Types of numbers by the codes of ONNX. */
const FLOATS: Readonly<Record<number, 'f2' | 'f8' | 'bf2'>> = { 10: 'f2', 11: 'f8', 16: 'bf2' };

/** Initializers and constants of a model, in its order. */
async function fromModel(model: ModelProto, folder: string, name: string): Promise<WeightSource['tensors']> {
  const { graph } = model;
  const constants = (graph?.node ?? []).flatMap(({ opType, output, attribute }) => {
    const value = opType === 'Constant' ? attribute.find((each) => each.name === 'value')?.t : undefined;
    return value === undefined ? [] : [{ ...value, name: output[0] ?? '' }];
  });
  const turned = transposedIn(model);
  const tensors = [];
  for (const tensor of [...(graph?.initializer ?? []), ...constants]) {
    const shape = tensor.dims.map(Number);
    if (shape.length === 0) continue;
    const data = await numbersOf(tensor, elementCount(shape), folder);
    if (data === 'missing') throw besideMissing(name, besideName(tensor));
    if (data === null) continue;
    tensors.push({ name: tensor.name, shape, data, ...(turned.has(tensor.name) && { transposed: true }) });
  }
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

async function numbersOf(tensor: TensorProto, count: number, folder: string): Promise<Float32Array | 'missing' | null> {
  const isBeside = tensor.dataLocation === DataLocation.EXTERNAL;
  const plain = await floatsOf(tensor, count, folder);
  if (plain !== null) return plain;
  const type = FLOATS[tensor.dataType];
  if (isBeside) return tensor.dataType === 1 ? 'missing' : null;
  if (type === undefined) return null;
  const size = type === 'f8' ? 8 : 2;
  if (tensor.rawData.length === size * count) return Float32Array.from(readElements(tensor.rawData, type, true));
  return type === 'f8' && tensor.doubleData.length === count ? Float32Array.from(tensor.doubleData) : null;
}

export const noWeights = (name: string): UserError =>
  new UserError({
    en: `“${name}” contains no weights. Choose a trained project, an ONNX model or a safetensors file.`,
    zh: `“${name}”不含权重。请选择训练过的项目、ONNX 模型或 safetensors 文件。`,
  });

const besideMissing = (name: string, beside: string): UserError =>
  new UserError({
    en: `The weights of “${name}” are in file “${beside}” in the same folder, which is missing or damaged. Put it there.`,
    zh: `“${name}”的权重位于同一文件夹的文件“${beside}”中，该文件缺失或已损坏。请将其放回。`,
  } satisfies Text);

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
