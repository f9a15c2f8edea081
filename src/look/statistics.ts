/** Number of bars of a histogram. */
export const BINS = 40;
/** Above this number of values, every k-th is used. */
const SAMPLED = 1_000_000;

/** Statistics of many values. NaN and infinities are counted, but otherwise excluded. */
export interface Statistics {
  readonly count: number;
  /** One of this many values was used. */
  readonly every: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly std: number;
  /** Fraction of values that are exactly zero. */
  readonly zeros: number;
  /** Number of used values that are NaN or infinite. */
  readonly broken: number;
  /** Number of values in each of `BINS` equal intervals from min to max. */
  readonly histogram: Int32Array<ArrayBuffer>;
}

export function statisticsOf(numbers: ArrayLike<number>): Statistics {
  const every = Math.max(1, Math.ceil(numbers.length / SAMPLED));
  let [seen, broken, zeros, sum] = [0, 0, 0, 0];
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < numbers.length; i += every) {
    const x = numbers[i] as number;
    if (!Number.isFinite(x)) {
      broken++;
      continue;
    }
    seen++;
    sum += x;
    if (x === 0) zeros++;
    if (x < min) min = x;
    if (x > max) max = x;
  }
  const histogram = new Int32Array(BINS);
  const count = numbers.length;
  if (seen === 0) return { count, every, min: 0, max: 0, mean: 0, std: 0, zeros: 0, broken, histogram };
  const mean = sum / seen;
  const width = (max - min) / BINS;
  let squares = 0;
  for (let i = 0; i < numbers.length; i += every) {
    const x = numbers[i] as number;
    if (!Number.isFinite(x)) continue;
    squares += (x - mean) ** 2;
    const bin = width > 0 ? Math.min(BINS - 1, Math.floor((x - min) / width)) : BINS >> 1;
    histogram[bin] = (histogram[bin] as number) + 1;
  }
  return { count, every, min, max, mean, std: Math.sqrt(squares / seen), zeros: zeros / seen, broken, histogram };
}

/** Distance of values from `start`, relative to the norm of `start`. */
export function movedFrom(start: ArrayLike<number>, now: ArrayLike<number>): number | null {
  if (start.length !== now.length) return null;
  let [way, length] = [0, 0];
  for (let i = 0; i < now.length; i++) {
    const from = start[i] as number;
    way += ((now[i] as number) - from) ** 2;
    length += from ** 2;
  }
  return length > 0 ? Math.sqrt(way / length) : null;
}
