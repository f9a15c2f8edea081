/** What every step of a run reports; NaN where it has nothing to say. */
export const curveColumns = ['step', 'loss', 'accuracy', 'learningRate', 'gradientNorm', 'samplesPerSecond'] as const;
export type CurveColumn = (typeof curveColumns)[number];
export type CurveRow = Readonly<Record<CurveColumn, number>>;

/** More points are not kept: neighbours are averaged, and every point stands for twice as many steps. */
export const CURVE_LIMIT = 8192;
const FIRST = 256;

/**
 * The curves of a run by step, kept to a bounded number of points. They are a function of the rows alone: a run that
 * was interrupted and went on has the same as one that was not.
 */
export class Curves {
  /** Steps that one point stands for. */
  #stride = 1;
  #length = 0;
  readonly #columns: Record<CurveColumn, Float32Array<ArrayBuffer>>;
  /** The point being collected: sums of fewer than `stride` rows. */
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

  /** Its points so far: a view that the next `add` may make old. */
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

  /** Two points become one. */
  #thin(): void {
    const half = this.#length >> 1;
    for (const name of curveColumns) {
      const column = this.#columns[name];
      for (let i = 0; i < half; i++) column[i] = ((column[2 * i] as number) + (column[2 * i + 1] as number)) / 2;
    }
    this.#length = half;
    this.#stride *= 2;
  }

  /** Forgets what came after that step. */
  cut(step: number): void {
    const steps = this.#columns.step;
    while (this.#length > 0 && (steps[this.#length - 1] as number) > step) this.#length--;
    this.#open = zeros();
    this.#collected = 0;
  }

  /** All there is of them, as arrays of numbers by name; `fromArrays` makes them again. */
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
  /** Rows in `open`, which are not a point yet, and their sums. */
  readonly collected: number;
  readonly open: Readonly<Record<CurveColumn, number>>;
  /** Of equal length. */
  readonly points: Readonly<Record<CurveColumn, Float32Array<ArrayBuffer>>>;
}

/** One of each. */
export const columnsOf = <T>(value: (name: CurveColumn) => T): Record<CurveColumn, T> => ({
  step: value('step'),
  loss: value('loss'),
  accuracy: value('accuracy'),
  learningRate: value('learningRate'),
  gradientNorm: value('gradientNorm'),
  samplesPerSecond: value('samplesPerSecond'),
});
const zeros = () => columnsOf(() => 0);
