/** Numbers of a file, row-major. */
type Numbers = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** [count, pixels, channels] → [count, channels, pixels]. */
export function channelsFirst<T extends Numbers>(data: T, pixels: number, channels: number): T {
  const moved = data.slice() as T;
  for (let start = 0; start < data.length; start += pixels * channels) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let channel = 0; channel < channels; channel++) {
        moved[start + channel * pixels + pixel] = data[start + pixel * channels + channel] as number;
      }
    }
  }
  return moved;
}

/** The place of the only 1 in every row of `width` numbers; −1 for a row that is not one-hot. */
export function oneHotLabels(data: Numbers, width: number): number[] {
  const labels: number[] = [];
  for (let start = 0; start < data.length; start += width) {
    const row = data.subarray(start, start + width);
    const at = row.indexOf(1);
    labels.push(row.every((value, k) => value === (k === at ? 1 : 0)) ? at : -1);
  }
  return labels;
}

/** Elements of the largest array: more do not fit into memory. */
const MOST_ELEMENTS = 2 ** 32;

/** True for a shape of any number of samples that have elements, if these can be held: headers may state any numbers. */
export const isShape = (shape: readonly number[]): boolean =>
  shape.every((length, axis) => Number.isSafeInteger(length) && (length > 0 || axis === 0)) &&
  shape.reduce((product, length) => product * length, 1) <= MOST_ELEMENTS;
