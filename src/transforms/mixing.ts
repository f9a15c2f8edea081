import type { Random } from '../random/philox.ts';
import type { Text } from '../text.ts';
import type { ImageShape } from './image.ts';

/** Meaning of the training accuracy of mixed samples. */
export const mixedAccuracy = ({ type }: { readonly type: string }): Text => ({
  en: `Training accuracy: share of samples whose predicted class is the one with the largest share after ${type}.`,
  zh: `训练精度：预测类别等于 ${type} 后占比最大的类别的样本比例。`,
});

/**
 * Mixing of the samples of a batch with soft targets: sample i with sample i − 1, the first with the last, as torchvision's
 * MixUp and CutMix do. Batches are shuffled, so that the pairs are random. The target of sample i is
 * λ · target(i) + (1 − λ) · target(partner(i)).
 */
export const partner = (i: number, count: number): number => (i + count - 1) % count;

/** Gamma distribution of scale 1 (Marsaglia and Tsang, 2000). */
function gamma(shape: number, random: Random): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** λ of one batch, from Beta(α, α); α > 0. */
export function drawLambda(alpha: number, random: Random): number {
  const [a, b] = [gamma(alpha, random), gamma(alpha, random)];
  // Both may underflow to 0 for tiny α, where λ is 0 or 1.
  return a + b > 0 ? a / (a + b) : random.below(2);
}

/** λ x(i) + (1 − λ) x(i − 1) of samples [count, ...], as floats. */
export function mixUp(batch: Float32Array, count: number, lambda: number): Float32Array {
  const size = batch.length / count;
  const out = new Float32Array(batch.length);
  for (let i = 0; i < count; i++) {
    const [at, from] = [i * size, partner(i, count) * size];
    for (let k = 0; k < size; k++) {
      out[at + k] = lambda * (batch[at + k] as number) + (1 - lambda) * (batch[from + k] as number);
    }
  }
  return out;
}

/** Part of the image that comes from the partner: columns x1 to x2 and rows y1 to y2, the ends excluded. */
export interface CutMixBox {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** λ of the targets: the share of the image that stays. */
  readonly lambda: number;
}

/** The box for a drawn λ: about 1 − λ of the area around a random pixel, cut off at the border. */
export function drawBox([, height, width]: ImageShape, lambda: number, random: Random): CutMixBox {
  const [x, y] = [random.below(width), random.below(height)];
  const half = 0.5 * Math.sqrt(1 - lambda);
  const [reachX, reachY] = [Math.floor(half * width), Math.floor(half * height)];
  const [x1, y1] = [Math.max(0, x - reachX), Math.max(0, y - reachY)];
  const [x2, y2] = [Math.min(width, x + reachX), Math.min(height, y + reachY)];
  return { x1, y1, x2, y2, lambda: 1 - ((x2 - x1) * (y2 - y1)) / (width * height) };
}

/** Images [count, C, H, W] with the box of each taken from its partner. */
export function cutMix<Pixels extends Uint8Array | Float32Array>(
  batch: Pixels,
  [channels, height, width]: ImageShape,
  { x1, y1, x2, y2 }: CutMixBox,
): Pixels {
  const size = channels * height * width;
  const count = batch.length / size;
  const out = batch.slice() as Pixels;
  for (let i = 0; i < count; i++) {
    const from = partner(i, count) * size;
    for (let c = 0; c < channels; c++) {
      for (let y = y1; y < y2; y++) {
        const row = (c * height + y) * width;
        out.set(batch.subarray(from + row + x1, from + row + x2), i * size + row + x1);
      }
    }
  }
  return out;
}
