import { open, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { check } from '../check/check.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { paramName } from '../compile/forward.ts';
import { fromHalf } from '../float16.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { elementCount, type Tensor } from '../ir/tensor.ts';
import {
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  type ModelProto,
  type TensorProto,
} from '../onnx/gen/onnx_pb.ts';
import type { Text } from '../text.ts';
import { tensorsSha256, writeWeights } from './weights.ts';

/** Weights in the form of a project, or null. `notice`: the reason that there are none, or a remark about them. */
export interface ExportedWeights {
  /** True if the file has trained weights that cannot be used for the network in its metadata. */
  readonly lost: boolean;
  readonly weights: Uint8Array<ArrayBuffer> | null;
  readonly notice: Text | null;
}

/**
 * Reads the weights of a model that Netloom exported from `document`: all of them, bit for bit, or
 * none; those of float16 are rounded. `folder`:
 * folder of the model and of the file with its large tensors. `name`: name of the model in notices.
 */
export async function exportedWeights(
  model: ModelProto | undefined,
  document: NetworkDocument,
  { folder, name }: { readonly folder: string; readonly name: string },
): Promise<ExportedWeights> {
  const without = (reason: Text): ExportedWeights => ({
    weights: null,
    notice: notTaken(name, reason),
    lost: reason !== trainingStep,
  });
  const { graph } = check(document);
  if (graph === null) return without(drawingWrong);
  const expected = shapesOf(graph);
  if (expected.size === 0) return { weights: null, notice: null, lost: false };
  if (model === undefined) return without(damaged);
  const metadata = new Map(model.metadataProps.map(({ key, value }) => [key, value]));
  const kind = metadata.get(WEIGHTS_KIND);
  if (kind === 'initial') return { weights: null, notice: neverTrained(name), lost: false };

  const initializers = new Map((model.graph?.initializer ?? []).map((tensor) => [tensor.name, tensor]));
  const weights = new Map<string, Tensor>();
  let isRounded = false;
  for (const [key, shape] of expected) {
    const found = laidOutAs(initializers, key, shape);
    if (found === null) return without(reasonFor(model, key));
    const numbers = await floatsOf(found.tensor, elementCount(shape), folder);
    if (numbers === null)
      return without(found.tensor.dataLocation === DataLocation.EXTERNAL ? besideMissing(found.tensor) : damaged);
    isRounded ||= found.tensor.dataType === DataType.FLOAT16;
    weights.set(key, { dtype: 'float32', shape, data: found.transposed ? transposed(numbers, shape) : numbers });
  }
  const sha256 = metadata.get(WEIGHTS_SHA256);
  if (sha256 !== undefined && sha256 !== tensorsSha256(weights)) return without(changed);
  const notice = kind === 'partly initial' ? partlyTrained(name) : isRounded ? rounded(name) : null;
  return { weights: writeWeights(weights), notice, lost: false };
}

/** Metadata of exports: `trained`, `partly initial` or `initial`, and the checksum of the weights (`tensorsSha256`). */
export const WEIGHTS_KIND = 'netloom_weights';
export const WEIGHTS_SHA256 = 'netloom_weights_sha256';

/** Shapes of parameters and buffers by name. */
const shapesOf = ({ nodes }: CheckedGraph): ReadonlyMap<string, readonly number[]> =>
  new Map(
    nodes.flatMap((node) =>
      Object.entries({ ...node.buffers, ...node.params }).map(([key, { shape }]): [string, readonly number[]] => [
        paramName(node, key),
        shape,
      ]),
    ),
  );

/**
 * The initializer that has these values: exports contain constants in the layout in which they are used
 * (constantLayouts.ts).
 */
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

/** The transpose, of shape `shape`, of the matrix `numbers`. */
function transposed(numbers: Float32Array<ArrayBuffer>, [rows = 0, columns = 0]: readonly number[]) {
  const turned = new Float32Array(numbers.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[row * columns + column] = numbers[column * rows + row] as number;
    }
  }
  return turned;
}

/** The values of a float32 or float16 tensor; null if type or count differ, or if they cannot be read. */
async function floatsOf(tensor: TensorProto, count: number, folder: string): Promise<Float32Array<ArrayBuffer> | null> {
  const { dataType, dataLocation, rawData, floatData } = tensor;
  if (dataType !== DataType.FLOAT && dataType !== DataType.FLOAT16) return null;
  const size = dataType === DataType.FLOAT ? 4 : 2;
  if (dataLocation !== DataLocation.EXTERNAL && floatData.length === count && size === 4) {
    return Float32Array.from(floatData);
  }
  const bytes =
    dataLocation === DataLocation.EXTERNAL
      ? await externalBytes(tensor, size * count, folder)
      : rawData.length === size * count
        ? new Uint8Array(rawData)
        : null;
  if (bytes === null) return null;
  return size === 4
    ? new Float32Array(bytes.buffer)
    : Float32Array.from(new Uint16Array(bytes.buffer), (bits) => fromHalf(bits));
}

async function externalBytes(tensor: TensorProto, length: number, folder: string) {
  const entry = (key: string): string => tensor.externalData.find((each) => each.key === key)?.value ?? '';
  const file = join(folder, besideName(tensor));
  const offset = Number(entry('offset'));
  if (entry('length') !== String(length) || !Number.isSafeInteger(offset) || offset < 0) return null;
  const found = await stat(file).catch(() => null);
  // Checked before allocating memory; reading a pipe would block.
  if (found === null || !found.isFile() || found.size < offset + length) return null;
  const handle = await open(file);
  try {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await handle.read(bytes, 0, length, offset);
    return bytesRead === length ? bytes : null;
  } finally {
    await handle.close();
  }
}

/** Only a file in the folder of the model is read. */
const besideName = ({ externalData }: TensorProto): string =>
  basename(externalData.find(({ key }) => key === 'location')?.value ?? '');

function reasonFor({ graph }: ModelProto, missing: string): Text {
  if (graph?.input.some(({ name }) => name === missing)) return trainingStep;
  if (graph?.initializer.some(({ name }) => name.endsWith('_folded'))) return folded;
  return weightMissing(missing);
}

const notTaken = (name: string, reason: Text): Text => ({
  en: `The network of “${name}” was opened without its weights: ${reason.en} Train it again, or open its .netloom file.`,
  zh: `已打开“${name}”中的网络，但未采用其权重：${reason.zh}请重新训练，或打开其 .netloom 文件。`,
});
const drawingWrong: Text = { en: 'the network has errors.', zh: '网络存在错误。' };
const damaged: Text = { en: 'the weights are damaged.', zh: '权重已损坏。' };
const changed: Text = {
  en: 'the weights are damaged or were changed by another program.',
  zh: '权重已损坏，或已被其他程序修改。',
};
const trainingStep: Text = {
  en: 'the file is a training step, which contains no weights.',
  zh: '该文件是训练步，不含权重。',
};
const folded: Text = {
  en: 'batch normalization was folded into other layers during the export.',
  zh: '导出时批量规范化已并入其他层。',
};
const weightMissing = (weight: string): Text => ({
  en: `weight “${weight}” is missing or has a different shape.`,
  zh: `权重“${weight}”缺失或形状不同。`,
});
const besideMissing = (tensor: TensorProto): Text => ({
  en: `the weights are in file “${besideName(tensor)}” in the same folder, which is missing or damaged.`,
  zh: `权重位于同一文件夹的文件“${besideName(tensor)}”中，该文件缺失或已损坏。`,
});
const neverTrained = (name: string): Text => ({
  en: `“${name}” was exported before training, with random weights. Only the network was opened.`,
  zh: `“${name}”导出时尚未训练，权重为随机值。仅打开了其中的网络。`,
});
const partlyTrained = (name: string): Text => ({
  en: `Some layers of “${name}” were not trained when it was exported. Their weights are initial values.`,
  zh: `“${name}”导出时有部分层尚未训练，其权重为初始值。`,
});
const rounded = (name: string): Text => ({
  en: `The weights in “${name}” are float16: rounded to 3 digits when it was exported. For the exact weights, open the .netloom file.`,
  zh: `“${name}”中的权重为 float16：导出时已舍入到 3 位有效数字。如需精确的权重，请打开 .netloom 文件。`,
});
