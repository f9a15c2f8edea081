import { knownDims } from '../ir/shape.ts';
import { int } from './config.ts';
import { defineLayer, type Shape } from './layer.ts';
import { affine, eps, filled, scaleAndShift } from './normalizing.ts';
import { paramSum } from './sums.ts';

/** Sizes of the normalized axes of a sample: the last `axes`, or all for 0. */
const normalized = (x: Shape, axes: number): Shape => (axes === 0 ? x : x.slice(-axes));

/** Ba, Kiros and Hinton 2016. */
export const layerNorm = defineLayer({
  type: 'layerNorm',
  icon: { lines: 'M2 8c3.5 0 3.5-6.2 6-6.2S10.5 8 14 8M2 11.2h12M2 14.2h12' },
  aliases: ['layernormalization'],
  title: { en: 'LayerNorm', zh: '层规范化' },
  category: 'normalization',
  stem: 'ln',
  keepsFeatures: true,
  doc: {
    en: 'Normalizes the values of each sample to mean 0 and variance 1, then applies a learned scale γ and shift β per value. Does not depend on the batch; used in transformers.',
    zh: '将每个样本的值规范化为均值 0、方差 1，再逐元素乘以拉伸参数 γ、加上偏移参数 β（均可学习）。不依赖于小批量；用于 Transformer。',
  },
  keywords: ['LN', 'layer normalization', 'transformer', '层归一化'],
  formula: () => ({
    tex: [
      String.raw`y = \gamma\, \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta`,
      String.raw`\mu = \frac{1}{n} \sum_i x_i,\quad \sigma^2 = \frac{1}{n} \sum_i (x_i - \mu)^2`,
    ],
    where: { en: 'over the $n$ values of one sample', zh: '对一个样本的 $n$ 个值' },
    source: 'Ba, Kiros and Hinton 2016',
  }),
  config: {
    axes: int({
      label: { en: 'Axes', zh: '轴数' },
      help: {
        en: 'Number of last axes normalized together; 0 for all',
        zh: '末尾多少个轴一起规范化；0 表示全部',
      },
      default: 0,
      min: 0,
      max: 4,
    }),
    eps,
    affine,
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: ({ axes }) =>
    axes === 0 ? { en: 'All axes', zh: '所有轴' } : { en: `Last ${axes} axes`, zh: `末 ${axes} 个轴` },
  infer({ x }, { axes }) {
    if (axes <= x.length) return { outputs: { y: x } };
    return {
      problems: [
        {
          code: 'too-many-axes',
          port: 'config.axes',
          message: ({ self, from }) => ({
            en: `${self.en} normalizes the last ${axes} axes, but the output of “${from('x')}” has only ${x.length}. Normalize fewer axes.`,
            zh: `${self.zh}对末 ${axes} 个轴做规范化，但“${from('x')}”的输出只有 ${x.length} 个轴。请减少轴数。`,
          }),
          fixes: [{ kind: 'setConfig', key: 'axes', value: 0 }],
        },
      ],
    };
  },
  params: ({ x }, config) => (config.affine ? scaleAndShift(normalized(x, config.axes)) : {}),
  explain: ({ x }, _, config) => (config.affine ? [paramSum([2, ...normalized(x, config.axes)])] : []),
  lower({ g, x: { x }, p, config }) {
    const shape = normalized(knownDims(x.shape.slice(1), `the shape of “${x.name}”`), config.axes);
    return {
      y: g.layerNorm(x, p.weight ?? filled(g, shape, 1), p.bias ?? null, x.shape.length - shape.length, config.eps),
    };
  },
});
