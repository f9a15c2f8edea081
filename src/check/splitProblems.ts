import { isAssignment } from '../data/assignedParts.ts';
import { dataName, factsOf, isOwn, splitCounts } from '../data/known.ts';
import type { SplitSettings } from '../data/split.ts';
import type { Fix } from '../graph/diagnostic.ts';
import type { DataConfig, DataFacts } from '../graph/document.ts';
import type { Text } from '../text.ts';
import type { Drawing } from './drawing.ts';
import type { DraftDiagnostic } from './report.ts';

/** The problem of a split that leaves nothing to train or to validate on, or that the dataset does not have. */
export function splitProblems({ doc: { data }, offering }: Drawing): DraftDiagnostic[] {
  const facts = factsOf(data);
  const found = problemOf(data, facts);
  if (found === null) return [];
  const { code, message } = found;
  const fixes = offering ? fixesOf(data, facts) : [];
  return [{ code, node: null, port: null, message, stops: 'training', fixes }];
}

function problemOf(
  data: DataConfig,
  facts: DataFacts | null,
): { readonly code: string; readonly message: Text } | null {
  const { split, validation, source } = data;
  const test = split?.kind === 'share' ? split.test : 0;
  if (validation + test >= 1) return { code: 'split-shares', message: tooMuch(validation, test) };
  if (split?.kind === 'folds' && split.fold > split.folds) {
    return { code: 'split-fold', message: noFold(split.fold, split.folds) };
  }
  if (facts === null) return null;
  const name = dataName(source);
  if (isAssignment(split) && !isOwn(data)) return { code: 'split-kind', message: noFiles(name) };
  const counts = splitCounts(facts, data);
  if (split?.kind === 'folds' && counts === null)
    return { code: 'split-folds', message: few(name, facts, split.folds) };
  if (counts === null || (counts.train > 0 && counts.validation > 0)) return null;
  return { code: 'split-empty', message: empty(name, facts, counts.train > 0) };
}

/** Other splits, the nearest to the present one first. */
function fixesOf(data: DataConfig, facts: DataFacts | null): readonly Fix[] {
  const { split } = data;
  const { split: _, ...whole } = data;
  const share = (validation: number, test: number): Fix => {
    const [a, b, c] = [1 - validation - test, validation, test].map((each) => Math.round(100 * each));
    const words = test > 0 ? `${a}/${b}/${c}` : `${a}/${b}`;
    const next = test > 0 ? { split: { kind: 'share', test, stratified: true } as const } : {};
    return {
      title: { en: `Split ${words}`, zh: `按 ${words} 划分` },
      edits: [{ kind: 'setData', data: { ...whole, validation, ...next } }],
    };
  };
  const folded: Fix[] =
    split?.kind === 'folds' && split.fold > split.folds
      ? [
          {
            title: { en: 'Validate on fold 1', zh: '用第 1 折验证' },
            edits: [{ kind: 'setData', data: { ...data, split: { ...split, fold: 1 } } }],
          },
        ]
      : [];
  const shares = [
    ...(split?.kind === 'share' && split.test > 0 ? [share(0.1, 0.1)] : []),
    share(0.2, 0),
    share(0.5, 0),
  ];
  const fits = ({ edits }: Fix): boolean => {
    const settings = (edits[0] as { readonly data: SplitSettings }).data;
    const counts = facts && splitCounts(facts, settings);
    return facts === null || (counts !== null && counts.train > 0 && counts.validation > 0);
  };
  return [...folded, ...shares].filter(fits).slice(0, 2);
}

const percent = (share: number): string => `${Math.round(1000 * share) / 10}%`;

const tooMuch = (validation: number, test: number): Text => ({
  en: `The split holds out ${percent(validation)} for validation and ${percent(test)} for the test set, so nothing is left to train on. Both together must be less than 100%.`,
  zh: `划分将 ${percent(validation)} 用于验证、${percent(test)} 用于测试，没有样本可用于训练。两者之和必须小于 100%。`,
});

const noFold = (fold: number, folds: number): Text => ({
  en: `There is no fold ${fold} of ${folds}. Choose a fold from 1 to ${folds}.`,
  zh: `共 ${folds} 折，没有第 ${fold} 折。请选择 1 到 ${folds}。`,
});

const noFiles = (name: string): Text => ({
  en: `Dataset “${name}” has no folders, columns or files to split by. Split it by share or into folds.`,
  zh: `数据集“${name}”没有可用于划分的文件夹、列或文件。请按比例划分或分折。`,
});

const few = (name: string, { count, test = 0 }: DataFacts, folds: number): Text => ({
  en: `Dataset “${name}” has ${count - test} samples for ${folds} folds. Use at most as many folds as samples.`,
  zh: `数据集“${name}”有 ${count - test} 个样本，不足以分成 ${folds} 折。折数不能超过样本数。`,
});

const empty = (name: string, { count }: DataFacts, isTrained: boolean): Text => ({
  en: `Dataset “${name}” has ${count} ${count === 1 ? 'sample' : 'samples'}, and the split leaves none to ${isTrained ? 'validate' : 'train'} on. Use more samples or another split.`,
  zh: `数据集“${name}”有 ${count} 个样本，按此划分没有可用于${isTrained ? '验证' : '训练'}的样本。请使用更多样本，或更改划分。`,
});
