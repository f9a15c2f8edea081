import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { same, type Text } from '../text.ts';
import { defineLayer } from './layer.ts';

/** An activation without config, applied to every number on its own. */
const activation = (
  type: string,
  title: Text,
  stem: string,
  formula: string,
  doc: Text,
  apply: (g: Builder, x: Value) => Value,
) =>
  defineLayer({
    type,
    title,
    category: 'activation',
    stem,
    keepsFeatures: true,
    doc,
    config: {},
    inputs: ['x'],
    outputs: ['y'],
    summary: () => same(formula),
    infer: ({ x }) => ({ outputs: { y: x } }),
    lower: ({ g, x }) => ({ y: apply(g, x.x) }),
  });

export const relu = activation(
  'relu',
  same('ReLU'),
  'relu',
  'max(0, x)',
  {
    en: 'max(0, x): lets positive numbers through and cuts negative ones. Its slope is 0 or 1, so gradients do not fade as they pass. The usual first choice.',
    zh: 'max(0, x)：正数通过，负数截为零。导数为 0 或 1，梯度经过时不会变小。通常的首选。',
  },
  (g, x) => g.relu(x),
);

export const sigmoid = activation(
  'sigmoid',
  same('Sigmoid'),
  'sigmoid',
  '1/(1 + e⁻ˣ)',
  {
    en: '1/(1 + e⁻ˣ): squeezes numbers into (0, 1). Its slope is at most 0.25, so gradients fade in deep networks.',
    zh: '1/(1 + e⁻ˣ)：把数压到 (0, 1)。导数最大为 0.25，所以深层网络里梯度会消失。',
  },
  (g, x) => g.sigmoid(x),
);

export const tanh = activation(
  'tanh',
  same('Tanh'),
  'tanh',
  'tanh x',
  {
    en: 'tanh x: squeezes numbers into (−1, 1), symmetric around 0. Its slope at 0 is 1.',
    zh: 'tanh x：把数压到 (−1, 1)，关于 0 对称。在 0 处导数为 1。',
  },
  (g, x) => g.tanh(x),
);
