/** Points of a curve by step. Kept to a bounded number: when full, neighbours are averaged and the stride doubles. */
export interface Series {
  /** Steps that one point stands for. */
  stride: number;
  length: number;
  step: Float64Array;
  value: Float32Array;
  /** The point being collected: sums over fewer than `stride` steps. */
  readonly open: { count: number; steps: number; values: number };
}

const FIRST = 256;
export const LIMIT = 1024;

export const createSeries = (): Series => ({
  stride: 1,
  length: 0,
  step: new Float64Array(FIRST),
  value: new Float32Array(FIRST),
  open: { count: 0, steps: 0, values: 0 },
});

function grow(series: Series): void {
  const { step, value } = series;
  series.step = new Float64Array(step.length * 2);
  series.value = new Float32Array(value.length * 2);
  series.step.set(step);
  series.value.set(value);
}

/** Two points become one. */
function thin(series: Series): void {
  const { step, value } = series;
  const half = series.length >> 1;
  for (let i = 0; i < half; i++) {
    step[i] = ((step[2 * i] as number) + (step[2 * i + 1] as number)) / 2;
    value[i] = ((value[2 * i] as number) + (value[2 * i + 1] as number)) / 2;
  }
  series.length = half;
  series.stride *= 2;
}

export function append(series: Series, steps: ArrayLike<number>, values: ArrayLike<number>): void {
  const { open } = series;
  for (let i = 0; i < steps.length; i++) {
    open.count++;
    open.steps += steps[i] as number;
    open.values += values[i] as number;
    if (open.count < series.stride) continue;
    if (series.length === series.step.length) series.length === LIMIT ? thin(series) : grow(series);
    if (open.count < series.stride) continue;
    series.step[series.length] = open.steps / open.count;
    series.value[series.length] = open.values / open.count;
    series.length++;
    open.count = open.steps = open.values = 0;
  }
}

/** Steps over which the drawn curve is smoothed: a tenth of an epoch of the embedded digits. */
const WINDOW = 25;

/** The curve as drawn: an exponential mean, corrected for its start, so that the first point is the first value. */
export function smooth({ value, length, stride }: Series): Float32Array {
  const keep = Math.exp(-stride / WINDOW);
  const result = new Float32Array(length);
  let mean = 0;
  let weight = 0;
  for (let i = 0; i < length; i++) {
    mean = keep * mean + (1 - keep) * (value[i] as number);
    weight = keep * weight + (1 - keep);
    result[i] = mean / weight;
  }
  return result;
}
