export interface RegressionReport {
  /** Mean squared error. */
  readonly mse: number;
  /** Mean absolute error. */
  readonly mae: number;
  /** Coefficient of determination: the fraction of the target variance explained by the predictions. */
  readonly r2: number;
}

interface Column {
  squared: number;
  absolute: number;
  mean: number;
  /** Sum of squared deviations of the targets from their mean. */
  spread: number;
}

/**
 * Errors of predictions [N, outputs] against targets of the same shape, batch by batch. All three metrics are means
 * over the outputs, as in scikit-learn's mean_squared_error, mean_absolute_error and r2_score. If the targets of an
 * output are constant, its R² is 1 for exact predictions and otherwise 0.
 */
export class Regression {
  readonly #columns: Column[];
  #samples = 0;

  constructor(readonly outputs = 1) {
    this.#columns = Array.from({ length: outputs }, () => ({ squared: 0, absolute: 0, mean: 0, spread: 0 }));
  }

  add(predictions: ArrayLike<number>, targets: ArrayLike<number>): void {
    for (let at = 0; at < targets.length; at += this.outputs) {
      this.#samples++;
      this.#columns.forEach((column, i) => {
        const target = targets[at + i] as number;
        const error = (predictions[at + i] as number) - target;
        column.squared += error * error;
        column.absolute += Math.abs(error);
        // Welford's running mean and variance avoid the cancellation of large sums.
        const off = target - column.mean;
        column.mean += off / this.#samples;
        column.spread += off * (target - column.mean);
      });
    }
  }

  /** The metrics so far; all 0 without samples. */
  report(): RegressionReport {
    const mean = (of: (column: Column) => number): number =>
      this.#samples === 0 ? 0 : this.#columns.reduce((total, column) => total + of(column), 0) / this.outputs;
    return {
      mse: mean(({ squared }) => squared / this.#samples),
      mae: mean(({ absolute }) => absolute / this.#samples),
      r2: mean(({ squared, spread }) => (spread > 0 ? 1 - squared / spread : Number(squared === 0))),
    };
  }
}
