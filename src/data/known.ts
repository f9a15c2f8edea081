import type { DataConfig, DataFacts, SplitConfig } from '../graph/document.ts';
import { assignedParts, isAssignment } from './assignedParts.ts';
import { type Dataset, type Field, PARTS } from './dataset.ts';
import { DRAWN, pointsFacts } from './drawnPoints.ts';
import { asImageShape, preparedFacts } from './prepared.ts';
import { keptSplit, type SplitSettings } from './split.ts';
import { readToySource, toyOf, toySet } from './toySource.ts';
import { toyDefaults, toySets } from './toys.ts';

/** Source of the embedded digits. */
export const EMBEDDED = 'mnist';

/** Names of the built-in datasets, the usual ones first. */
export const knownData: readonly string[] = [...new Set([EMBEDDED, 'moons', 'xor', 'blobs', 'linear', ...toySets])];

/**
 * True if the source names a file or folder: it contains a path separator or a file ending, or “images” like the names of IDX
 * files. Any other source is the name of a dataset.
 */
export const isFile = (source: string): boolean =>
  readToySource(source) === null && /[\\/]|images|\.\w+$/i.test(source);

/** True if the data is the user's own files, not a dataset that Netloom has in itself or in the document. */
export const isOwn = ({ source }: Pick<DataConfig, 'source'>): boolean =>
  source !== DRAWN && knownFacts(source) === null;

/**
 * The settings with another dataset: those of the split stay where they do not belong to one dataset, and so do drawn points and
 * transforms and mixing that fit the new data. Files that nobody has opened yet may contain images.
 */
export function withOtherSource(data: DataConfig, source: string): DataConfig {
  const { points, transforms, mixing } = data;
  const kept = {
    source,
    ...keptSplit(data),
    ...(points === undefined ? {} : { points }),
    ...(transforms === undefined ? {} : { transforms }),
    ...(mixing === undefined ? {} : { mixing }),
  };
  const facts = factsOf(kept);
  return facts === null ? kept : withImageSettings(kept, facts);
}

/** The settings for data with these facts: without transforms and CutMix where it has no images. MixUp mixes any numbers. */
export function withImageSettings(data: DataConfig, { inputs }: Pick<DataFacts, 'inputs'>): DataConfig {
  if (inputs.some(({ shape }) => asImageShape(shape) !== null)) return data;
  const { transforms: _, mixing, ...rest } = data;
  return mixing?.type === 'MixUp' ? { ...rest, mixing } : rest;
}

/** Name of a source in messages: of a path its last part. */
export const dataName = (source: string): string =>
  isFile(source) ? (source.split(/[\\/]/).findLast((name) => name !== '') ?? source) : source;

/** Facts by the name of the dataset. */
const known = new Map<string, DataFacts>([
  [
    EMBEDDED,
    {
      count: 10_000,
      inputs: [{ name: 'image', shape: [1, 28, 28] }],
      targets: [{ name: 'label', shape: [], classes: 10, yesNo: false }],
    },
  ],
]);

/** Facts of embedded, generated and drawn data, and of own data as it was last read; null where nothing is known. */
export const factsOf = (data: Pick<DataConfig, 'source' | 'facts' | 'points'>): DataFacts | null =>
  data.source === DRAWN ? pointsFacts(data) : (knownFacts(data.source) ?? data.facts ?? null);

/** Facts of the data as the network gets it: after the transforms. */
export function fedFacts(data: DataConfig): DataFacts | null {
  const facts = factsOf(data);
  return facts && preparedFacts(facts, data);
}

/** Facts of embedded and generated data; null for all other sources. */
export function knownFacts(source: string): DataFacts | null {
  const toy = toyOf(source);
  const name = toy?.name ?? source;
  const one = known.get(name) ?? null;
  if (toy === null) return one;
  // Settings change neither fields nor classes.
  const facts = one ?? { ...factsFrom(toySet(name, { count: 1 }) as Dataset), count: toyDefaults(name).count };
  known.set(name, facts);
  return toy.count === facts.count ? facts : { ...facts, count: toy.count };
}

const inPart = (parts: Uint8Array | undefined, wanted: number): number =>
  parts?.reduce((sum, part) => sum + Number(part === wanted), 0) ?? 0;

/** Facts of an open dataset; with the counts of a `split` that assigns its samples. Throws UserError where it does not fit. */
export function factsFrom(data: Dataset, split?: SplitConfig): DataFacts {
  const { count, inputs, targets, parts } = data;
  const marks = isAssignment(split) ? assignedParts(data, split) : null;
  const assigned = marks && {
    train: inPart(marks, PARTS.train),
    validation: inPart(marks, PARTS.validation),
    test: inPart(marks, PARTS.test),
  };
  const [validation, test] = [inPart(parts, PARTS.validation), inPart(parts, PARTS.test)];
  return {
    count,
    ...(assigned === null ? {} : { assigned }),
    ...(validation > 0 ? { validation } : {}),
    ...(test > 0 ? { test } : {}),
    inputs: inputs.map(({ name, shape }) => ({ name, shape })),
    targets: targets.map(targetFacts),
  };
}

export interface PartCounts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/**
 * Samples to train on, to validate on and to test on, as `splitSamples` divides them. Null where that is not known without the
 * samples, or the split does not fit them.
 */
export function splitCounts(facts: DataFacts, { split, validation: share }: SplitSettings): PartCounts | null {
  const { count, assigned } = facts;
  if (isAssignment(split)) {
    if (assigned === undefined) return null;
    return assigned.validation > 0 ? assigned : heldOut(assigned.train, share, assigned.test);
  }
  if (split?.kind === 'share' && split.test > 0) {
    const validation = Math.round(count * share);
    const test = Math.min(Math.round(count * split.test), count - validation);
    return { train: count - validation - test, validation, test };
  }
  // A test set alone is split.
  const test = facts.test === undefined || facts.test === count ? 0 : facts.test;
  const rest = count - test;
  if (split?.kind === 'folds') {
    if (split.fold > split.folds || rest < split.folds) return null;
    const validation = Math.floor(rest / split.folds) + (split.fold <= rest % split.folds ? 1 : 0);
    return { train: rest - validation, validation, test };
  }
  if (split === undefined && facts.validation !== undefined && facts.validation < rest) {
    return { train: rest - facts.validation, validation: facts.validation, test };
  }
  return heldOut(rest, share, test);
}

const heldOut = (samples: number, share: number, test: number): PartCounts => {
  const validation = Math.round(samples * share);
  return { train: samples - validation, validation, test };
};

/** Facts of one target. */
export const targetFacts = (field: Field): DataFacts['targets'][number] => ({
  name: field.name,
  shape: field.shape,
  classes: field.kind === 'classes' ? field.classes : null,
  ...(field.kind === 'classes' && field.names !== undefined ? { names: field.names } : {}),
  yesNo: field.kind === 'numbers' && field.data.length > 1 && field.data.every((value) => value === 0 || value === 1),
});
