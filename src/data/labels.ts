/** The class of every sample: one byte each for up to 256 classes, two bytes for more. */
export type Labels = Uint8Array | Uint16Array;

export const MOST_CLASSES = 65_536;

/** Labels of `classes` classes from their numbers. */
export const labelsFrom = (classes: number, numbers: ArrayLike<number>): Labels =>
  classes <= 256 ? Uint8Array.from(numbers) : Uint16Array.from(numbers);

/** One more than the largest label; 0 without labels. */
export function classesIn(labels: ArrayLike<number>): number {
  let classes = 0;
  for (let at = 0; at < labels.length; at++) classes = Math.max(classes, (labels[at] as number) + 1);
  return classes;
}
