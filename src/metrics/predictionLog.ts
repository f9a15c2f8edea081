import { argMax, type Numbers } from './classification.ts';

/**
 * All predictions one by one, in the order in which they were added. A sample has `width` consecutive predictions;
 * classification has one.
 */
export interface Answers {
  readonly width: number;
  /** Class indices (0 and 1 for no and yes), or numbers. */
  readonly predicted: Float32Array<ArrayBuffer>;
  readonly truth: Float32Array<ArrayBuffer>;
  /** Probabilities of the predicted and of the true class; empty for regression. */
  readonly probability: Float32Array<ArrayBuffer>;
  readonly trueProbability: Float32Array<ArrayBuffer>;
  /**
   * Negative log-likelihood of the true class, independent of the loss function of the network; for regression, the
   * squared error.
   */
  readonly loss: Float32Array<ArrayBuffer>;
}

/** log(1 + eˣ) without overflow. */
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** Collects predictions batch by batch. */
export class PredictionLog {
  readonly #answers: Answers;
  #at = 0;

  constructor(answers: 'class' | 'binary' | 'numbers', samples: number, width: number) {
    const count = samples * width;
    const probabilities = answers === 'numbers' ? 0 : count;
    this.#answers = {
      width,
      predicted: new Float32Array(count),
      truth: new Float32Array(count),
      probability: new Float32Array(probabilities),
      trueProbability: new Float32Array(probabilities),
      loss: new Float32Array(count),
    };
  }

  get answers(): Answers {
    return this.#answers;
  }

  /** `logits` [N, classes], `targets` [N]. A target outside the classes has probability and loss NaN. */
  addLogits(logits: ArrayLike<number>, targets: Numbers, classes: number): void {
    for (let i = 0; i < targets.length; i++) {
      const start = i * classes;
      const best = argMax(logits, start, classes);
      const highest = logits[start + best] as number;
      let sum = 0;
      for (let k = 0; k < classes; k++) sum += Math.exp((logits[start + k] as number) - highest);
      const target = Number(targets[i]);
      const known = target >= 0 && target < classes;
      const loss = known ? Math.log(sum) + highest - (logits[start + target] as number) : Number.NaN;
      this.#add(best, target, 1 / sum, Math.exp(-loss), loss);
    }
  }

  /** One logit per prediction; above 0 means yes. */
  addBinary(logits: ArrayLike<number>, targets: Numbers): void {
    for (let i = 0; i < targets.length; i++) {
      const logit = logits[i] as number;
      const target = Number(targets[i]);
      const loss = softplus(target > 0.5 ? -logit : logit);
      this.#add(logit > 0 ? 1 : 0, target, Math.exp(-softplus(-Math.abs(logit))), Math.exp(-loss), loss);
    }
  }

  addNumbers(values: ArrayLike<number>, targets: ArrayLike<number>): void {
    const { predicted, truth, loss } = this.#answers;
    for (let i = 0; i < targets.length; i++) {
      const [value, target] = [values[i] as number, targets[i] as number];
      predicted[this.#at] = value;
      truth[this.#at] = target;
      loss[this.#at++] = (value - target) ** 2;
    }
  }

  #add(predicted: number, truth: number, probability: number, trueProbability: number, loss: number): void {
    const { answers } = this;
    answers.predicted[this.#at] = predicted;
    answers.truth[this.#at] = truth;
    answers.probability[this.#at] = probability;
    answers.trueProbability[this.#at] = trueProbability;
    answers.loss[this.#at++] = loss;
  }
}
