/** One field of all samples, with data of shape [count, ...shape], row-major. */
export type Field = { readonly name: string } /** Pixels as bytes, which are divided by 255 as network inputs. */ & (
  | { readonly kind: 'bytes'; readonly shape: readonly number[]; readonly data: Uint8Array }
  | { readonly kind: 'numbers'; readonly shape: readonly number[]; readonly data: Float32Array }
  /** One class index per sample, below `classes`. */
  | { readonly kind: 'classes'; readonly classes: number; readonly shape: readonly []; readonly data: Uint8Array }
);

/**
 * Samples with their targets. `inputs` are fields for the inputs of a network, `targets` fields for the loss of its
 * outputs.
 */
export interface Dataset {
  readonly name: string;
  readonly count: number;
  readonly inputs: readonly Field[];
  readonly targets: readonly Field[];
}

/** A dataset of images of one shape [C, H, W], as bytes [count, C, H, W], with one class per image. */
export function labelledImages(
  name: string,
  shape: readonly number[],
  images: Uint8Array,
  labels: Uint8Array,
): Dataset {
  const classes = labels.reduce((most, label) => Math.max(most, label), 0) + 1;
  return {
    name,
    count: labels.length,
    inputs: [{ name: 'image', kind: 'bytes', shape, data: images }],
    targets: [{ name: 'label', kind: 'classes', classes, shape: [], data: labels }],
  };
}

/** The class of every sample, by which a split is stratified; null if the dataset has no classes. */
export const labelsOf = ({ targets }: Dataset): Uint8Array | null =>
  (targets.find(({ kind }) => kind === 'classes')?.data as Uint8Array | null) ?? null;

/** One field of sample `index` as floats, scaled like a network input. */
export function sampleAt({ kind, data, shape }: Field, index: number): Float32Array<ArrayBuffer> {
  const size = shape.reduce((a, b) => a * b, 1);
  const divisor = kind === 'bytes' ? 255 : 1;
  return Float32Array.from(data.subarray(index * size, (index + 1) * size), (x) => x / divisor);
}
