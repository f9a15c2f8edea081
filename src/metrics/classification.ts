/** Values of a tensor: float32, or int64 for class indices. */
export type Numbers = ArrayLike<number> | ArrayLike<bigint>;

/** Precision, recall and their harmonic mean; A quotient; 0/0 is 0. */
export interface Scores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Samples of one class that were predicted as one class. */
export interface ConfusionCell {
  readonly truth: number;
  readonly predicted: number;
  readonly count: number;
}

export interface ClassificationReport {
  /** The cells of the confusion matrix that are not 0, row by row. There are at most as many as samples. */
  readonly cells: readonly ConfusionCell[];
  readonly accuracy: number;
  /** Scores per class, with the number of samples of the class. */
  readonly classes: readonly (Scores & { readonly support: number })[];
  /** Unweighted mean over the classes. */
  readonly macro: Scores;
  /** Mean over the classes, weighted by the number of samples. */
  readonly weighted: Scores;
}

/** Most classes whose confusions are written as a matrix. */
export const MOST_IN_MATRIX = 256;

/** Number of samples by class: `matrix[true][predicted]`. For few classes: it has `classes`² cells. */
export function matrixOf(cells: readonly ConfusionCell[], classes: number): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const { truth, predicted, count } of cells) (matrix[truth] as number[])[predicted] = count;
  return matrix;
}

/**
 * Confusion matrix, counted batch by batch. `report` has the definitions of scikit-learn's
 * precision_recall_fscore_support with zero_division=0. A sample with a target outside the classes is ignored.
 */
export class ConfusionMatrix {
  /** By true class · classes + predicted class. */
  readonly #counts = new Map<number, number>();

  constructor(readonly classes: number) {}

  add(target: number, predicted: number): void {
    if (!(target >= 0 && target < this.classes)) return;
    const cell = target * this.classes + predicted;
    this.#counts.set(cell, (this.#counts.get(cell) ?? 0) + 1);
  }

  /**
   * `logits` [N, classes], `targets` [N]. The class of the largest logit is the prediction; of equal logits, the first.
   */
  addLogits(logits: ArrayLike<number>, targets: Numbers): void {
    for (let i = 0; i < targets.length; i++) {
      this.add(Number(targets[i]), argMax(logits, i * this.classes, this.classes));
    }
  }

  /** One logit per sample; above the threshold, class 1 is predicted, otherwise class 0. */
  addBinary(logits: ArrayLike<number>, targets: Numbers, threshold = 0): void {
    for (let i = 0; i < targets.length; i++) {
      this.add(Number(targets[i]), (logits[i] as number) > threshold ? 1 : 0);
    }
  }

  report(): ClassificationReport {
    const cells = [...this.#counts]
      .sort(([a], [b]) => a - b)
      .map(([cell, count]) => ({
        truth: Math.floor(cell / this.classes),
        predicted: cell % this.classes,
        count,
      }));
    const zeros = () => new Array<number>(this.classes).fill(0);
    const [right, support, chosen] = [zeros(), zeros(), zeros()];
    for (const { truth, predicted, count } of cells) {
      support[truth] = (support[truth] as number) + count;
      chosen[predicted] = (chosen[predicted] as number) + count;
      if (truth === predicted) right[truth] = count;
    }
    const classes = right.map((hits, i) => {
      const [predicted, actual] = [chosen[i] as number, support[i] as number];
      return {
        precision: ratio(hits, predicted),
        recall: ratio(hits, actual),
        f1: ratio(2 * hits, predicted + actual),
        support: actual,
      };
    });
    const mean = (weights: readonly number[]): Scores => {
      const of = (key: keyof Scores) =>
        ratio(sum(classes.map((scores, i) => scores[key] * (weights[i] as number))), sum(weights));
      return { precision: of('precision'), recall: of('recall'), f1: of('f1') };
    };
    return {
      cells,
      accuracy: ratio(sum(right), sum(support)),
      classes,
      macro: mean(classes.map(() => 1)),
      weighted: mean(support),
    };
  }
}

/** Top-k accuracy for several k at once: the fraction of samples whose true class is among the k largest logits. */
export class TopK {
  readonly #hits: number[];
  #samples = 0;

  constructor(
    readonly classes: number,
    readonly ks: readonly number[],
  ) {
    this.#hits = ks.map(() => 0);
  }

  /** `logits` [N, classes], `targets` [N]. Of equal logits, the one of the smaller class index ranks first. */
  addLogits(logits: ArrayLike<number>, targets: Numbers): void {
    for (let i = 0; i < targets.length; i++) {
      const target = Number(targets[i]);
      if (target < 0 || target >= this.classes) continue;
      const rank = rankOf(logits, i * this.classes, this.classes, target);
      this.#samples++;
      this.ks.forEach((k, at) => {
        if (rank < k) this.#hits[at] = (this.#hits[at] as number) + 1;
      });
    }
  }

  /** Accuracies in the order of `ks`. */
  report(): number[] {
    return this.#hits.map((hits) => ratio(hits, this.#samples));
  }
}

/** Index, relative to `start`, of the largest of `count` values from `start` on; of equal values, the first. */
export function argMax(data: ArrayLike<number>, start: number, count: number): number {
  let best = 0;
  for (let i = 1; i < count; i++) {
    if ((data[start + i] as number) > (data[start + best] as number)) best = i;
  }
  return best;
}

/** Number of classes that rank before `target`. */
function rankOf(logits: ArrayLike<number>, start: number, count: number, target: number): number {
  const own = logits[start + target] as number;
  let rank = 0;
  for (let i = 0; i < count; i++) {
    const other = logits[start + i] as number;
    // Written so that a comparison with NaN counts against the target, which then ranks last.
    if (i !== target && !(other < own || (other === own && i > target))) rank++;
  }
  return rank;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** A quotient; 0/0 is 0. */
const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b);
