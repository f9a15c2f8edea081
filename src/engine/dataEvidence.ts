import { createHash } from 'node:crypto';
import { batchesOf, type Samples } from '../data/batches.ts';
import { type Dataset, labelsOf } from '../data/dataset.ts';
import { classesIn, type Labels } from '../data/labels.ts';
import type { Split } from '../data/split.ts';
import type { DataEvidence } from '../doctor/examination.ts';
import { elementCount } from '../ir/tensor.ts';
import { permutation, random } from '../random/philox.ts';
import { createYield, type Yield } from './createYield.ts';
import { Points } from './points.ts';

/**
 * Number of samples whose nearest neighbors are searched, and of candidates: 200,000 distances take 0.1 s for MNIST
 * images.
 */
const ASKED = 200;
const AMONG = 1000;
/** Samples with fewer values have near neighbors by chance. */
const NEAR_FROM = 16;
/**
 * Distances of noisy copies, relative to the typical distance of two samples: MNIST images of one class are at least
 * 0.2 apart.
 */
const NEAR = { near: 0.05, apart: 0.2 };

/** Limit on the compared values of the training set: all 10,000 MNIST images. */
const NEAR_NUMBERS = 8e6;

/** Samples whose scale is measured at once. */
const SCALE_BATCH = 250;

const cache = new WeakMap<Dataset, { readonly split: string; readonly evidence: Omit<DataEvidence, 'inputs'> }>();

/** Evidence from the dataset and its transforms; that of the dataset alone is computed once per dataset and split. */
export async function dataEvidence(data: Dataset, samples: Samples, split: Split): Promise<DataEvidence> {
  const inputs = inputScale(data, samples, some(split.train, 2000, 'scale'));
  const key = createHash('sha1').update(split.validation).digest('hex');
  const known = cache.get(data);
  if (known?.split === key) return { ...known.evidence, inputs };
  const evidence = await look(data, split);
  cache.set(data, { split: key, evidence });
  return { ...evidence, inputs };
}

async function look(data: Dataset, { train, validation }: Split): Promise<Omit<DataEvidence, 'inputs'>> {
  const rest = createYield();
  const labels = labelsOf(data);
  const points = new Points(data, some(train, 2000, 'scale'));
  const prints = await fingerprints(data, rest);
  const trained = new Set<string>();
  for (const i of train) trained.add(prints[i] as string);
  const seen = new Set(trained);
  let shared = 0;
  for (const i of validation) {
    if (trained.has(prints[i] as string)) shared++;
    seen.add(prints[i] as string);
  }
  const looked = some(validation, ASKED, 'near');
  const copies = some(train, NEAR_NUMBERS / points.size, 'copies');
  let near = 0;
  if (points.size >= NEAR_FROM) {
    for (const i of looked) {
      await rest();
      if (!trained.has(prints[i] as string) && points.isCopied(i, copies, NEAR)) near++;
    }
  }
  return {
    train: train.length,
    validation: validation.length,
    classes: labels && { train: counts(labels, train), validation: counts(labels, validation) },
    shared,
    near,
    looked: looked.length,
    distinct: seen.size,
    neighbors: await neighbors(data, points, train, rest),
  };
}

/** At most `most` of the indices, sampled the same way every time. */
function some(indices: Uint32Array, most: number, name: string): Uint32Array {
  if (indices.length <= most) return indices;
  const drawn = permutation(indices.length, random(1, `doctor/${name}`)).subarray(0, Math.floor(most));
  return drawn.map((at) => indices[at] as number);
}

function counts(labels: Labels, indices: Uint32Array): number[] {
  const found = new Array<number>(classesIn(labels)).fill(0);
  for (const i of indices) found[labels[i] as number] = (found[labels[i] as number] as number) + 1;
  return found;
}

/** A short text per sample, equal for equal inputs. */
async function fingerprints({ inputs, count }: Dataset, rest: Yield): Promise<string[]> {
  const fields = inputs.map(({ data, shape }) => ({
    bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    size: elementCount(shape) * data.BYTES_PER_ELEMENT,
  }));
  const prints: string[] = [];
  for (let i = 0; i < count; i++) {
    await rest();
    const hash = createHash('sha1');
    for (const { bytes, size } of fields) hash.update(bytes.subarray(i * size, (i + 1) * size));
    prints.push(hash.digest('base64'));
  }
  return prints;
}

/** Measures whether similar samples have similar targets, which is not the case for shuffled targets. */
async function neighbors(
  data: Dataset,
  points: Points,
  train: Uint32Array,
  rest: Yield,
): Promise<DataEvidence['neighbors']> {
  const [asked, among] = [some(train, ASKED, 'asked'), some(train, AMONG, 'among')];
  const labels = labelsOf(data);
  const numbers = data.targets.find(({ kind }) => kind === 'numbers');
  if (asked.length < 20 || (labels === null && numbers === undefined)) return null;
  const pairs: [number, number][] = [];
  for (const i of asked) {
    await rest();
    pairs.push([i, points.nearest(i, among)]);
  }
  const samples = pairs.length;
  if (labels !== null) {
    const agree = pairs.filter(([a, b]) => labels[a] === labels[b]).length / samples;
    const shares = counts(labels, train).map((count) => count / train.length);
    const chance = shares.reduce((sum, share) => sum + share * share, 0);
    return { samples, agree, chance, error: Math.sqrt((chance * (1 - chance)) / samples) };
  }
  const { data: answers, shape } = numbers as { data: Float32Array; shape: readonly number[] };
  const size = elementCount(shape);
  const at = (i: number, k: number): number => answers[i * size + k] as number;
  let [apart, spread] = [0, 0];
  for (let k = 0; k < size; k++) {
    const mean = [...among].reduce((sum, i) => sum + at(i, k), 0) / among.length;
    spread += [...among].reduce((sum, i) => sum + (at(i, k) - mean) ** 2, 0) / among.length;
    apart += pairs.reduce((sum, [a, b]) => sum + (at(a, k) - at(b, k)) ** 2, 0) / samples;
  }
  if (spread === 0) return null;
  // The difference of two independent targets has twice the variance.
  return { samples, agree: 1 - apart / (2 * spread), chance: 0, error: 1.5 / Math.sqrt(samples) };
}

/** Scale of the inputs as the network gets them in prediction. */
function inputScale({ inputs }: Dataset, samples: Samples, indices: Uint32Array): DataEvidence['inputs'] {
  let [count, sum, squares, largest] = [0, 0, 0, 0];
  const columns = samples.columns.filter(({ field }) => inputs.includes(field));
  for (const { tensors } of batchesOf({ ...samples, columns }, indices, SCALE_BATCH)) {
    for (const { data } of tensors.values()) {
      for (const value of data) {
        const x = Number(value);
        sum += x;
        squares += x * x;
        largest = Math.max(largest, Math.abs(x));
      }
      count += data.length;
    }
  }
  const mean = sum / count;
  return { mean, std: Math.sqrt(Math.max(0, squares / count - mean * mean)), largest };
}
