import type { DataConfig, DataFacts } from '../graph/document.ts';
import type { Dataset, Field } from './dataset.ts';
import { PARTS } from './dataset.ts';
import { preparedFacts } from './prepared.ts';
import { toyCount, toySet, toySets } from './toys.ts';

/** Names of the built-in datasets, the usual ones first. */
export const knownData: readonly string[] = [...new Set(['mnist', 'moons', 'xor', 'blobs', 'linear', ...toySets])];

/**
 * True if the source names a file or folder: it contains a path separator or a file ending, or “images” like the names of IDX
 * files. Any other source is the name of a dataset.
 */
export const isFile = (source: string): boolean => /[\\/]|images|\.\w+$/i.test(source);

/** Name of a source in messages: of a path its last part. */
export const dataName = (source: string): string =>
  isFile(source) ? (source.split(/[\\/]/).findLast((name) => name !== '') ?? source) : source;

const known = new Map<string, DataFacts | null>([
  [
    'mnist',
    {
      count: 10_000,
      inputs: [{ name: 'image', shape: [1, 28, 28] }],
      targets: [{ name: 'label', shape: [], classes: 10, yesNo: false }],
    },
  ],
]);

/** Facts of embedded and generated data, and of own data as it was last read; null where nothing is known. */
export const factsOf = ({ source, facts }: Pick<DataConfig, 'source' | 'facts'>): DataFacts | null =>
  knownFacts(source) ?? facts ?? null;

/** Facts of the data as the network gets it: after the transforms. */
export function fedFacts(data: DataConfig): DataFacts | null {
  const facts = factsOf(data);
  return facts && preparedFacts(facts, data);
}

/** Facts of embedded and generated data; null for all other sources. */
export function knownFacts(source: string): DataFacts | null {
  const found = known.get(source);
  if (found !== undefined) return found;
  const toy = toySet(source, { count: 1 });
  const facts = toy && { ...factsFrom(toy), count: toyCount };
  known.set(source, facts);
  return facts;
}

/** Facts of an open dataset. */
export function factsFrom({ count, inputs, targets, parts }: Dataset): DataFacts {
  const inPart = (wanted: number) => parts?.reduce((sum, part) => sum + Number(part === wanted), 0) ?? 0;
  const [validation, test] = [inPart(PARTS.validation), inPart(PARTS.test)];
  return {
    count,
    ...(validation > 0 ? { validation } : {}),
    ...(test > 0 ? { test } : {}),
    inputs: inputs.map(({ name, shape }) => ({ name, shape })),
    targets: targets.map(targetFacts),
  };
}

/** Samples to train on, to validate on, and of the test set; `share` is held out for validation where the data has no part for it. */
export function splitCounts({ count, validation, test = 0 }: DataFacts, share: number) {
  const held = validation ?? Math.round((count - test) * share);
  return { train: count - test - held, validation: held, test };
}

/** Facts of one target. */
export const targetFacts = (field: Field): DataFacts['targets'][number] => ({
  name: field.name,
  shape: field.shape,
  classes: field.kind === 'classes' ? field.classes : null,
  ...(field.kind === 'classes' && field.names !== undefined ? { names: field.names } : {}),
  yesNo: field.kind === 'numbers' && field.data.length > 1 && field.data.every((value) => value === 0 || value === 1),
});
