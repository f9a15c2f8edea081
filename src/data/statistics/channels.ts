import { type Field, valuesAt } from '../dataset.ts';

/** Intervals of a histogram: one for each value of a byte. */
export const BINS = 256;

/** Statistics of one channel over many samples, in units of the network's input. */
export interface ChannelStatistics {
  readonly mean: number;
  /** Of the population: divided by the number of values. */
  readonly std: number;
  readonly low: number;
  readonly high: number;
  /** Values in each of `BINS` equal intervals from `low` to `high`; of bytes: from 0 to 1, one for each byte. */
  readonly histogram: Float64Array<ArrayBuffer>;
}

/** Channels of a field: the first axis of [C, H, W], else one. */
export const channelsOf = ({ shape }: Pick<Field, 'shape'>): number => (shape.length === 3 ? (shape[0] as number) : 1);

/**
 * Statistics of every channel of a field over the samples `indices`. `step` is called after each sample of each pass. Values that
 * are NaN or infinite are left out.
 */
export function channelStatistics(
  field: Field,
  indices: Uint32Array,
  step: () => void = () => {},
): ChannelStatistics[] {
  return field.kind === 'bytes' ? ofBytes(field, indices, step) : ofNumbers(field, indices, step);
}

/** Passes over the samples that `channelStatistics` takes. */
export const passesOf = ({ kind }: Pick<Field, 'kind'>): number => (kind === 'bytes' ? 1 : 3);

function ofBytes(field: Field, indices: Uint32Array, step: () => void): ChannelStatistics[] {
  const histograms = Array.from({ length: channelsOf(field) }, () => new Float64Array(BINS));
  for (const index of indices) {
    forEachValue(field, index, (value, channel) => {
      const histogram = histograms[channel] as Float64Array;
      histogram[value] = (histogram[value] as number) + 1;
    });
    step();
  }
  // Sums of whole numbers are exact.
  return histograms.map((histogram) => {
    const sumOf = (of: (value: number) => number) => histogram.reduce((sum, n, value) => sum + n * of(value), 0);
    const count = Math.max(
      1,
      sumOf(() => 1),
    );
    const mean = sumOf((value) => value) / count;
    const variance = sumOf((value) => (value - mean) ** 2) / count;
    return { mean: mean / 255, std: Math.sqrt(variance) / 255, low: 0, high: 1, histogram };
  });
}

function ofNumbers(field: Field, indices: Uint32Array, step: () => void): ChannelStatistics[] {
  const channels = Array.from({ length: channelsOf(field) }, () => ({
    count: 0,
    sum: 0,
    squares: 0,
    low: Number.POSITIVE_INFINITY,
    high: Number.NEGATIVE_INFINITY,
    histogram: new Float64Array(BINS),
  }));
  const pass = (visit: (value: number, channel: (typeof channels)[number]) => void) => {
    for (const index of indices) {
      forEachValue(field, index, (value, at) => {
        if (Number.isFinite(value)) visit(value, channels[at] as (typeof channels)[number]);
      });
      step();
    }
  };
  pass((value, channel) => {
    channel.count++;
    channel.sum += value;
    channel.low = Math.min(channel.low, value);
    channel.high = Math.max(channel.high, value);
  });
  pass((value, channel) => {
    channel.squares += (value - channel.sum / channel.count) ** 2;
  });
  pass((value, { low, high, histogram }) => {
    const bin = high > low ? Math.min(BINS - 1, Math.floor(((value - low) / (high - low)) * BINS)) : 0;
    histogram[bin] = (histogram[bin] as number) + 1;
  });
  return channels.map(({ count, sum, squares, low, high, histogram }) => ({
    mean: count === 0 ? 0 : sum / count,
    std: count === 0 ? 0 : Math.sqrt(squares / count),
    low: count === 0 ? 0 : low,
    high: count === 0 ? 0 : high,
    histogram,
  }));
}

function forEachValue(field: Field, index: number, visit: (value: number, channel: number) => void): void {
  const values = valuesAt(field, index);
  const plane = values.length / channelsOf(field);
  for (let i = 0; i < values.length; i++) visit(values[i] as number, Math.floor(i / plane));
}
