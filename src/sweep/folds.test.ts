import { expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { sweepFields } from './fields.ts';
import { foldRuns, inFolds } from './folds.ts';
import { planSweep } from './plan.ts';
import { isFolds, settingsBest } from './summary.ts';

const mlp = templateOf('mlp')?.document as NetworkDocument;
const inThree: NetworkDocument = {
  ...mlp,
  data: { ...mlp.data, split: { kind: 'folds', folds: 3, fold: 2, stratified: false } },
};

it('holds each fold out once', () => {
  const runs = foldRuns(inThree);
  expect(runs.map(({ document }) => document.data.split)).toEqual(
    [1, 2, 3].map((fold) => ({ kind: 'folds', folds: 3, fold, stratified: false })),
  );
  expect(runs.map(({ name }) => name.en)).toEqual(['fold 1 of 3', 'fold 2 of 3', 'fold 3 of 3']);
  expect(foldRuns(mlp)).toEqual([]);
});

it('a sweep trains every point in every fold, which are fields only of a split into folds', () => {
  const points = inFolds([[['recipe.epochs', 1]], [['recipe.epochs', 2]]], 3);
  const { runs, left } = planSweep(inThree, points);
  expect(left).toEqual([]);
  expect(runs.map(({ name }) => name)).toEqual(
    [1, 2].flatMap((epochs) => [1, 2, 3].map((fold) => `epochs ${epochs} · fold ${fold}`)),
  );
  expect(runs[5]?.document).toMatchObject({ recipe: { epochs: 2 }, data: { split: { fold: 3 } } });
  expect(planSweep(inThree, inFolds([[]], 4)).left.map(({ name }) => name)).toEqual(['fold 4']);
  const ids = (document: NetworkDocument) => sweepFields(document).map(({ id }) => id);
  expect(ids(inThree)).toContain('data.split.fold');
  expect(ids(mlp)).not.toContain('data.split.fold');
});

it('the best setting is chosen by its mean over folds', () => {
  const run = (rate: number, fold: number, accuracy: number) => ({
    id: `${rate} ${fold}`,
    varied: { 'recipe.optimizer.learningRate': rate, 'data.split.fold': fold },
    best: { epoch: 1, train: { loss: 1, accuracy }, validation: { loss: 1, accuracy }, seconds: 1 },
  });
  const runs = [run(0.1, 1, 0.9), run(0.1, 2, 0.5), run(0.01, 1, 0.8), run(0.01, 2, 0.7)];
  expect(isFolds(runs)).toBe(false);
  const [best] = settingsBest(runs, 'accuracy');
  expect(best).toMatchObject({ varied: { 'recipe.optimizer.learningRate': 0.01 }, spread: { n: 2, mean: 0.75 } });
  expect(best?.spread.sd).toBeCloseTo(0.1 / Math.SQRT2, 12);
  expect(
    isFolds(runs.map(({ varied: { 'data.split.fold': fold } }) => ({ varied: { 'data.split.fold': fold ?? 1 } }))),
  ).toBe(true);
});
