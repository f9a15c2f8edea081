import type { MixingConfig } from '../graph/document.ts';
import { random } from '../random/philox.ts';
import type { ImageShape } from '../transforms/image.ts';
import { cutMix, drawBox, drawLambda, mixUp } from '../transforms/mixing.ts';
import type { Batch, Samples } from './batches.ts';

/** Place of a batch in a run: the random values of its mixing follow from it. */
export interface BatchPlace {
  readonly seed: number;
  readonly epoch: number;
  /** Number of samples of the epoch before the batch. */
  readonly seen: number;
}

/** Mixes the samples of a batch and their targets with the same share, in place, as the samples say. */
export function mixBatch({ size, tensors }: Batch, { columns, mixing }: Samples, place: BatchPlace): void {
  if (mixing === undefined) return;
  for (const { input, shape, oneHot } of columns) {
    const data = tensors.get(input)?.data;
    if (!(data instanceof Float32Array)) throw new Error(`mixing of '${input}', which is not a float`);
    // The same stream for samples and targets: both get the same share.
    const { lambda, box } = drawMixing(mixing, columns, place);
    if (box === null || oneHot === true) data.set(mixUp(data, size, lambda));
    else data.set(cutMix(data, shape as unknown as ImageShape, box));
  }
}

function drawMixing({ type, alpha }: MixingConfig, columns: Samples['columns'], { seed, epoch, seen }: BatchPlace) {
  const rng = random(seed, 'mixing', [seen, epoch]);
  const lambda = drawLambda(alpha, rng);
  if (type === 'MixUp') return { lambda, box: null };
  const image = columns.find(({ oneHot }) => oneHot !== true)?.shape as unknown as ImageShape;
  const box = drawBox(image, lambda, rng);
  return { lambda: box.lambda, box };
}
