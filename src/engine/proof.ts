import type { Tensor } from '../ir/tensor.ts';
import { type Text, UserError } from '../text.ts';
import type { Optimizations, Session, Tensors } from './session.ts';
import { notFinite } from './weights.ts';

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

/** Throws UserError where a weight is NaN or infinity: no program could compute with it. */
export function expectFinite(weights: Tensors): void {
  const broken = notFinite(weights);
  if (broken !== null) {
    throw nothingToExport({
      en: `The weights of the network are not finite: '${broken}' holds NaN or infinity`,
      zh: `网络的权重不是有限数：“${broken}”中有 NaN 或无穷大`,
    });
  }
}

const nothingToExport = ({ en, zh }: Text): UserError =>
  new UserError({
    en: `${en}, as after a run that diverged. Nothing was written. Go back to a checkpoint from before that, or train again with a lower learning rate; then export.`,
    zh: `${zh}，这通常是训练发散所致。未写出文件。请回到发散之前的检查点，或用更低的学习率重新训练，然后再导出。`,
  });

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
  /** The trainer itself computes NaN, or an infinity on which the order of the sums decides. */
  #overflows = false;

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
      if (Number.isFinite(y)) this.#largest = Math.max(this.#largest, Math.abs(y));
      else this.#overflows ||= x !== y;
      if (!(error <= this.#maxError)) this.#maxError = Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
    }
  }

  /** Throws UserError when the model does not compute the same, or the network computes no numbers that could be compared. */
  result(): { readonly maxError: number; readonly largest: number } {
    const [error, largest] = [this.#maxError, this.#largest];
    if (this.#overflows) {
      throw nothingToExport({
        en: 'The weights of the network are so large that its results are NaN or infinite',
        zh: '网络的权重过大，结果为 NaN 或无穷大',
      });
    }
    if (error > TOLERANCE * Math.max(1, largest)) {
      const l = largest.toPrecision(2);
      const [off, offZh] = Number.isFinite(error)
        ? [`are off by up to ${error.toExponential(1)}, where they are`, `最大差异 ${error.toExponential(1)}，而结果`]
        : ['have NaN or infinity, where those of Netloom are', '其中有 NaN 或无穷大，而 Netloom 的结果'];
      throw new UserError({
        en: `The exported model does not compute what Netloom computes${this.#how.en}: its results ${off} up to ${l}. It was not written. Please report this with the network.`,
        zh: `导出的模型${this.#how.zh}与训练的结果不一致：${offZh}最大为 ${l}。文件没有写出，请附上网络报告此问题。`,
      });
    }
    return { maxError: error, largest };
  }
}
