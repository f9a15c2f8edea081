import type { Tensor } from '../ir/tensor.ts';
import { UserError } from '../text.ts';

/**
 * How far results may lie apart, as a share of the largest number among them: float32 keeps 7 digits, and deep networks
 * and other devices lose some of these. A wrong op is off by far more.
 */
const TOLERANCE = 1e-3;

/** What an exported model computes, held against what the trainer does. */
export class Proof {
  /** Largest difference. */
  #maxError = 0;
  /** Largest number that was compared, without its sign. */
  #largest = 0;

  /** Throws an Error where the shapes are different. */
  compare(got: Tensor, expected: Tensor): void {
    const [a, b] = [got.data, expected.data];
    if (got.shape.join() !== expected.shape.join()) {
      throw new Error(`the exported model gives [${got.shape}], not [${expected.shape}]`);
    }
    for (let i = 0; i < a.length; i++) {
      const [x, y] = [Number(a[i]), Number(b[i])];
      const error = x === y ? 0 : Math.abs(x - y);
      if (!(error <= this.#maxError)) this.#maxError = Number.isFinite(error) ? error : Number.MAX_VALUE;
      if (Number.isFinite(y)) this.#largest = Math.max(this.#largest, Math.abs(y));
    }
  }

  /** Throws UserError when the model does not compute the same. */
  result(): { readonly maxError: number; readonly largest: number } {
    const [error, largest] = [this.#maxError, this.#largest];
    if (error > TOLERANCE * Math.max(1, largest)) {
      const [e, l] = [error.toExponential(1), largest.toPrecision(2)];
      throw new UserError({
        en: `The exported model does not compute what Netloom computes: its results are off by up to ${e}, where they are up to ${l}. It was not written. Please report this with the network.`,
        zh: `导出的模型与训练的结果不一致：最大差异 ${e}，而结果最大为 ${l}。文件没有写出，请附上网络报告此问题。`,
      });
    }
    return { maxError: error, largest };
  }
}
