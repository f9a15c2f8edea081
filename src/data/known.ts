import type { Field } from './dataset.ts';
import { toyCount, toySet, toySets } from './toys.ts';

/** Facts of a dataset that are known without opening it. */
export interface DataFacts {
  /** Number of samples. */
  readonly count: number;
  readonly inputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** The target fields; `classes` is null for numeric targets. */
  readonly targets: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly classes: number | null;
    /** True if all values are 0 or 1. */
    readonly yesNo: boolean;
  }[];
}

/** Names of the built-in datasets, the usual ones first. */
export const knownData: readonly string[] = [...new Set(['mnist', 'moons', 'xor', 'blobs', 'linear', ...toySets])];

/**
 * True if the source names a file: it contains a path separator, or “images” like the names of IDX files. Any other
 * source is the name of a dataset.
 */
export const isFile = (source: string): boolean => /[\\/]|images/i.test(source);

const facts = new Map<string, DataFacts | null>([
  [
    'mnist',
    {
      count: 10_000,
      inputs: [{ name: 'image', shape: [1, 28, 28] }],
      targets: [{ name: 'label', shape: [], classes: 10, yesNo: false }],
    },
  ],
]);

/** Facts of an embedded or generated dataset; null for files, which must be read first. */
export function factsOf(source: string): DataFacts | null {
  const known = facts.get(source);
  if (known !== undefined) return known;
  const toy = toySet(source, { count: 1 });
  const found = toy && {
    count: toyCount,
    inputs: toy.inputs.map(({ name, shape }) => ({ name, shape })),
    targets: toy.targets.map((field: Field) => ({
      name: field.name,
      shape: field.shape,
      classes: field.kind === 'classes' ? field.classes : null,
      yesNo: false,
    })),
  };
  facts.set(source, found);
  return found;
}
