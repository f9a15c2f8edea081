import type { DataConfig } from '../graph/document.ts';
import { permutation, random } from '../random/philox.ts';
import { UserError } from '../text.ts';
import { assignedParts, isAssignment } from './assignedParts.ts';
import { type Dataset, labelsOf, PARTS } from './dataset.ts';
import type { Labels } from './labels.ts';

/** Indices of the samples to train on, to validate on and to test on, each in ascending order. */
export interface Split {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
}

/** The settings of a document that decide the split. */
export type SplitSettings = Pick<DataConfig, 'validation' | 'splitSeed' | 'split'>;

/** Samples of one number have equal shares in every part. */
type Strata = Labels | Uint32Array;

type SplitSource = Pick<Dataset, 'name' | 'count' | 'parts' | 'files' | 'groupings' | 'unreadable'>;

/** The settings of a split that hold for other data, too: folders, columns and lists of files belong to one dataset. */
export const keptSplit = ({ validation, splitSeed, split }: SplitSettings): SplitSettings => ({
  validation,
  splitSeed,
  ...(split === undefined || isAssignment(split) ? {} : { split }),
});

/**
 * The split of a document: every use of training, validation and test samples takes it from here. `labels`: class of every sample, or
 * null without classes. The same data and settings give the same split. Parts may be empty. Throws UserError where the settings do
 * not fit the data.
 */
export function splitSamples(data: SplitSource, labels: Strata | null, settings: SplitSettings): Split {
  const { split, validation, splitSeed: seed } = settings;
  const classes = labels ?? new Uint8Array(data.count);
  if (isAssignment(split)) return partSplit(assignedParts(data, split), classes, validation, seed);
  const own = ownParts(data);
  if (split === undefined) return fallback(own, classes, validation, seed);
  const strata = split.stratified ? classes : new Uint8Array(data.count);
  if (split.kind === 'share' && split.test > 0) return stratifiedSplit(strata, validation, seed, split.test);
  // A test set that the data comes with is never trained on.
  const test = placesOf(own, PARTS.test);
  const rest = Uint32Array.from(own.keys()).filter((index) => own[index] !== PARTS.test);
  const inner = rest.map((index) => strata[index] as number);
  const parted =
    split.kind === 'folds' ? foldSplit(data.name, inner, split, seed) : stratifiedSplit(inner, validation, seed);
  return { ...placed(parted, rest), test };
}

/**
 * The split of a dataset by the settings of a document. Throws UserError if nothing is left to train or to validate on.
 */
export function splitOf(data: Dataset, settings: SplitSettings): Split {
  const split = splitSamples(data, labelsOf(data), settings);
  if (split.train.length > 0 && split.validation.length > 0) return split;
  throw emptyPart(data, split, settings);
}

const placesOf = (parts: Uint8Array, part: number): Uint32Array =>
  Uint32Array.from(parts.keys()).filter((index) => parts[index] === part);

/** A split of the samples `places`, whose indices count in these. */
const placed = ({ train, validation, test }: Split, places: Uint32Array): Split => {
  const at = (indices: Uint32Array) => indices.map((index) => places[index] as number);
  return { train: at(train), validation: at(validation), test: at(test) };
};

/** The parts that the data comes in; a test set alone is split like data without parts. */
const ownParts = ({ parts, count }: SplitSource): Uint8Array =>
  parts === undefined || parts.every((part) => part === PARTS.test) ? new Uint8Array(count) : parts;

/** The parts that the data comes in; where nothing of it is for training, the validation samples are split. */
function fallback(parts: Uint8Array, labels: Strata, validation: number, seed: number): Split {
  if (parts.some((part) => part === PARTS.train)) return partSplit(parts, labels, validation, seed);
  const asTrained = parts.map((part) => (part === PARTS.validation ? PARTS.train : part));
  return partSplit(asTrained, labels, validation, seed);
}

/** Samples by their part. Without one for validation, the share `validation` of the training part is held out. */
function partSplit(parts: Uint8Array, labels: Strata, validation: number, seed: number): Split {
  const [train, held, test] = [PARTS.train, PARTS.validation, PARTS.test].map((part) => placesOf(parts, part)) as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ];
  if (held.length > 0) return { train, validation: held, test };
  const inner = stratifiedSplit(
    train.map((index) => labels[index] as number),
    validation,
    seed,
  );
  return { ...placed(inner, train), test };
}

/** The samples of every label, in ascending order of the labels. */
function membersOf(labels: Strata): readonly (readonly [label: number, members: readonly number[]])[] {
  const byClass = new Map<number, number[]>();
  labels.forEach((label, index) => {
    const members = byClass.get(label);
    if (members === undefined) byClass.set(label, [index]);
    else members.push(index);
  });
  return [...byClass].sort(([a], [b]) => a - b);
}

/**
 * Holds out the share `validation` of the samples, and of the others the share `test` of all samples: the same shares of every class,
 * where largest remainders decide the odd samples, so that both totals are exact. The validation samples do not depend on `test`.
 */
export function stratifiedSplit(labels: Strata, validation: number, seed: number, test = 0): Split {
  const classes = membersOf(labels);
  const sizes = classes.map(([, members]) => members.length);
  const held = apportioned(sizes, validation, sizes);
  const tested = apportioned(
    sizes,
    test,
    sizes.map((size, i) => size - (held[i] as number)),
  );
  const parts = new Uint8Array(labels.length);
  classes.forEach(([label, members], i) => {
    const [validate, next] = [held[i] as number, (held[i] as number) + (tested[i] as number)];
    const drawn = permutation(members.length, random(seed, `split/${label}`));
    for (const at of drawn.subarray(0, validate)) parts[members[at] as number] = PARTS.validation;
    for (const at of drawn.subarray(validate, next)) parts[members[at] as number] = PARTS.test;
  });
  return {
    train: placesOf(parts, PARTS.train),
    validation: placesOf(parts, PARTS.validation),
    test: placesOf(parts, PARTS.test),
  };
}

/** The share of every size, rounded so that the sum is exact and none exceeds its room. */
function apportioned(sizes: readonly number[], share: number, room: readonly number[]): number[] {
  const total = Math.round(sizes.reduce((a, b) => a + b, 0) * share);
  const counts = sizes.map((size, i) => Math.min(Math.floor(size * share), room[i] as number));
  const remainder = (i: number) => ((sizes[i] as number) * share) % 1;
  const order = sizes.map((_, i) => i).sort((a, b) => remainder(b) - remainder(a) || a - b);
  let missing = total - counts.reduce((a, b) => a + b, 0);
  while (missing > 0) {
    const free = order.filter((i) => (counts[i] as number) < (room[i] as number)).slice(0, missing);
    if (free.length === 0) break;
    for (const i of free) counts[i] = (counts[i] as number) + 1;
    missing -= free.length;
  }
  return counts;
}

interface Fold {
  readonly folds: number;
  readonly fold: number;
}

/** Fold `fold` validates. Folds of one class, and folds as a whole, differ in size by one sample at most. */
function foldSplit(name: string, labels: Strata, { folds, fold }: Fold, seed: number): Split {
  if (fold > folds) throw noFold(fold, folds);
  if (labels.length < folds) throw fewSamples(name, labels.length, folds);
  const foldOf = new Uint8Array(labels.length);
  let dealt = 0;
  for (const [label, members] of membersOf(labels)) {
    for (const at of permutation(members.length, random(seed, `folds/${label}`))) {
      foldOf[members[at] as number] = (dealt++ % folds) + 1;
    }
  }
  const isHeld = (index: number) => foldOf[index] === fold;
  const indices = Uint32Array.from(labels.keys());
  return {
    train: indices.filter((index) => !isHeld(index)),
    validation: indices.filter(isHeld),
    test: new Uint32Array(),
  };
}

const noFold = (fold: number, folds: number) =>
  new UserError({
    en: `There is no fold ${fold} of ${folds}. Choose a fold from 1 to ${folds}.`,
    zh: `共 ${folds} 折，没有第 ${fold} 折。请选择 1 到 ${folds}。`,
  });

const fewSamples = (name: string, samples: number, folds: number) =>
  new UserError({
    en: `“${name}” has ${samples} ${samples === 1 ? 'sample' : 'samples'} for ${folds} folds. Use at most as many folds as samples.`,
    zh: `“${name}”有 ${samples} 个样本，不足以分成 ${folds} 折。折数不能超过样本数。`,
  });

function emptyPart({ name, count }: Dataset, { train }: Split, { split, validation }: SplitSettings): UserError {
  const part = train.length === 0 ? { en: 'train on', zh: '训练' } : { en: 'validate on', zh: '验证' };
  if (isAssignment(split)) {
    return new UserError({
      en: `The split of dataset “${name}” leaves no sample to ${part.en}. Assign samples to this part, or split by share: --split 80/20`,
      zh: `数据集“${name}”的划分没有可用于${part.zh}的样本。请为该部分指定样本，或按比例划分：--split 80/20`,
    });
  }
  const test = split?.kind === 'share' ? split.test : 0;
  const [en, zh] = [
    `${percent(validation)} for validation${test > 0 ? ` and ${percent(test)} for the test set` : ''}`,
    `验证集 ${percent(validation)}${test > 0 ? `、测试集 ${percent(test)}` : ''}`,
  ];
  return new UserError({
    en: `Dataset “${name}” has ${count} ${count === 1 ? 'sample' : 'samples'}, so holding out ${en} leaves none to ${part.en}. Use more samples or other shares: --split 80/20`,
    zh: `数据集“${name}”有 ${count} 个样本，划出${zh}后没有可用于${part.zh}的样本。请使用更多样本，或更改比例：--split 80/20`,
  });
}

const percent = (share: number): string => `${Math.round(100 * share)}%`;
