import { open, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { check } from '../check/check.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { paramName } from '../compile/forward.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { elementCount, type Tensor } from '../ir/tensor.ts';
import {
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  type ModelProto,
  type TensorProto,
} from '../onnx/gen/onnx_pb.ts';
import { decodeModel } from '../onnx/read.ts';
import type { Text } from '../text.ts';
import { tensorsSha256, writeWeights } from './weights.ts';

/** Weights as a project holds them, or null; `notice`: reason why there are none, or what the user has to know of them. */
export interface ExportedWeights {
  readonly weights: Uint8Array<ArrayBuffer> | null;
  readonly notice: Text | null;
}

/**
 * The weights in a model that Netloom exported from `document`: all of them, bit for bit, or none. `folder`: where the
 * model lies, with the file of its large tensors. `name` is what notices call the model.
 */
export async function exportedWeights(
  bytes: Uint8Array,
  document: NetworkDocument,
  { folder, name }: { readonly folder: string; readonly name: string },
): Promise<ExportedWeights> {
  const without = (reason: Text): ExportedWeights => ({ weights: null, notice: notTaken(name, reason) });
  const { graph } = check(document);
  if (graph === null) return without(drawingWrong);
  const expected = shapesOf(graph);
  if (expected.size === 0) return { weights: null, notice: null };
  const model = decodeModel(bytes);
  if (model === undefined) return without(damaged);
  const metadata = new Map(model.metadataProps.map(({ key, value }) => [key, value]));
  const kind = metadata.get(WEIGHTS_KIND);
  if (kind === 'initial') return { weights: null, notice: neverTrained(name) };

  const initializers = new Map((model.graph?.initializer ?? []).map((tensor) => [tensor.name, tensor]));
  const weights = new Map<string, Tensor>();
  for (const [key, shape] of expected) {
    const found = laidOutAs(initializers, key, shape);
    if (found === null) return without(reasonFor(model, key));
    const numbers = await float32Of(found.tensor, elementCount(shape), folder);
    if (numbers === null)
      return without(found.tensor.dataLocation === DataLocation.EXTERNAL ? besideMissing(found.tensor) : damaged);
    weights.set(key, { dtype: 'float32', shape, data: found.transposed ? transposed(numbers, shape) : numbers });
  }
  const sha256 = metadata.get(WEIGHTS_SHA256);
  if (sha256 !== undefined && sha256 !== tensorsSha256(weights)) return without(changed);
  return { weights: writeWeights(weights), notice: kind === 'partly initial' ? partlyTrained(name) : null };
}

/** Metadata of exports: `trained`, `partly initial` or `initial`, and the checksum of the weights (`tensorsSha256`). */
export const WEIGHTS_KIND = 'netloom_weights';
export const WEIGHTS_SHA256 = 'netloom_weights_sha256';

/** Shapes of the graph's parameters and buffers by name. */
const shapesOf = ({ nodes }: CheckedGraph): ReadonlyMap<string, readonly number[]> =>
  new Map(
    nodes.flatMap((node) =>
      Object.entries({ ...node.buffers, ...node.params }).map(([key, { shape }]): [string, readonly number[]] => [
        paramName(node, key),
        shape,
      ]),
    ),
  );

/** The initializer with these numbers: exports hold constants in the layout in which they are used (constantLayouts.ts). */
function laidOutAs(
  initializers: ReadonlyMap<string, TensorProto>,
  name: string,
  shape: readonly number[],
): { readonly tensor: TensorProto; readonly transposed: boolean } | null {
  const dims = (tensor: TensorProto | undefined): string | undefined => tensor?.dims.join();
  const plain = initializers.get(name);
  if (plain !== undefined && dims(plain) === shape.join()) return { tensor: plain, transposed: false };
  const turned = initializers.get(`${name}_transposed`);
  if (turned !== undefined && shape.length === 2 && dims(turned) === shape.toReversed().join()) {
    return { tensor: turned, transposed: true };
  }
  const reshaped = initializers.get(`${name}_reshaped`);
  if (reshaped !== undefined && elementCount(reshaped.dims.map(Number)) === elementCount(shape)) {
    return { tensor: reshaped, transposed: false };
  }
  return null;
}

/** `numbers` of a matrix whose transpose has `shape`, in the order of `shape`. */
function transposed(numbers: Float32Array<ArrayBuffer>, [rows = 0, columns = 0]: readonly number[]) {
  const turned = new Float32Array(numbers.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[row * columns + column] = numbers[column * rows + row] as number;
    }
  }
  return turned;
}

/** The numbers of a float32 tensor; null where they are of another type or count, or cannot be read. */
async function float32Of(
  tensor: TensorProto,
  count: number,
  folder: string,
): Promise<Float32Array<ArrayBuffer> | null> {
  if (tensor.dataType !== DataType.FLOAT) return null;
  if (tensor.dataLocation === DataLocation.EXTERNAL) return externalNumbers(tensor, count, folder);
  const { rawData, floatData } = tensor;
  if (rawData.length === 4 * count) return new Float32Array(new Uint8Array(rawData).buffer);
  return floatData.length === count ? Float32Array.from(floatData) : null;
}

async function externalNumbers(tensor: TensorProto, count: number, folder: string) {
  const entry = (key: string): string => tensor.externalData.find((each) => each.key === key)?.value ?? '';
  const file = join(folder, besideName(tensor));
  const offset = Number(entry('offset'));
  if (entry('length') !== String(4 * count) || !Number.isSafeInteger(offset) || offset < 0) return null;
  const found = await stat(file).catch(() => null);
  // Memory is taken only for what is there; a pipe would be waited for.
  if (found === null || !found.isFile() || found.size < offset + 4 * count) return null;
  const handle = await open(file);
  try {
    const numbers = new Float32Array(count);
    const { bytesRead } = await handle.read(new Uint8Array(numbers.buffer), 0, 4 * count, offset);
    return bytesRead === 4 * count ? numbers : null;
  } finally {
    await handle.close();
  }
}

/** Without folders: only a file beside the model is read. */
const besideName = ({ externalData }: TensorProto): string =>
  basename(externalData.find(({ key }) => key === 'location')?.value ?? '');

function reasonFor({ graph }: ModelProto, missing: string): Text {
  if (graph?.input.some(({ name }) => name === missing)) return trainingStep;
  if (graph?.initializer.some(({ name }) => name.endsWith('_folded'))) return folded;
  return weightMissing(missing);
}

const notTaken = (name: string, reason: Text): Text => ({
  en: `Only the network of '${name}' was opened, without its weights: ${reason.en} It has to be trained again, or opened from its .netloom file.`,
  zh: `只打开了“${name}”中的网络，没有采用其权重：${reason.zh}需要重新训练，或打开其 .netloom 文件。`,
});
const drawingWrong: Text = { en: 'the network has errors.', zh: '网络存在错误。' };
const damaged: Text = { en: 'the weights are damaged.', zh: '权重已损坏。' };
const changed: Text = {
  en: 'they are damaged, or another program has changed them since the export.',
  zh: '权重已损坏，或导出后被其他程序修改。',
};
const trainingStep: Text = {
  en: 'it is a training step, which holds no weights.',
  zh: '它是训练步，其中不含权重。',
};
const folded: Text = {
  en: 'batch normalization was merged into other layers during the export.',
  zh: '导出时批量规范化已并入其他层。',
};
const weightMissing = (weight: string): Text => ({
  en: `'${weight}' is missing or has another shape.`,
  zh: `“${weight}”缺失或形状不同。`,
});
const besideMissing = (tensor: TensorProto): Text => ({
  en: `they belong in the file '${besideName(tensor)}' in the same folder, which is missing or damaged.`,
  zh: `权重应在同一文件夹的“${besideName(tensor)}”中，但该文件缺失或已损坏。`,
});
const neverTrained = (name: string): Text => ({
  en: `'${name}' was exported before training, with random weights. Only the network was opened.`,
  zh: `“${name}”是在训练前导出的，权重为随机值。只打开了其中的网络。`,
});
const partlyTrained = (name: string): Text => ({
  en: `Some layers of '${name}' were not trained when it was exported: their weights are initial values.`,
  zh: `导出“${name}”时有些层尚未训练：它们的权重是初始值。`,
});
