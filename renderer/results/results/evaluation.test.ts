import { describe, expect, it, test } from 'vitest';
import type { OutputResults, Results } from '../../../src/protocol/results.ts';
import { classRows, confusionsOf, histogramOf, mistakesOf, predictionsIn } from './evaluation.ts';
import { confusionCsv, predictionsCsv } from './resultsCsv.ts';

const output: OutputResults = {
  name: 'out',
  answers: 'class',
  width: 1,
  accuracy: 0.4,
  cells: [
    { truth: 0, predicted: 0, count: 1 },
    { truth: 0, predicted: 1, count: 2 },
    { truth: 1, predicted: 0, count: 1 },
    { truth: 1, predicted: 1, count: 1 },
  ],
  classes: [
    { precision: 0.5, recall: 1 / 3, f1: 0.4, support: 3 },
    { precision: 1 / 3, recall: 0.5, f1: 0.4, support: 2 },
    { precision: 0, recall: 0, f1: 0, support: 0 },
  ],
  macro: null,
  weighted: null,
  topK: [],
  regression: null,
  predicted: Float32Array.of(0, 1, 1, 0, 1),
  truth: Float32Array.of(0, 0, 0, 1, 1),
  probability: Float32Array.of(0.9, 0.8, 0.6, 0.99, 0.5),
  trueProbability: Float32Array.of(0.9, 0.1, 0.3, 0.01, 0.5),
  loss: Float32Array.of(0.1, 2.3, 1.2, 4.6, 0.7),
  calibration: null,
};

describe('selection of predictions', () => {
  it('those of a cell, least confident first', () => {
    expect(predictionsIn(output, { truth: 0, predicted: 1 })).toEqual([2, 1]);
    expect(predictionsIn(output, { truth: 2, predicted: 2 })).toEqual([]);
  });

  it('misclassified samples by loss or by confidence', () => {
    expect(mistakesOf(output, 'loss')).toEqual([3, 1, 2]);
    const sure = { ...output, probability: Float32Array.of(0.9, 0.8, 0.95, 0.7, 0.5) };
    expect(mistakesOf(sure, 'certain')).toEqual([2, 1, 3]);
    const broken = { ...output, loss: Float32Array.of(0.1, 2.3, Number.NaN, 4.6, 0.7) };
    expect(mistakesOf(broken, 'loss')).toEqual([2, 3, 1]);
  });

  it('regression predictions with large errors', () => {
    expect(mistakesOf({ ...output, answers: 'numbers' }, 'certain')).toEqual([3, 1, 2, 4, 0]);
  });

  it('the most frequent confusions', () => {
    expect(confusionsOf(output)).toEqual([
      { truth: 0, predicted: 1, count: 2 },
      { truth: 1, predicted: 0, count: 1 },
    ]);
  });

  it('classes in any order', () => {
    expect(classRows(output, 'recall', true).map((row) => row.class)).toEqual([1, 0, 2]);
    expect(classRows(output, 'f1', true).map((row) => row.class)).toEqual([0, 1, 2]);
    expect(classRows(output, 'support', false).map((row) => row.class)).toEqual([2, 1, 0]);
  });
});

test.each([
  [[0, 1, 2, 3, 4], 4, { from: 0, to: 4, bins: [1, 1, 1, 2] }],
  [[2, 2, Number.NaN], 2, { from: 2, to: 2, bins: [2, 0] }],
  [[], 2, { from: 0, to: 0, bins: [0, 0] }],
])('histogram of %j', (values, count, expected) => {
  expect(histogramOf(values, count)).toEqual(expected);
});

describe('CSV export', () => {
  const read = (bytes: Uint8Array): string[] => new TextDecoder().decode(bytes).trimEnd().split('\r\n');

  it('the confusion matrix', () => {
    expect(read(confusionCsv(output, ['a', 'b', '=c'], 'true \\ predicted', []))).toEqual([
      "true \\ predicted,a,b,'=c",
      'a,1,2,0',
      'b,1,1,0',
      "'=c,0,0,0",
    ]);
  });

  it('many classes, as a list of the cells that are not 0', () => {
    const many = { ...output, classes: Array.from({ length: 300 }, () => output.classes[0] as never) };
    expect(read(confusionCsv(many, ['a', 'b'], 'true \\ predicted', ['true', 'predicted', 'count']))).toEqual([
      'true,predicted,count',
      'a,a,1',
      'a,b,2',
      'b,a,1',
      'b,b,1',
    ]);
  });

  it('the predictions', () => {
    const results: Results = {
      loss: 1,
      outputs: [output],
      indices: Uint32Array.of(7, 11, 12, 30, 31),
      trained: true,
      made: null,
      took: 1,
    };
    const heads = { sample: 's', truth: 't', predicted: 'p', probability: 'q', trueProbability: 'r', loss: 'l' };
    const lines = read(predictionsCsv(results, output, heads, (value) => `class ${value}`));
    expect(lines.slice(0, 3)).toEqual([
      's,t,p,q,r,l',
      '7,class 0,class 0,0.9,0.9,0.1',
      '11,class 0,class 1,0.8,0.1,2.3',
    ]);
    const pairs = { ...output, width: 2, probability: new Float32Array(), trueProbability: new Float32Array() };
    expect(read(predictionsCsv(results, pairs, heads, (value) => value)).slice(0, 4)).toEqual([
      's,t,p,l',
      '7,0,0,0.1',
      '7,0,1,2.3',
      '11,0,1,1.2',
    ]);
  });
});
