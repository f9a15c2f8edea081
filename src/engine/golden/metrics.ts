import { ConfusionMatrix, matrixOf, TopK } from '../../metrics/classification.ts';
import type { CaseOf, CaseTensors } from './cases.ts';
import { Comparison, type ComparisonResult } from './compare.ts';
import { UnsupportedCase } from './draw.ts';

/** Runs a metric: confusion matrix, accuracy, top-k accuracy, and the scores per class and on average. */
export function runMetric(test: CaseOf<'metric'>, tensors: CaseTensors): ComparisonResult {
  const { classes, ks, threshold, ...others } = test.hyper as { classes: number; ks: number[]; threshold?: number };
  const unknown = Object.keys(others);
  if (unknown.length > 0) throw new UnsupportedCase(`metric '${test.kind}' with ${unknown.join(', ')}`);
  const logits = tensors.get('in.logits').data as Float32Array;
  const targets = tensors.get('in.target').data;
  const matrix = new ConfusionMatrix(classes);
  const top = new TopK(classes, ks);
  if (threshold === undefined) {
    matrix.addLogits(logits, targets);
    top.addLogits(logits, targets);
  } else {
    matrix.addBinary(logits, targets, threshold);
  }

  const { cells, accuracy, classes: scores, macro, weighted } = matrix.report();
  const comparison = new Comparison(tensors, test);
  comparison.add('confusion', { shape: [classes, classes], data: matrixOf(cells, classes).flat() });
  comparison.add('accuracy', { shape: [], data: [accuracy] });
  for (const key of ['precision', 'recall', 'f1'] as const) {
    comparison.add(key, { shape: [classes], data: scores.map((score) => score[key]) });
    comparison.add(`macro_${key}`, { shape: [], data: [macro[key]] });
    comparison.add(`weighted_${key}`, { shape: [], data: [weighted[key]] });
  }
  top.report().forEach((share, i) => {
    comparison.add(`top${ks[i]}`, { shape: [], data: [share] });
  });
  return comparison.result();
}
