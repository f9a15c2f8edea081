import { type Dataset, type Field, sampleAt } from '../data/dataset.ts';
import type { NetworkInput } from '../data/fit.ts';
import { fittedImage } from '../data/fittedImage.ts';
import { type ColorImage, imageInput } from '../data/imageInput.ts';
import { decodeImage, looksLikeImage } from '../engine/data/decodeImage.ts';
import { type EngineFiles, embeddedData, openDataset } from '../engine/files.ts';
import { inputImage } from '../engine/network.ts';
import { readBytes } from '../engine/readBytes.ts';
import type { ImageConfig, NetworkDocument } from '../graph/document.ts';
import { UserError } from '../text.ts';
import { damagedImage, isImage, readImage } from './imageFile.ts';

/** Reads the samples that the command line names: `mnist:17`, `PATH-TO-DATA:17`, an image file or a JSON list. */
export class SampleReader {
  readonly #files: EngineFiles;
  readonly #document: NetworkDocument;
  readonly #datasets = new Map<string, Promise<Dataset>>();

  /** `document` says how own data is read. */
  constructor(files: EngineFiles, document: NetworkDocument) {
    this.#files = files;
    this.#document = document;
  }

  /**
   * The values of one sample: those of all inputs of the network, one input after the other, each flattened, pixels in [0, 1].
   * Throws UserError.
   */
  async read(
    input: string,
    inputs: readonly NetworkInput[],
    fit: ImageConfig['fit'] | null = null,
  ): Promise<Float32Array<ArrayBuffer>> {
    const sample = await this.#read(input, inputs, fit);
    const at = sample.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) throw notFinite(input, at);
    return sample;
  }

  async #read(
    input: string,
    inputs: readonly NetworkInput[],
    fit: ImageConfig['fit'] | null,
  ): Promise<Float32Array<ArrayBuffer>> {
    const [, source = '', index = ''] = /^(.+):(.*)$/s.exec(input) ?? [];
    const isNumber = /^\d+$/.test(index);
    if (isNumber || embeddedData.includes(source)) {
      return this.#fromDataset(source, isNumber ? Number(index) : Number.NaN, input, inputs);
    }
    const bytes = await readBytes(input);
    const shape = inputs[0]?.shape ?? [];
    if (inputs.length > 1 && looksLikeImage(bytes)) throw severalInputs(input, inputs);
    if (fit !== null && looksLikeImage(bytes)) return fittedSample(bytes, shape, fit, input);
    if (isImage(bytes)) return imageSample(await readImage(bytes, input), shape, input);
    if (bytes[0] === 0x50 && bytes[1] === 0x35) return readPgm(bytes, input);
    return readJsonSample(bytes, input);
  }

  async #fromDataset(
    source: string,
    index: number,
    input: string,
    inputs: readonly NetworkInput[],
  ): Promise<Float32Array<ArrayBuffer>> {
    const known = this.#datasets.get(source);
    const { data: settings } = this.#document;
    const opening = known ?? openDataset(source, this.#files, settings, { image: inputImage(this.#document) });
    this.#datasets.set(source, opening);
    const data = await opening;
    if (index < data.count) {
      const fields = inputs.map((each) => fieldFor(data.inputs, each, inputs.length));
      if (fields.includes(null)) throw otherFields(source, data.inputs, inputs);
      return Float32Array.from(fields.flatMap((field) => [...sampleAt(field as Field, index)]));
    }
    throw new UserError({
      en: `“${input}”: “${source}” has samples 0 to ${data.count - 1}. Choose one of these.`,
      zh: `“${input}”：“${source}”的样本编号为 0 到 ${data.count - 1}。请选择其中之一。`,
    });
  }
}

/** The field with the name of the input, or the only one. A network of one input gets the first field that fits. */
const fieldFor = (fields: readonly Field[], input: NetworkInput, inputs: number): Field | null =>
  fields.find(({ name }) => name === input.name) ??
  (inputs > 1 ? null : (fields.find(({ shape }) => shape.join() === input.shape.join()) ?? fields[0] ?? null));

const names = (all: readonly { readonly name: string }[]): string => all.map(({ name }) => name).join(', ');

const otherFields = (source: string, fields: readonly Field[], inputs: readonly NetworkInput[]) =>
  new UserError({
    en: `“${source}” has the inputs ${names(fields)}, but the network needs ${names(inputs)}. Choose a sample of the data that it was trained on.`,
    zh: `“${source}”的输入为 ${names(fields)}，而网络需要 ${names(inputs)}。请选择训练数据中的样本。`,
  });

const severalInputs = (image: string, inputs: readonly NetworkInput[]) =>
  new UserError({
    en: `“${image}” is an image, but the network has the inputs ${names(inputs)}. Give a sample of a dataset (DATASET:17), or a JSON list with the values of all inputs in this order.`,
    zh: `“${image}”是图像，而网络有多个输入：${names(inputs)}。请给出数据集的样本（数据集:17），或依次包含所有输入值的 JSON 列表。`,
  });

const notFinite = (name: string, at: number) =>
  new UserError({
    en: `Value ${at + 1} of “${name}” is NaN, infinite or above 3.4e38. A network accepts finite values only.`,
    zh: `“${name}”的第 ${at + 1} 个值为 NaN、无穷大或超过 3.4e38。网络只接受有限的数值。`,
  });

/** An image as the dataset of the network would have it. */
async function fittedSample(
  bytes: Uint8Array,
  shape: readonly number[],
  fit: ImageConfig['fit'],
  name: string,
): Promise<Float32Array<ArrayBuffer>> {
  const [channels, height, width] = shape as [1 | 3, number, number];
  const image = await decodeImage(bytes).catch((error: unknown) => {
    throw damagedImage(name, error);
  });
  return Float32Array.from(fittedImage(image, { channels, height, width, fit }), (value) => value / 255);
}

/** The values of an image, prepared for the input shape as by the Predict panel of the app. */
function imageSample(image: ColorImage, shape: readonly number[], name: string): Float32Array<ArrayBuffer> {
  const [channels, ...size] = shape;
  if (size.length !== 2 || (channels !== 1 && channels !== 3)) {
    throw new UserError({
      en: `“${name}” is an image, but the network expects ${shape.join('×')}. Images need a network with one or three input channels.`,
      zh: `“${name}”是图像，而网络的输入为 ${shape.join('×')}。图像只能用于输入为 1 或 3 个通道的网络。`,
    });
  }
  const { input, blank } = imageInput(image, shape, { invert: 'auto', center: true });
  if (blank) throw blankImage(name);
  return input;
}

const blankImage = (name: string) =>
  new UserError({
    en: `“${name}” is blank: there is nothing to predict.`,
    zh: `“${name}”是空白的，没有可预测的内容。`,
  });

/**
 * Reads a binary grayscale image (PGM, P5): magic number, width, height, max value, then one byte per pixel; `#` starts
 * a comment.
 */
export function readPgm(bytes: Uint8Array, name: string): Float32Array<ArrayBuffer> {
  const numbers: number[] = [];
  let at = 2;
  while (numbers.length < 3 && at < bytes.length) {
    const char = String.fromCharCode(bytes[at] as number);
    if (char === '#') while (at < bytes.length && bytes[at] !== 0x0a) at++;
    else if (/\d/.test(char)) {
      const digits = /^\d+/.exec(String.fromCharCode(...bytes.subarray(at, at + 12)))?.[0] ?? '';
      numbers.push(Number(digits));
      at += digits.length - 1;
    } else if (!/\s/.test(char)) break;
    at++;
  }
  const [width = 0, height = 0, most = 0] = numbers;
  const pixels = bytes.subarray(at + (numbers.length === 3 ? 1 : 0));
  if (numbers.length < 3 || most < 1 || most > 255 || pixels.length < width * height) {
    throw new UserError({
      en: `“${name}” is not a complete 8-bit PGM image (P5): ${width}×${height}, max value ${most}, ${pixels.length} bytes of pixels. Save it again as 8-bit gray PGM.`,
      zh: `“${name}”不是完整的 8 位 PGM 图像（P5）：${width}×${height}，最大值 ${most}，像素 ${pixels.length} 字节。请另存为 8 位灰度 PGM。`,
    });
  }
  const seen = pixels.subarray(0, width * height);
  if (seen.every((pixel) => pixel === seen[0])) throw blankImage(name);
  return Float32Array.from(seen, (pixel) => pixel / most);
}

function readJsonSample(bytes: Uint8Array, name: string): Float32Array<ArrayBuffer> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    json = null;
  }
  const numbers = Array.isArray(json) ? (json as unknown[]).flat(8) : [];
  if (numbers.length > 0 && numbers.every((value): value is number => typeof value === 'number')) {
    return Float32Array.from(numbers);
  }
  throw new UserError({
    en: `“${name}” contains no sample. Use mnist:17 (or IDXFILE:17), a PNG, JPEG, WebP or 8-bit PGM (P5) image, or a JSON list of numbers.`,
    zh: `“${name}”不含样本。请给出 mnist:17（或 IDX 文件:17）、PNG、JPEG、WebP 或 8 位 PGM（P5）图像，或 JSON 数字列表。`,
  });
}
