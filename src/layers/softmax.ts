import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { same, type Text } from '../text.ts';
import { defineLayer } from './layer.ts';

/** A function of all features at one place: along the channels of C×H×W, or along K. */
const overFeatures = (type: string, title: Text, formula: string, doc: Text, apply: (g: Builder, x: Value) => Value) =>
  defineLayer({
    type,
    title,
    category: 'activation',
    stem: type.toLowerCase(),
    keepsFeatures: true,
    doc,
    config: {},
    inputs: ['x'],
    outputs: ['y'],
    summary: () => same(formula),
    infer: ({ x }) => ({ outputs: { y: x } }),
    lower: ({ g, x }) => ({ y: apply(g, x.x) }),
  });

export const softmax = overFeatures(
  'softmax',
  same('Softmax'),
  'eˣᵢ / Σ eˣⱼ',
  {
    en: 'Turns scores into probabilities that add up to 1, over the features. The classifier has its own softmax: put none in front of it.',
    zh: '沿特征把分数变成和为 1 的概率。分类输出自带 softmax，前面不要再加。',
  },
  (g, x) => g.softmax(x, 1),
);

export const logSoftmax = overFeatures(
  'logSoftmax',
  same('LogSoftmax'),
  'xᵢ − log Σ eˣⱼ',
  {
    en: 'The logarithm of softmax, computed without overflow.',
    zh: 'softmax 的对数，计算时不会溢出。',
  },
  (g, x) => g.logSoftmax(x, 1),
);
