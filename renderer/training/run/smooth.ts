/** Smoothing windows of the slider, in steps; 0 means no smoothing. */
export const windows = [0, 5, 25, 100, 400, 1600] as const;

/**
 * Exponential moving average over `window` steps, bias-corrected, so that the first point equals the first value. NaN values
 * are skipped. `stride`: steps between two points.
 */
export function smooth(values: Float32Array<ArrayBuffer>, window: number, stride: number): Float32Array<ArrayBuffer> {
  if (window === 0) return values;
  const keep = Math.exp(-stride / window);
  const result = new Float32Array(values.length);
  let mean = 0;
  let weight = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isFinite(value)) {
      mean = keep * mean + (1 - keep) * value;
      weight = keep * weight + (1 - keep);
      result[i] = mean / weight;
    } else {
      result[i] = Number.NaN;
    }
  }
  return result;
}
