import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { same, type Text } from '../text.ts';
import { type ConfigOf, type ConfigSchema, choice, float } from './config.ts';
import { defineLayer, type LayerDef } from './layer.ts';

/** A function of every number on its own. */
interface Activation<S extends ConfigSchema> {
  readonly type: string;
  readonly title: Text;
  readonly formula: (config: ConfigOf<S>) => string;
  readonly doc: Text;
  readonly config: S;
  readonly apply: (g: Builder, x: Value, config: ConfigOf<S>) => Value;
}

const activation = <S extends ConfigSchema>({ type, title, formula, doc, config, apply }: Activation<S>): LayerDef =>
  defineLayer<S>({
    type,
    title,
    category: 'activation',
    stem: type,
    keepsFeatures: true,
    doc,
    config,
    inputs: ['x'],
    outputs: ['y'],
    summary: (values) => same(formula(values)),
    infer: ({ x }) => ({ outputs: { y: x } }),
    lower: ({ g, x, config: values }) => ({ y: apply(g, x.x, values) }),
  });

export const relu = activation({
  type: 'relu',
  title: same('ReLU'),
  formula: () => 'max(0, x)',
  doc: {
    en: 'max(0, x): lets positive numbers through and cuts negative ones. Its slope is 0 or 1, so gradients do not fade as they pass. The usual first choice.',
    zh: 'max(0, x)：正数通过，负数截为零。导数为 0 或 1，梯度经过时不会变小。通常的首选。',
  },
  config: {},
  apply: (g, x) => g.relu(x),
});

const negativeSlope = {
  negativeSlope: float({
    label: { en: 'Negative slope', zh: '负半轴斜率' },
    default: 0.01,
    min: 0,
    max: 10,
    step: 0.01,
  }),
};

export const leakyRelu = activation({
  type: 'leakyRelu',
  title: same('LeakyReLU'),
  formula: (config) => `max(x, ${config.negativeSlope}·x)`,
  doc: {
    en: 'Like ReLU, but negative numbers keep a small slope, so that no unit dies for good.',
    zh: '类似 ReLU，但负数保留一个小斜率，单元不会永久“死亡”。',
  },
  config: negativeSlope,
  apply: (g, x, config) => g.leakyRelu(x, config.negativeSlope),
});

const alpha = { alpha: float({ label: { en: 'Alpha', zh: '系数 α' }, default: 1, min: 0.001, max: 10, step: 0.1 }) };

export const elu = activation({
  type: 'elu',
  title: same('ELU'),
  formula: () => 'x or α(eˣ − 1)',
  doc: {
    en: 'x for positive numbers, α(eˣ − 1) for negative ones: smooth, and its mean is closer to 0 than that of ReLU.',
    zh: '正数为 x，负数为 α(eˣ − 1)：光滑，输出均值比 ReLU 更接近 0。',
  },
  config: alpha,
  apply: (g, x, config) => g.elu(x, config.alpha),
});

export const gelu = activation({
  type: 'gelu',
  title: same('GELU'),
  formula: () => 'x·Φ(x)',
  doc: {
    en: 'x times the share of a normal distribution that lies below x: a smooth ReLU, usual in transformers.',
    zh: 'x 乘以标准正态分布在 x 以下的概率：光滑的 ReLU，常见于 Transformer。',
  },
  config: {
    approximate: choice<'none' | 'tanh'>({
      label: { en: 'Form', zh: '形式' },
      default: 'none',
      options: [
        { value: 'none', label: { en: 'exact', zh: '精确' } },
        { value: 'tanh', label: { en: 'tanh approximation', zh: 'tanh 近似' } },
      ],
    }),
  },
  apply: (g, x, config) => g.gelu(x, config.approximate),
});

export const silu = activation({
  type: 'silu',
  title: same('SiLU'),
  formula: () => 'x·sigmoid(x)',
  doc: {
    en: 'x·sigmoid(x), also called swish: smooth, and slightly negative for small negative numbers.',
    zh: 'x·sigmoid(x)，又称 swish：光滑，在小的负数处略为负值。',
  },
  config: {},
  apply: (g, x) => g.silu(x),
});

export const hardswish = activation({
  type: 'hardswish',
  title: same('Hardswish'),
  formula: () => 'x·min(max(x + 3, 0), 6)/6',
  doc: {
    en: 'SiLU made of straight pieces: cheap enough for phones (MobileNetV3).',
    zh: '由直线段构成的 SiLU：计算便宜，适合手机（MobileNetV3）。',
  },
  config: {},
  apply: (g, x) => g.hardSwish(x),
});

export const sigmoid = activation({
  type: 'sigmoid',
  title: same('Sigmoid'),
  formula: () => '1/(1 + e⁻ˣ)',
  doc: {
    en: '1/(1 + e⁻ˣ): squeezes numbers into (0, 1). Its slope is at most 0.25, so gradients fade in deep networks.',
    zh: '1/(1 + e⁻ˣ)：把数压到 (0, 1)。导数最大为 0.25，所以深层网络里梯度会消失。',
  },
  config: {},
  apply: (g, x) => g.sigmoid(x),
});

export const tanh = activation({
  type: 'tanh',
  title: same('Tanh'),
  formula: () => 'tanh x',
  doc: {
    en: 'tanh x: squeezes numbers into (−1, 1), symmetric around 0. Its slope at 0 is 1.',
    zh: 'tanh x：把数压到 (−1, 1)，关于 0 对称。在 0 处导数为 1。',
  },
  config: {},
  apply: (g, x) => g.tanh(x),
});

export const softplus = activation({
  type: 'softplus',
  title: same('Softplus'),
  formula: () => 'log(1 + eᵝˣ)/β',
  doc: {
    en: 'log(1 + e^(βx))/β: a smooth ReLU, always positive. Beyond the threshold of β·x it is taken as x itself.',
    zh: 'log(1 + e^(βx))/β：光滑的 ReLU，恒为正。β·x 超过阈值时直接取 x。',
  },
  config: {
    beta: float({ label: { en: 'Beta', zh: '系数 β' }, default: 1, min: 0.001, max: 100, step: 0.5 }),
    threshold: float({
      label: { en: 'Threshold', zh: '阈值' },
      default: 20,
      min: 0,
      max: 1000,
      step: 1,
      advanced: true,
    }),
  },
  apply(g, x, { beta, threshold }) {
    const scaled = beta === 1 ? x : g.mul(x, g.scalar(beta));
    const soft = g.softplus(scaled);
    const smooth = beta === 1 ? soft : g.mul(soft, g.scalar(1 / beta));
    return g.where(g.greater(scaled, g.scalar(threshold)), x, smooth);
  },
});

export const step = activation({
  type: 'step',
  title: { en: 'Step', zh: '阶跃' },
  formula: () => 'x > 0 ? 1 : 0',
  doc: {
    en: '1 for positive numbers, else 0: the neuron of McCulloch and Pitts (1943) and of Rosenblatt’s perceptron. Its slope is 0 everywhere, so nothing before it learns by gradients.',
    zh: '正数为 1，否则为 0：McCulloch 与 Pitts（1943）的神经元，也是 Rosenblatt 感知机的输出。导数处处为 0，它之前的层无法靠梯度学习。',
  },
  config: {},
  apply: (g, x) => g.cast(g.greater(x, g.scalar(0)), 'float32'),
});

/** He et al. 2015. */
export const prelu = defineLayer({
  type: 'prelu',
  title: same('PReLU'),
  category: 'activation',
  stem: 'prelu',
  keepsFeatures: true,
  doc: {
    en: 'Like LeakyReLU, but the slope of negative numbers is learned, one for all or one for every channel.',
    zh: '类似 LeakyReLU，但负半轴的斜率由学习得到，可全体共用一个或每个通道一个。',
  },
  config: {
    slopes: choice<'one' | 'channel'>({
      label: { en: 'Slopes', zh: '斜率' },
      default: 'one',
      options: [
        { value: 'one', label: { en: 'one for all', zh: '共用一个' } },
        { value: 'channel', label: { en: 'one per channel', zh: '每通道一个' } },
      ],
    }),
    init: float({ label: { en: 'Start', zh: '初值' }, default: 0.25, min: 0, max: 10, step: 0.05 }),
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: () => same('max(0, x) + a·min(0, x)'),
  infer: ({ x }) => ({ outputs: { y: x } }),
  params: ({ x }, { slopes, init }) => ({
    weight: { shape: [slopes === 'one' ? 1 : x[0]], init: { kind: 'constant', value: init }, role: 'norm' },
  }),
  lower({ g, x: { x }, p }) {
    const [slopes] = g.sizes(p.weight);
    const perChannel = slopes === 1 ? p.weight : g.reshape(p.weight, [slopes, ...x.shape.slice(2).map(() => 1)]);
    return { y: g.prelu(x, perChannel) };
  },
});
