import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { same, type Text } from '../text.ts';
import { axis, axisProblem, batchedAxis } from './axis.ts';
import { defineLayer } from './layer.ts';

/** A function of all numbers along one axis: of C×H×W the channels, unless told otherwise. */
const alongAxis = (
  type: string,
  title: Text,
  formula: string,
  doc: Text,
  apply: (g: Builder, x: Value, axis: number) => Value,
) =>
  defineLayer({
    type,
    title,
    category: 'activation',
    stem: type.toLowerCase(),
    keepsFeatures: true,
    doc,
    config: { axis },
    inputs: ['x'],
    outputs: ['y'],
    summary: () => same(formula),
    infer: ({ x }, config) => axisProblem(x, config.axis) ?? { outputs: { y: x } },
    lower: ({ g, x, config }) => ({ y: apply(g, x.x, batchedAxis(config.axis)) }),
  });

export const softmax = alongAxis(
  'softmax',
  same('Softmax'),
  'eˣᵢ / Σ eˣⱼ',
  {
    en: 'Turns scores into probabilities that add up to 1, over the features. The classifier has its own softmax: put none in front of it.',
    zh: '沿特征把分数变成和为 1 的概率。分类输出自带 softmax，前面不要再加。',
  },
  (g, x, at) => g.softmax(x, at),
);

export const logSoftmax = alongAxis(
  'logSoftmax',
  same('LogSoftmax'),
  'xᵢ − log Σ eˣⱼ',
  {
    en: 'The logarithm of softmax, computed without overflow.',
    zh: 'softmax 的对数，计算时不会溢出。',
  },
  (g, x, at) => g.logSoftmax(x, at),
);
