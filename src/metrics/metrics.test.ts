import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { openCases } from '../engine/golden/cases.ts';
import { type ClassificationReport, ConfusionMatrix, matrixOf, TopK } from './classification.ts';
import { Regression } from './regression.ts';

const set = await openCases(fileURLToPath(new URL('../../testdata/golden/cases.json', import.meta.url)));

/** The values of a report by the names in the golden cases. */
function named(report: ClassificationReport): Record<string, readonly number[]> {
  const numbers: Record<string, readonly number[]> = {
    confusion: matrixOf(report.cells, report.classes.length).flat(),
    accuracy: [report.accuracy],
  };
  for (const key of ['precision', 'recall', 'f1'] as const) {
    numbers[key] = report.classes.map((scores) => scores[key]);
    numbers[`macro_${key}`] = [report.macro[key]];
    numbers[`weighted_${key}`] = [report.weighted[key]];
  }
  return numbers;
}

describe('golden cases', () => {
  test.each(set.cases.filter(({ group }) => group === 'metric'))('$id, in batches', async (golden) => {
    if (golden.group !== 'metric') throw new Error('filtered');
    const tensors = await set.tensorsOf(golden);
    const { classes, ks, threshold } = golden.hyper as { classes: number; ks: number[]; threshold?: number };
    const [logits, targets] = [tensors.get('in.logits').data as Float32Array, tensors.get('in.target').data];
    const matrix = new ConfusionMatrix(classes);
    const top = new TopK(classes, ks);
    const width = logits.length / targets.length;
    for (let at = 0; at < targets.length; at += 7) {
      const [x, y] = [logits.subarray(at * width, (at + 7) * width), targets.subarray(at, at + 7)];
      if (threshold === undefined) matrix.addLogits(x, y);
      else matrix.addBinary(x, y, threshold);
      if (threshold === undefined) top.addLogits(x, y);
    }
    const got = named(matrix.report());
    top.report().forEach((share, i) => {
      got[`top${ks[i]}`] = [share];
    });
    const expected = tensors.names.filter((name) => !name.startsWith('in.'));
    expect(Object.keys(got).sort()).toEqual(expected.sort());
    for (const name of expected) {
      const numbers = Array.from<number | bigint, number>(tensors.get(name).data, Number);
      expect(got[name]).toHaveLength(numbers.length);
      for (const [i, x] of numbers.entries()) expect(got[name]?.[i]).toBeCloseTo(x, 9);
    }
  });
});

describe('classification', () => {
  it('is 0 without samples', () => {
    const { accuracy, macro, weighted } = new ConfusionMatrix(3).report();
    expect([accuracy, macro, weighted]).toEqual([0, ...Array(2).fill({ precision: 0, recall: 0, f1: 0 })]);
    expect(new TopK(3, [1, 2]).report()).toEqual([0, 0]);
  });

  it('ignores targets outside the classes', () => {
    const matrix = new ConfusionMatrix(2);
    const top = new TopK(2, [1]);
    for (const counts of [matrix, top]) counts.addLogits([0, 1, 0, 1, 0, 1], [-100, 1, 0]);
    expect(matrix.report().cells).toEqual([
      { truth: 0, predicted: 1, count: 1 },
      { truth: 1, predicted: 1, count: 1 },
    ]);
    expect(top.report()).toEqual([0.5]);
  });

  it('predicts the first of equal logits, and NaN counts as the smallest', () => {
    const matrix = new ConfusionMatrix(3);
    matrix.addLogits([1, 2, 2], [2]);
    expect(matrix.report().cells).toEqual([{ truth: 2, predicted: 1, count: 1 }]);
    const top = new TopK(3, [1, 2, 3]);
    top.addLogits([1, 2, 2, Number.NaN, 0, 0], [2, 0]);
    expect(top.report()).toEqual([0, 0.5, 1]);
  });
});

it('65,536 classes take the memory of their samples, not of a matrix', () => {
  const classes = 65_536;
  const matrix = new ConfusionMatrix(classes);
  for (const [target, predicted] of [
    [65_535, 65_535],
    [65_535, 0],
    [7, 65_535],
  ] as const)
    matrix.add(target, predicted);
  const { cells, accuracy, classes: scores } = matrix.report();
  expect(cells).toEqual([
    { truth: 7, predicted: 65_535, count: 1 },
    { truth: 65_535, predicted: 0, count: 1 },
    { truth: 65_535, predicted: 65_535, count: 1 },
  ]);
  expect(accuracy).toBeCloseTo(1 / 3, 12);
  expect(scores[65_535]).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5, support: 2 });
});

describe('regression', () => {
  const report = (predictions: number[], targets: number[], outputs = 1) => {
    const errors = new Regression(outputs);
    const half = outputs * Math.floor(targets.length / outputs / 2);
    errors.add(predictions.slice(0, half), targets.slice(0, half));
    errors.add(predictions.slice(half), targets.slice(half));
    return errors.report();
  };

  // Examples of the scikit-learn documentation of r2_score and mean_absolute_error.
  test.each([
    ['one output', [2.5, 0, 2, 8], [3, -0.5, 2, 7], 1, { mse: 0.375, mae: 0.5, r2: 0.948608137045 }],
    [
      'two outputs',
      [0, 2, -1, 2, 8, -5],
      [0.5, 1, -1, 1, 7, -6],
      2,
      { mse: 0.708333333333, mae: 0.75, r2: 0.93680052 },
    ],
    ['the mean', [2, 2, 2], [1, 2, 3], 1, { mse: 2 / 3, mae: 2 / 3, r2: 0 }],
    ['worse than the mean', [3, 2, 1], [1, 2, 3], 1, { mse: 8 / 3, mae: 4 / 3, r2: -3 }],
    ['constant targets, met', [4, 4], [4, 4], 1, { mse: 0, mae: 0, r2: 1 }],
    ['constant targets, missed', [4, 5], [4, 4], 1, { mse: 0.5, mae: 0.5, r2: 0 }],
    ['far from zero', [1e8, 1e8 + 1, 1e8 + 2], [1e8, 1e8 + 1, 1e8 + 3], 1, { mse: 1 / 3, mae: 1 / 3, r2: 11 / 14 }],
    ['nothing', [], [], 1, { mse: 0, mae: 0, r2: 0 }],
  ])('%s', (_, predictions, targets, outputs, expected) => {
    const got = report(predictions, targets, outputs);
    for (const key of ['mse', 'mae', 'r2'] as const) expect(got[key]).toBeCloseTo(expected[key], 6);
  });
});
