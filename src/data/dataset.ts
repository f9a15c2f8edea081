/** One kind of numbers that every sample has: `data` is [count, ...shape], row-major. */
export type Field = { readonly name: string } /** Bytes that a network sees divided by 255: pixels. */ & (
  | { readonly kind: 'bytes'; readonly shape: readonly number[]; readonly data: Uint8Array }
  | { readonly kind: 'numbers'; readonly shape: readonly number[]; readonly data: Float32Array }
  /** One class a sample, below `classes`. */
  | { readonly kind: 'classes'; readonly classes: number; readonly shape: readonly []; readonly data: Uint8Array }
);

/** Samples with their true answers. What goes into a network and what is compared with its outputs are fields. */
export interface Dataset {
  readonly name: string;
  readonly count: number;
  readonly inputs: readonly Field[];
  readonly targets: readonly Field[];
}

/** Pictures of one shape [C, H, W], as bytes [count, C, H, W], with a class each. */
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

/** The classes of all samples where the data has them, which a split keeps in proportion. */
export const labelsOf = ({ targets }: Dataset): Uint8Array | null =>
  (targets.find(({ kind }) => kind === 'classes')?.data as Uint8Array | null) ?? null;

/** One field of sample `index` as the network sees it. */
export function sampleAt({ kind, data, shape }: Field, index: number): Float32Array<ArrayBuffer> {
  const size = shape.reduce((a, b) => a * b, 1);
  const divisor = kind === 'bytes' ? 255 : 1;
  return Float32Array.from(data.subarray(index * size, (index + 1) * size), (x) => x / divisor);
}
