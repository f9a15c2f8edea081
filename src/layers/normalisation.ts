import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { knownDims } from '../ir/shape.ts';
import { floatTensor } from '../ir/tensor.ts';
import type { Text } from '../text.ts';
import { bool, float, int } from './config.ts';
import { defineLayer, type Param, type Shape } from './layer.ts';
import { rankProblem } from './problems.ts';

const eps = float({
  label: { en: 'Epsilon', zh: '小常数 ε' },
  help: { en: 'added to the variance, so that nothing is divided by 0', zh: '加到方差上，避免除以 0' },
  default: 1e-5,
  min: 1e-12,
  max: 1,
  step: 1e-5,
  advanced: true,
});

const affine = bool({
  label: { en: 'Scale and shift', zh: '缩放与平移' },
  help: { en: 'learn a scale γ and a shift β', zh: '学习缩放 γ 与平移 β' },
  default: true,
  advanced: true,
});

/** γ starts at 1 and β at 0. */
const scaleAndShift = (shape: Shape): Readonly<Record<string, Param>> => ({
  weight: { shape, init: { kind: 'constant', value: 1 }, role: 'norm' },
  bias: { shape, init: { kind: 'zeros' }, role: 'norm' },
});

const filled = (g: Builder, shape: readonly number[], value: number): Value =>
  g.constant(floatTensor(shape, new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value)), 'filled');

/** Ioffe and Szegedy 2015. While training by the batch's statistics, when predicting by running ones. */
const batchNorm = (type: string, title: Text, expected: string, ranks: readonly number[], doc: Text) =>
  defineLayer({
    type,
    title,
    category: 'normalisation',
    stem: 'bn',
    keepsFeatures: true,
    doc,
    config: {
      momentum: float({
        label: { en: 'Momentum', zh: '动量' },
        help: { en: 'share of the new batch in the running statistics', zh: '新批量在移动统计量中的占比' },
        default: 0.1,
        min: 0,
        max: 1,
        step: 0.05,
      }),
      eps,
      affine,
    },
    inputs: ['x'],
    outputs: ['y'],
    summary: ({ momentum }) => ({ en: `momentum ${momentum}`, zh: `动量 ${momentum}` }),
    infer({ x }) {
      return ranks.includes(x.length) ? { outputs: { y: x } } : { problems: [rankProblem(expected, x, 'x', [])] };
    },
    params: ({ x }, config) => (config.affine ? scaleAndShift([x[0]]) : {}),
    buffers: ({ x }) => ({
      running_mean: { shape: [x[0]], initial: 0 },
      running_var: { shape: [x[0]], initial: 1 },
    }),
    modes: {
      train: { en: 'statistics of the batch; updates the running ones', zh: '用批量统计量，并更新移动统计量' },
      predict: { en: 'running statistics', zh: '用移动统计量' },
    },
    explain: ({ x }, _, config) =>
      config.affine ? [{ label: { en: 'parameters', zh: '参数' }, sum: `2·${x[0]} = ${2 * x[0]}` }] : [],
    lower({ g, x: { x }, p, b, config, mode, update }) {
      const channels = [g.size(x, 1)];
      const scale = p.weight ?? filled(g, channels, 1);
      const shift = p.bias ?? filled(g, channels, 0);
      if (mode === 'predict') return { y: g.batchNorm(x, scale, shift, b.running_mean, b.running_var, config.eps) };
      const { y, mean, variance } = g.batchNormTrain(x, scale, shift, config.eps);
      const count = g.sizes(x).reduce((a, size) => a * size, 1) / channels[0];
      // Normalisation divides by the count, the running variance by one less (PyTorch).
      const unbiased = g.mul(variance, g.scalar(count / Math.max(1, count - 1)));
      const moved = (running: Value, now: Value): Value =>
        g.add(g.mul(running, g.scalar(1 - config.momentum)), g.mul(now, g.scalar(config.momentum)));
      update('running_mean', moved(b.running_mean, mean));
      update('running_var', moved(b.running_var, unbiased));
      return { y };
    },
  });

export const batchNorm2d = batchNorm('batchNorm2d', { en: 'BatchNorm2d', zh: '批量规范化（二维）' }, 'C×H×W', [3], {
  en: 'Shifts and scales every channel to mean 0 and variance 1 over the batch and all places, then by a learned γ and β. When predicting it uses running means instead of the batch. Lets networks train faster and with larger learning rates.',
  zh: '对每个通道在批量与所有位置上规范化为均值 0、方差 1，再乘以学到的 γ 加 β。预测时用移动平均代替批量统计。使网络训练更快、可用更大的学习率。',
});

export const batchNorm1d = batchNorm('batchNorm1d', { en: 'BatchNorm1d', zh: '批量规范化（一维）' }, 'C', [1, 2], {
  en: 'Batch normalisation of features: each is shifted and scaled to mean 0 and variance 1 over the batch, then by a learned γ and β. Stands behind fully connected layers.',
  zh: '对特征做批量规范化：每个特征在批量上规范化为均值 0、方差 1，再乘以学到的 γ 加 β。用在全连接层之后。',
});

/** The axes of a sample that LayerNorm works on: the last `axes`, or all for 0. */
const normalised = (x: Shape, axes: number): Shape => (axes === 0 ? x : x.slice(-axes));

/** Ba, Kiros and Hinton 2016. */
export const layerNorm = defineLayer({
  type: 'layerNorm',
  title: { en: 'LayerNorm', zh: '层规范化' },
  category: 'normalisation',
  stem: 'ln',
  keepsFeatures: true,
  doc: {
    en: 'Shifts and scales the numbers of every sample by themselves to mean 0 and variance 1, then by a learned γ and β for each number. Does not depend on the batch.',
    zh: '对每个样本自身的数规范化为均值 0、方差 1，再逐元素乘以学到的 γ 加 β。与批量无关。',
  },
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
  lower({ g, x: { x }, p, config }) {
    const shape = normalised(knownDims(x.shape.slice(1), `the shape of '${x.name}'`), config.axes);
    return {
      y: g.layerNorm(x, p.weight ?? filled(g, shape, 1), p.bias ?? null, x.shape.length - shape.length, config.eps),
    };
  },
});

/** Wu and He 2018. */
export const groupNorm = defineLayer({
  type: 'groupNorm',
  title: { en: 'GroupNorm', zh: '组规范化' },
  category: 'normalisation',
  stem: 'gn',
  keepsFeatures: true,
  doc: {
    en: 'Splits the channels of every sample into groups and normalises each group to mean 0 and variance 1, then by a learned γ and β for each channel. Works with small batches, where batch normalisation does not.',
    zh: '把每个样本的通道分组，每组规范化为均值 0、方差 1，再逐通道乘以学到的 γ 加 β。批量很小、批量规范化失效时也可用。',
  },
  config: {
    groups: int({ label: { en: 'Groups', zh: '组数' }, default: 1, min: 1, max: 65_536 }),
    eps,
    affine,
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: ({ groups }) => ({ en: `${groups} groups`, zh: `${groups} 组` }),
  infer({ x }, { groups }) {
    if (x[0] % groups === 0) return { outputs: { y: x } };
    let divisor = groups;
    while (x[0] % divisor !== 0) divisor--;
    return {
      problems: [
        {
          code: 'groups-do-not-divide',
          port: 'config.groups',
          message: ({ self, from }) => ({
            en: `${self.en} has ${groups} groups, which do not divide the ${x[0]} channels that '${from('x')}' gives.`,
            zh: `${self.zh} 有 ${groups} 组，不能整除“${from('x')}”给出的 ${x[0]} 个通道。`,
          }),
          fixes: [{ kind: 'setConfig', key: 'groups', value: divisor }],
        },
      ],
    };
  },
  params: ({ x }, config) => (config.affine ? scaleAndShift([x[0]]) : {}),
  lower({ g, x: { x }, p, config }) {
    const sizes = knownDims(x.shape.slice(1), `the shape of '${x.name}'`);
    const cells = sizes.reduce((a, b) => a * b, 1) / config.groups;
    const grouped = g.reshape(x, [-1, config.groups, cells]);
    const y = g.reshapeLike(g.layerNorm(grouped, filled(g, [cells], 1), null, 2, config.eps), x.shape);
    if (p.weight === undefined || p.bias === undefined) return { y };
    const perChannel = (value: Value): Value => g.reshape(value, [sizes[0], ...sizes.slice(1).map(() => 1)]);
    return { y: g.add(g.mul(y, perChannel(p.weight)), perChannel(p.bias)) };
  },
});

/** Krizhevsky, Sutskever and Hinton 2012, with alpha divided by the size as in PyTorch. */
export const localResponseNorm = defineLayer({
  type: 'localResponseNorm',
  title: { en: 'LRN', zh: '局部响应规范化' },
  category: 'normalisation',
  stem: 'lrn',
  keepsFeatures: true,
  doc: {
    en: 'Divides every number by a power of the squares of its neighbours in other channels: x / (k + α/size · Σ x²)^β. AlexNet used it; batch normalisation has replaced it.',
    zh: '每个数除以相邻通道平方和的幂：x / (k + α/size · Σ x²)^β。AlexNet 使用过，后来被批量规范化取代。',
  },
  config: {
    size: int({ label: { en: 'Channels', zh: '通道数' }, default: 5, min: 1, max: 1024 }),
    alpha: float({ label: { en: 'Alpha', zh: '系数 α' }, default: 1e-4, min: 0, max: 100, step: 1e-4 }),
    beta: float({ label: { en: 'Beta', zh: '指数 β' }, default: 0.75, min: 0, max: 10, step: 0.05 }),
    k: float({ label: { en: 'Offset k', zh: '偏移 k' }, default: 2, min: 1e-6, max: 100, step: 0.5 }),
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: ({ size }) => ({ en: `${size} channels`, zh: `${size} 通道` }),
  infer: ({ x }) => (x.length === 3 ? { outputs: { y: x } } : { problems: [rankProblem('C×H×W', x, 'x', [])] }),
  lower: ({ g, x, config }) => ({ y: g.localResponseNorm(x.x, config) }),
});
