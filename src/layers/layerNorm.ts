import { knownDims } from '../ir/shape.ts';
import { int } from './config.ts';
import { defineLayer, type Shape } from './layer.ts';
import { affine, eps, filled, scaleAndShift } from './normalising.ts';
import { paramSum } from './sums.ts';

/** The axes of a sample that LayerNorm works on: the last `axes`, or all for 0. */
const normalised = (x: Shape, axes: number): Shape => (axes === 0 ? x : x.slice(-axes));

/** Ba, Kiros and Hinton 2016. */
export const layerNorm = defineLayer({
  type: 'layerNorm',
  icon: { lines: 'M2 8c3.5 0 3.5-6.2 6-6.2S10.5 8 14 8M2 11.2h12M2 14.2h12' },
  aliases: ['layernormalization'],
  title: { en: 'LayerNorm', zh: '层规范化' },
  category: 'normalisation',
  stem: 'ln',
  keepsFeatures: true,
  doc: {
    en: 'Shifts and scales the numbers of every sample by themselves to mean 0 and variance 1, then by a learned γ and β for each number. Does not depend on the batch.',
    zh: '对每个样本自身的数规范化为均值 0、方差 1，再逐元素乘以学到的 γ 加 β。与批量无关。',
  },
  keywords: ['LN', 'layer normalization', 'transformer', '层归一化'],
  formula: () => ({
    tex: [
      String.raw`y = \gamma\, \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta`,
      String.raw`\mu = \frac{1}{n} \sum_i x_i,\quad \sigma^2 = \frac{1}{n} \sum_i (x_i - \mu)^2`,
    ],
    where: { en: 'over the $n$ numbers of one sample', zh: '对一个样本的 $n$ 个数' },
    source: 'Ba, Kiros and Hinton 2016',
  }),
  config: {
    axes: int({
      label: { en: 'Axes', zh: '轴数' },
      help: {
        en: 'how many of the last axes are normalised together; 0 for all',
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
    axes === 0 ? { en: 'all axes', zh: '所有轴' } : { en: `last ${axes} axes`, zh: `末 ${axes} 轴` },
  infer({ x }, { axes }) {
    if (axes <= x.length) return { outputs: { y: x } };
    return {
      problems: [
        {
          code: 'too-many-axes',
          port: 'config.axes',
          message: ({ self, from }) => ({
            en: `${self.en} works on the last ${axes} axes, but '${from('x')}' gives only ${x.length}.`,
            zh: `${self.zh} 作用于末 ${axes} 个轴，但“${from('x')}”只给出 ${x.length} 个。`,
          }),
          fixes: [{ kind: 'setConfig', key: 'axes', value: 0 }],
        },
      ],
    };
  },
  params: ({ x }, config) => (config.affine ? scaleAndShift(normalised(x, config.axes)) : {}),
  explain: ({ x }, _, config) => (config.affine ? [paramSum([2, ...normalised(x, config.axes)])] : []),
  lower({ g, x: { x }, p, config }) {
    const shape = normalised(knownDims(x.shape.slice(1), `the shape of '${x.name}'`), config.axes);
    return {
      y: g.layerNorm(x, p.weight ?? filled(g, shape, 1), p.bias ?? null, x.shape.length - shape.length, config.eps),
    };
  },
});
