/** Values reported by every step of a run; NaN if not available. */
export const curveColumns = ['step', 'loss', 'accuracy', 'learningRate', 'gradientNorm', 'samplesPerSecond'] as const;
export type CurveColumn = (typeof curveColumns)[number];
export type CurveRow = Readonly<Record<CurveColumn, number>>;

/**
 * Limit on the points of a curve. Above it, neighboring points are averaged, and every point covers twice as many
 * steps.
 */
export const CURVE_LIMIT = 8192;
const FIRST = 256;

/**
 * The curves of a run by step, with a bounded number of points. They depend only on the rows, so that a resumed run has
 * the curves of an uninterrupted one.
 */
export class Curves {
  /** Number of steps per point. */
  #stride = 1;
  #length = 0;
  readonly #columns: Record<CurveColumn, Float32Array<ArrayBuffer>>;
  /** The incomplete point: sums of fewer than `stride` rows. */
  #open: Record<CurveColumn, number> = zeros();
  #collected = 0;

  constructor() {
    this.#columns = columnsOf(() => new Float32Array(FIRST));
  }

  get stride(): number {
    return this.#stride;
  }

  get length(): number {
    return this.#length;
  }

  /** The points so far, as a view that is valid until the next `add`. */
  column(name: CurveColumn): Float32Array<ArrayBuffer> {
    return this.#columns[name].subarray(0, this.#length);
  }

  add(row: CurveRow): void {
    for (const name of curveColumns) this.#open[name] += row[name];
    this.#collected++;
    if (this.#collected < this.#stride) return;
    if (this.#length === this.#columns.step.length) {
      if (this.#length < CURVE_LIMIT) this.#grow();
      else this.#thin();
      if (this.#collected < this.#stride) return;
    }
    for (const name of curveColumns) this.#columns[name][this.#length] = this.#open[name] / this.#collected;
    this.#length++;
    this.#open = zeros();
    this.#collected = 0;
  }

  #grow(): void {
    for (const name of curveColumns) {
      const larger = new Float32Array(2 * this.#length);
      larger.set(this.#columns[name]);
      this.#columns[name] = larger;
    }
  }

  /** Merges every two points into one. */
  #thin(): void {
    const half = this.#length >> 1;
    for (const name of curveColumns) {
      const column = this.#columns[name];
      for (let i = 0; i < half; i++) column[i] = ((column[2 * i] as number) + (column[2 * i + 1] as number)) / 2;
    }
    this.#length = half;
    this.#stride *= 2;
  }

  /** Removes all points after a step. */
  cut(step: number): void {
    const steps = this.#columns.step;
    while (this.#length > 0 && (steps[this.#length - 1] as number) > step) this.#length--;
    this.#open = zeros();
    this.#collected = 0;
  }

  /** The whole state as arrays by name; `fromArrays` restores it. */
  toArrays(): CurveArrays {
    const points = columnsOf((name) => this.column(name).slice());
    return { stride: this.#stride, collected: this.#collected, open: { ...this.#open }, points };
  }

  static fromArrays({ stride, collected, open, points }: CurveArrays): Curves {
    const curves = new Curves();
    curves.#stride = stride;
    curves.#length = points.step.length;
    curves.#collected = collected;
    curves.#open = { ...open };
    let room = FIRST;
    while (room < curves.#length) room *= 2;
    for (const name of curveColumns) {
      const column = new Float32Array(room);
      column.set(points[name].subarray(0, curves.#length));
      curves.#columns[name] = column;
    }
    return curves;
  }
}

export interface CurveArrays {
  readonly stride: number;
  /** Rows in `open`, which are not a complete point yet, and their sums. */
  readonly collected: number;
  readonly open: Readonly<Record<CurveColumn, number>>;
  /** Points by column, all of equal length. */
  readonly points: Readonly<Record<CurveColumn, Float32Array<ArrayBuffer>>>;
}

/** A record with one value per column. */
export const columnsOf = <T>(value: (name: CurveColumn) => T): Record<CurveColumn, T> => ({
  step: value('step'),
  loss: value('loss'),
  accuracy: value('accuracy'),
  learningRate: value('learningRate'),
  gradientNorm: value('gradientNorm'),
  samplesPerSecond: value('samplesPerSecond'),
});
const zeros = () => columnsOf(() => 0);
