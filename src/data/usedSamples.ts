import { z } from 'zod';
import type { Text } from '../text.ts';
import { assignedParts, isAssignment } from './assignedParts.ts';
import { type Dataset, labelsOf, PARTS } from './dataset.ts';
import type { Split, SplitSettings } from './split.ts';

const count = z.int().nonnegative();

/** Samples that a run uses, and how they were chosen. */
export const usedSamples = z
  .object({
    train: count,
    validation: count,
    /** Held out from training and validation. */
    test: count,
    /** In no part of the split. */
    unused: count,
    /** `own`: the parts that the data comes in. */
    kind: z.enum(['own', 'share', 'folds', 'folders', 'column', 'files']),
    /** Seed of the samples that were drawn; null where every sample was assigned. */
    seed: z.int().nullable(),
    /** Drawn with equal shares of every class. */
    stratified: z.boolean(),
    /** The fold that validates, from 1. */
    fold: z.object({ fold: z.int(), of: z.int() }).readonly().nullable(),
  })
  .readonly();
export type UsedSamples = z.infer<typeof usedSamples>;

/** The samples of a split of `splitOf`. */
export function samplesUsed(data: Dataset, { train, validation, test }: Split, settings: SplitSettings): UsedSamples {
  const { split, splitSeed } = settings;
  const parts = isAssignment(split) ? assignedParts(data, split) : data.parts;
  const assigned = (part: number) => parts?.includes(part) === true;
  const isDrawn =
    split?.kind === 'share' || split?.kind === 'folds' || !assigned(PARTS.train) || !assigned(PARTS.validation);
  return {
    train: train.length,
    validation: validation.length,
    test: test.length,
    unused: data.count - train.length - validation.length - test.length,
    kind: split?.kind ?? (parts === undefined ? 'share' : 'own'),
    seed: isDrawn ? splitSeed : null,
    stratified:
      isDrawn && labelsOf(data) !== null && (split === undefined || !('stratified' in split) || split.stratified),
    fold: split?.kind === 'folds' ? { fold: split.fold, of: split.folds } : null,
  };
}

/** Samples of every class in every part of a split; empty where the data has no classes. */
export function classesOfParts({ targets }: Dataset, split: Split) {
  const target = targets.find((each) => each.kind === 'classes');
  if (target?.kind !== 'classes') return [];
  const counts = (part: Uint32Array) => {
    const of = new Array<number>(target.classes).fill(0);
    for (const index of part) {
      const label = target.data[index] as number;
      of[label] = (of[label] as number) + 1;
    }
    return of;
  };
  const [train, validation, test] = [counts(split.train), counts(split.validation), counts(split.test)];
  return Array.from({ length: target.classes }, (_, label) => ({
    name: target.names?.[label] ?? `${label}`,
    train: train[label] as number,
    validation: validation[label] as number,
    test: test[label] as number,
  }));
}

const KINDS: Readonly<Record<UsedSamples['kind'], Text>> = {
  own: { en: 'the parts of the dataset', zh: '数据集自带的划分' },
  share: { en: 'by share', zh: '按比例' },
  folds: { en: 'in folds', zh: '分折' },
  folders: { en: 'by folder', zh: '按文件夹' },
  column: { en: 'by column', zh: '按列' },
  files: { en: 'by file list', zh: '按文件列表' },
};

/** How the samples were chosen: “fold 2 of 5, stratified by class, seed 1”. */
export function splitText({ kind, seed, stratified, fold }: UsedSamples): Text {
  const how =
    fold === null ? KINDS[kind] : { en: `fold ${fold.fold} of ${fold.of}`, zh: `第 ${fold.fold} / ${fold.of} 折` };
  const drawn = [
    ...(stratified ? [{ en: 'stratified by class', zh: '按类别分层' }] : []),
    ...(seed === null ? [] : [{ en: `seed ${seed}`, zh: `随机种子 ${seed}` }]),
  ];
  const all = [how, ...drawn];
  return { en: all.map(({ en }) => en).join(', '), zh: all.map(({ zh }) => zh).join('，') };
}

const amount = (number: number): string => number.toLocaleString('en-US');

/** Use of the samples: “8,000 for training, 2,000 for validation (by share, seed 1)”. */
export function usedText(samples: UsedSamples): Text {
  const { train, validation, test, unused } = samples;
  const parts = [
    { en: `${amount(train)} for training`, zh: `${amount(train)} 个用于训练` },
    { en: `${amount(validation)} for validation`, zh: `${amount(validation)} 个用于验证` },
    ...(test > 0 ? [{ en: `${amount(test)} held out as the test set`, zh: `${amount(test)} 个留作测试集` }] : []),
    ...(unused > 0 ? [{ en: `${amount(unused)} unused`, zh: `${amount(unused)} 个未使用` }] : []),
  ];
  const how = splitText(samples);
  return {
    en: `${parts.map(({ en }) => en).join(', ')} (${how.en})`,
    zh: `${parts.map(({ zh }) => zh).join('，')}（${how.zh}）`,
  };
}
