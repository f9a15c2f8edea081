import type { Tensor } from '../ir/tensor.ts';
import { type Text, UserError } from '../text.ts';
import type { Optimizations, Session, Tensors } from './session.ts';

/**
 * How far results may lie apart, as a share of the largest number among them: float32 keeps 7 digits, and deep networks
 * and other devices lose some of these. A wrong op is off by far more.
 */
const TOLERANCE = 1e-3;

/** How others may run a model: as it is, or as their runtime rewrites it first. */
const WAYS = ['none', 'stock'] as const satisfies readonly Optimizations[];

/** Samples, and what the trainer predicts for them. */
export interface Expected {
  readonly feeds: Tensors;
  readonly predictions: Tensors;
}

/** Runs the model as it is and as the runtime optimizes it by itself. Throws UserError when it does not compute the same. */
export async function prove(
  open: (optimizations: Optimizations) => Promise<Session>,
  batches: readonly Expected[],
): Promise<{ readonly maxError: number; readonly largest: number }> {
  let [maxError, largest] = [0, 0];
  for (const way of WAYS) {
    const session = await open(way);
    const proof = new Proof(way);
    try {
      for (const { feeds, predictions } of batches) {
        for (const [name, got] of await session.run(feeds)) proof.compare(got, predictions.get(name) as Tensor);
      }
    } finally {
      await session.release();
    }
    const found = proof.result();
    maxError = Math.max(maxError, found.maxError);
    largest = Math.max(largest, found.largest);
  }
  return { maxError, largest };
}

const HOW: Readonly<Record<(typeof WAYS)[number], Text>> = {
  none: { en: '', zh: '' },
  stock: { en: ' once the runtime has optimized it', zh: '（经运行时优化后）' },
};

/** What an exported model computes, held against what the trainer does. */
export class Proof {
  readonly #how: Text;
  /** Largest difference. */
  #maxError = 0;
  /** Largest number that was compared, without its sign. */
  #largest = 0;

  constructor(way: (typeof WAYS)[number]) {
    this.#how = HOW[way];
  }

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
        en: `The exported model does not compute what Netloom computes${this.#how.en}: its results are off by up to ${e}, where they are up to ${l}. It was not written. Please report this with the network.`,
        zh: `导出的模型${this.#how.zh}与训练的结果不一致：最大差异 ${e}，而结果最大为 ${l}。文件没有写出，请附上网络报告此问题。`,
      });
    }
    return { maxError: error, largest };
  }
}
