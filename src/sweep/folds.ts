import type { DataConfig, NetworkDocument } from '../graph/document.ts';
import type { Text } from '../text.ts';
import type { VariedValues } from './plan.ts';
import type { Point } from './points.ts';
import { FOLD } from './recipeFields.ts';

/** Number of folds of the split; 0 for other splits. */
export const foldsOf = ({ split }: Pick<DataConfig, 'split'>): number => (split?.kind === 'folds' ? split.folds : 0);

/** Each point of a sweep in every fold. */
export const inFolds = (points: readonly Point[], folds: number): readonly Point[] =>
  points.flatMap((point) => Array.from({ length: folds }, (_, at): Point => [...point, [FOLD, at + 1]]));

/** A run of a network for every fold. */
export interface FoldRun {
  readonly name: Text;
  readonly varied: VariedValues;
  readonly document: NetworkDocument;
}

/** The network with each fold held out for validation once; none where its data is not split into folds. */
export function foldRuns(document: NetworkDocument): readonly FoldRun[] {
  const { split } = document.data;
  if (split?.kind !== 'folds') return [];
  return Array.from({ length: split.folds }, (_, at) => {
    const fold = at + 1;
    return {
      name: { en: `fold ${fold} of ${split.folds}`, zh: `第 ${fold} / ${split.folds} 折` },
      varied: { [FOLD]: fold },
      document: { ...document, data: { ...document.data, split: { ...split, fold } } },
    };
  });
}
