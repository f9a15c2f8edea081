/** The windows, in steps, that the slider offers; the first leaves curves as they are. */
export const windows = [0, 5, 25, 100, 400, 1600] as const;

/**
 * An exponential mean over so many steps, corrected for its start, so that the first point is the first value. What is
 * no number is left out. `stride`: steps between two points.
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
