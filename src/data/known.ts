import type { Field } from './dataset.ts';
import { toyCount, toySet, toySets } from './toys.ts';

/** What is known of a dataset without opening it. */
export interface DataFacts {
  /** Samples in all. */
  readonly count: number;
  readonly inputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** `classes` is null where the answers are numbers. */
  readonly targets: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly classes: number | null;
    /** All numbers are 0 or 1. */
    readonly yesNo: boolean;
  }[];
}

/** The data sets that are always here, those to begin with first. */
export const knownData: readonly string[] = [...new Set(['mnist', 'moons', 'xor', 'blobs', 'linear', ...toySets])];

/**
 * The source can only be a file: it names a folder, or images as IDX files do. Any other word is the name of a data set,
 * which is here or not.
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

/** Of embedded and generated data; null for files, which have to be read. */
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
