import type { CheckedGraph } from '../check/checkedGraph.ts';
import { operatorIdOf } from '../graph/document.ts';
import type { Tensor } from '../ir/tensor.ts';
import { type Text, UserError } from '../text.ts';
import type { Optimizations, Session, Tensors } from './session.ts';
import { notFinite } from './weights.ts';

/**
 * Tolerance of the verification, relative to the largest output: float32 has 7 digits, of which deep networks and other
 * devices lose some. A wrong op has a much larger error.
 */
const TOLERANCE = 1e-3;

/** Ways in which other programs may run a model: unchanged, or optimized by their runtime. */
const WAYS = ['none', 'stock'] as const satisfies readonly Optimizations[];

/** Samples with Netloom's predictions for them. */
export interface ExpectedPredictions {
  readonly feeds: Tensors;
  readonly predictions: Tensors;
}

/** Throws UserError if a weight is NaN or infinite, because no program could compute with it. */
export function expectFinite(weights: Tensors): void {
  const broken = notFinite(weights);
  if (broken !== null) {
    throw nothingToExport({
      en: `The weights of the network are not finite: “${broken}” contains NaN or infinity`,
      zh: `网络的权重含有非有限值：“${broken}”中有 NaN 或无穷大`,
    });
  }
}

const nothingToExport = ({ en, zh }: Text): UserError =>
  new UserError({
    en: `${en}, probably because the run diverged. No file was written. Restore an earlier checkpoint, or train again with a lower learning rate, then export again.`,
    zh: `${zh}，这通常是训练发散所致。未写入文件。请恢复发散之前的检查点，或用更小的学习率重新训练，然后再导出。`,
  });

/** Loads a model into a new session. */
export type ModelOpening = (optimizations: Optimizations) => Promise<Session>;

/** Largest difference between outputs of the same shapes. */
export function largestDifference(outputs: Tensors, expected: Tensors): number {
  let largest = 0;
  for (const [name, { data }] of expected) {
    const got = outputs.get(name)?.data ?? [];
    for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(Number(got[i]) - Number(data[i])));
  }
  return largest;
}

/**
 * Values that outputs may have. Those of layers are finite, if the weights are sound. ONNX operators give NaN and infinity outside
 * their domain, such as the logarithm of a negative number.
 */
export type Values = 'finite' | 'any';

export const valuesOf = ({ nodes }: CheckedGraph): Values =>
  nodes.some(({ layer }) => operatorIdOf(layer.type) !== null) ? 'any' : 'finite';

/** Verifies a model unchanged and optimized by the runtime. Throws UserError if its outputs differ. */
export async function prove(
  open: ModelOpening,
  batches: readonly ExpectedPredictions[],
  values: Values,
): Promise<{ readonly maxError: number; readonly largest: number }> {
  let [maxError, largest] = [0, 0];
  for (const way of WAYS) {
    const session = await open(way);
    const proof = new Proof(way, values);
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
  stock: { en: ' after optimization by the runtime', zh: '（经运行时优化后）' },
};

/** Compares the outputs of an exported model with those of Netloom. */
export class Proof {
  readonly #how: Text;
  readonly #values: Values;
  /** Largest difference. */
  #maxError = 0;
  /** Largest absolute value of the compared outputs. */
  #largest = 0;
  /** True if Netloom's own outputs are NaN or infinite; infinities may depend on the order of sums. */
  #overflows = false;

  constructor(way: (typeof WAYS)[number], values: Values) {
    this.#how = HOW[way];
    this.#values = values;
  }

  /** Throws an Error if the shapes differ. */
  compare(got: Tensor, expected: Tensor): void {
    const [a, b] = [got.data, expected.data];
    if (got.shape.join() !== expected.shape.join()) {
      throw new Error(`the exported model outputs [${got.shape}], not [${expected.shape}]`);
    }
    for (let i = 0; i < a.length; i++) {
      // Texts are equal or not.
      const [x, y] = typeof a[i] === 'string' ? [Number(a[i] !== b[i]), 0] : [Number(a[i]), Number(b[i])];
      const isSame = x === y || (this.#values === 'any' && Number.isNaN(x) && Number.isNaN(y));
      const error = isSame ? 0 : Math.abs(x - y);
      if (Number.isFinite(y)) this.#largest = Math.max(this.#largest, Math.abs(y));
      else this.#overflows ||= !isSame && this.#values === 'finite';
      if (!(error <= this.#maxError)) this.#maxError = Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
    }
  }

  /** Throws UserError if the outputs differ, or if the outputs of the network are not finite. */
  result(): { readonly maxError: number; readonly largest: number } {
    const [error, largest] = [this.#maxError, this.#largest];
    if (this.#overflows) {
      throw nothingToExport({
        en: 'The weights of the network are so large that its outputs are NaN or infinite',
        zh: '网络的权重过大，输出为 NaN 或无穷大',
      });
    }
    if (error > TOLERANCE * Math.max(1, largest)) {
      const l = largest.toPrecision(2);
      const [off, offZh] = Number.isFinite(error)
        ? [`differ by up to ${error.toExponential(1)}, with values`, `最大误差为 ${error.toExponential(1)}，输出`]
        : ['contain NaN or infinity, but those of Netloom are', '其中有 NaN 或无穷大，而 Netloom 的输出'];
      throw new UserError({
        en: `Export failed: the outputs of the ONNX model${this.#how.en} ${off} up to ${l}. No file was written. Please report this bug and attach the network.`,
        zh: `导出失败：ONNX 模型${this.#how.zh}的输出与训练后的网络不一致，${offZh}最大为 ${l}。未写入文件。请报告此问题并附上网络。`,
      });
    }
    return { maxError: error, largest };
  }
}
