import type { CheckedGraph } from '../check/checkedGraph.ts';
import { type InputPreprocessing, type Preprocessing, rawType, takesAnySize } from '../compile/preprocessing.ts';
import type { Column } from '../data/batches.ts';
import type { Dataset, Field } from '../data/dataset.ts';
import { dataName } from '../data/known.ts';
import { asImageShape, pipelineFor } from '../data/prepared.ts';
import { toColor } from '../data/resize.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { elementCount, type Tensor } from '../ir/tensor.ts';
import { random } from '../random/philox.ts';
import { type Text, UserError } from '../text.ts';
import { decodeImage } from './data/decodeImage.ts';
import { sourceSha256 } from './data/sourceSha256.ts';
import { sourceTree } from './data/sourceTree.ts';
import type { ExportInput } from './exportSamples.ts';
import { sourcePath } from './files.ts';
import type { Tensors } from './session.ts';

/** The preparation of every input of a network. Throws UserError where the dataset does not fit an input. */
export const preprocessingOf = (inputs: readonly ExportInput[], data: Dataset): InputPreprocessing =>
  new Map(
    inputs.map(({ name, column }) => {
      if (column === null) throw new UserError(noField(data.name, name));
      return [name, preprocessingFor(column, data)];
    }),
  );

const noField = (data: string, input: string): Text => ({
  en: `Preprocessing cannot be included: dataset “${data}” has no samples for input “${input}” of the network. Choose the dataset that the network is trained on, or export without preprocessing.`,
  zh: `无法包含预处理：数据集“${data}”没有适合网络输入“${input}”的样本。请选择训练该网络的数据集，或不包含预处理进行导出。`,
});

const isFiles = (field: Field, data: Dataset): boolean => data.image !== undefined && field === data.inputs[0];

function preprocessingFor({ field, transforms = [] }: Column, data: Dataset): Preprocessing {
  if (field.kind === 'bytes') {
    const shape = asImageShape(field.shape);
    if (shape === null) return { kind: 'bytes', shape: field.shape };
    const fit = isFiles(field, data) ? (data.image?.fit ?? null) : null;
    return { kind: 'image', shape, fit, steps: pipelineFor(transforms, shape)?.predict ?? [] };
  }
  const { features } = data;
  return field.name === 'features' && features !== undefined
    ? { kind: 'table', columns: features.columns }
    : { kind: 'none' };
}

/** Throws UserError where a table has changed: mean and deviation would not be those of the training. */
export async function requireUnchanged({ data }: NetworkDocument, preprocessing: InputPreprocessing): Promise<void> {
  if (data.sha256 === undefined || ![...preprocessing.values()].some(({ kind }) => kind === 'table')) return;
  if ((await sourceSha256(await sourcePath(data.source, data))) !== data.sha256)
    throw new UserError(changed(data.source));
}

const changed = (source: string): Text => ({
  en: `Preprocessing cannot be included: “${dataName(source)}” has changed since the network was trained, and so have its mean and deviation. Restore the file, or train again.`,
  zh: `无法包含预处理：“${dataName(source)}”在训练之后已改变，其均值和标准差也随之改变。请恢复该文件，或重新训练。`,
});

/** Samples `places` of a dataset as its files have them. Throws UserError where a file is gone. */
export async function rawBatch(
  { document }: CheckedGraph,
  data: Dataset,
  inputs: readonly ExportInput[],
  preprocessing: InputPreprocessing,
  places: Uint32Array,
  prepared: Tensors,
): Promise<Tensors> {
  const batch = new Map<string, Tensor>();
  for (const { name, column } of inputs) {
    const each = preprocessing.get(name) as Preprocessing;
    const field = (column as Column).field;
    if (each.kind === 'none') batch.set(name, prepared.get(name) as Tensor);
    else if (each.kind === 'table') batch.set(name, rowsAt(data, places));
    else if (isFiles(field, data)) batch.set(name, await filesAt(data, document.data.source, places));
    else batch.set(name, pixelsAt(field, each.kind === 'image', places));
  }
  return batch;
}

function rowsAt({ features }: Dataset, places: Uint32Array): Tensor {
  const { columns, values } = features as NonNullable<typeof features>;
  const rows = Float64Array.from(
    Array.from(places).flatMap((place) => [...values.subarray(place * columns.length, (place + 1) * columns.length)]),
  );
  return { dtype: 'float64', shape: [places.length, columns.length], data: rows };
}

/** Images of one size, [N, H, W, C]; other bytes in their own shape. */
function pixelsAt({ data, shape }: Field, isImage: boolean, places: Uint32Array): Tensor {
  const size = elementCount(shape);
  const [channels = 1, height = 1, width = 1] = shape;
  const plane = height * width;
  const pixels = new Uint8Array(places.length * size);
  places.forEach((place, row) => {
    for (let i = 0; i < size; i++) {
      const from = isImage ? (i % channels) * plane + Math.floor(i / channels) : i;
      pixels[row * size + i] = data[place * size + from] as number;
    }
  });
  return { dtype: 'uint8', shape: [places.length, ...(isImage ? [height, width, channels] : shape)], data: pixels };
}

/** Image files in color, [N, H, W, 3]. All have one size. */
async function filesAt({ files = [] }: Dataset, source: string, places: Uint32Array): Promise<Tensor> {
  const tree = await sourceTree(await sourcePath(source, {}));
  try {
    const images = [];
    for (const place of places) images.push(toColor(await decodeImage(await tree.read(files[place] as string))));
    const [{ height, width }] = images as [(typeof images)[number]];
    const pixels = new Uint8Array(images.length * 3 * height * width);
    for (const [row, image] of images.entries()) pixels.set(image.pixels, row * 3 * height * width);
    return { dtype: 'uint8', shape: [images.length, height, width, 3], data: pixels };
  } finally {
    await tree.close();
  }
}

/** Sides of random images where any size will do. */
const ANY_SIDES = [40, 52] as const;

/** Random samples as files have them, for a test vector without the user's data. */
export const randomRawBatch = (
  inputs: readonly ExportInput[],
  preprocessing: InputPreprocessing,
  size: number,
): Tensors =>
  new Map(
    inputs.map(({ name, shape: own }): [string, Tensor] => {
      const each = preprocessing.get(name) as Preprocessing;
      const rng = random(1, `raw/${name}`);
      const type = rawType(name, each);
      if (type === null) {
        const shape = [size, ...own];
        const data = Float32Array.from({ length: elementCount(shape) }, () => rng.uniform());
        return [name, { dtype: 'float32', shape, data }];
      }
      if (each.kind === 'table') {
        const row = () =>
          each.columns.map((column) =>
            column.kind === 'number'
              ? column.mean + column.deviation * (2 * rng.uniform() - 1)
              : rng.below(column.categories.length),
          );
        const data = Float64Array.from(Array.from({ length: size }, row).flat());
        return [name, { dtype: 'float64', shape: [size, each.columns.length], data }];
      }
      const sides = takesAnySize(each) ? [...ANY_SIDES] : [];
      const shape = [size, ...type.shape.slice(1).map((dim) => (typeof dim === 'number' ? dim : (sides.shift() ?? 1)))];
      return [
        name,
        { dtype: 'uint8', shape, data: Uint8Array.from({ length: elementCount(shape) }, () => rng.below(256)) },
      ];
    }),
  );
