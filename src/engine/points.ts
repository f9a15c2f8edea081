import type { Dataset } from '../data/dataset.ts';
import { elementCount } from '../ir/tensor.ts';

/**
 * The samples of a dataset as points of all inputs, where numeric inputs are standardized. Coordinates with the largest
 * variance come first, so that most distance computations end early.
 */
export class Points {
  /** Number of coordinates. */
  readonly size: number;
  readonly #read: (sample: number) => Float32Array;
  /** Mean squared distance of two samples. */
  readonly #usual: number;

  constructor({ inputs }: Dataset, sample: Uint32Array) {
    const sizes = inputs.map(({ shape }) => elementCount(shape));
    this.size = sizes.reduce((a, b) => a + b, 0);
    const axes = inputs.flatMap(({ data, kind }, f) => {
      const size = sizes[f] as number;
      return Array.from({ length: size }, (_, k) => {
        let [sum, squares] = [0, 0];
        for (const i of sample) {
          const x = data[i * size + k] as number;
          sum += x;
          squares += x * x;
        }
        const mean = sum / sample.length;
        const variance = Math.max(0, squares / sample.length - mean * mean);
        const scale = kind === 'numbers' ? (variance > 0 ? 1 / Math.sqrt(variance) : 0) : 1 / 255;
        return { data, size, k, scale, variance: variance * scale * scale };
      });
    });
    axes.sort((a, b) => b.variance - a.variance);
    this.#usual = 2 * axes.reduce((sum, { variance }) => sum + variance, 0);
    const memory = new Map<number, Float32Array>();
    this.#read = (i) => {
      const known = memory.get(i);
      if (known !== undefined) return known;
      const point = Float32Array.from(axes, ({ data, size, k, scale }) => (data[i * size + k] as number) * scale);
      memory.set(i, point);
      return point;
    };
  }

  /** The nearest neighbor of a sample in `among`, excluding itself. */
  nearest(sample: number, among: Uint32Array): number {
    const point = this.#read(sample);
    let [best, at] = [Number.POSITIVE_INFINITY, sample];
    for (const other of among) {
      if (other === sample) continue;
      const found = distance(point, this.#read(other), best);
      if (found < best) [best, at] = [found, other];
    }
    return at;
  }

  /**
   * True if `among` contains a copy of a sample with a little noise: a sample within `near` (relative to the typical
   * distance), while almost no other is within `apart`. Samples that are all near each other have no copies.
   */
  isCopied(sample: number, among: Uint32Array, { near, apart }: { near: number; apart: number }): boolean {
    const [copy, others] = [near * near * this.#usual, apart * apart * this.#usual];
    const point = this.#read(sample);
    let [copies, within] = [0, 0];
    for (const other of among) {
      const found = distance(point, this.#read(other), others);
      if (found < copy) copies++;
      if (found < others) within++;
      if (within > MOST_COPIES) return false;
    }
    return copies > 0;
  }
}

/** More near samples than this are not copies of one sample. */
const MOST_COPIES = 3;

/** The squared distance, or any larger value as soon as it exceeds `enough`. */
function distance(a: Float32Array, b: Float32Array, enough: number): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const off = (a[i] as number) - (b[i] as number);
    sum += off * off;
    if (sum > enough) return sum;
  }
  return sum;
}
