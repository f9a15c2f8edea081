import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { floatTensor } from '../ir/tensor.ts';
import type { Text } from '../text.ts';
import { bool, float } from './config.ts';
import { defineLayer, type LayerDef, type Param, type Shape } from './layer.ts';
import type { LayerType } from './layerTypes.ts';
import { needsImage, ofShape, rankProblem } from './problems.ts';
import { paramSum } from './sums.ts';

export const eps = float({
  label: { en: 'Epsilon', zh: '小常数 ε' },
  help: { en: 'Added to the variance to avoid division by 0', zh: '加到方差上，避免除以 0' },
  default: 1e-5,
  min: 1e-12,
  max: 1,
  step: 1e-5,
  advanced: true,
});

export const affine = bool({
  label: { en: 'Scale and shift', zh: '拉伸与偏移' },
  help: { en: 'Learn scale γ and shift β', zh: '学习拉伸参数 γ 与偏移参数 β' },
  default: true,
  advanced: true,
});

/** Scale γ, initially 1, and shift β, initially 0. */
export const scaleAndShift = (shape: Shape): Readonly<Record<string, Param>> => ({
  weight: { shape, init: { kind: 'constant', value: 1 }, role: 'norm' },
  bias: { shape, init: { kind: 'zeros' }, role: 'norm' },
});

export const filled = (g: Builder, shape: readonly number[], value: number): Value =>
  g.constant(floatTensor(shape, new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value)), 'filled');

/** Ioffe and Szegedy 2015. Training uses the statistics of the batch; prediction and frozen layers use running statistics. */
export const batchNorm = (
  own: Pick<LayerDef, 'icon' | 'aliases' | 'takesRows' | 'overBatch'> & { readonly type: LayerType },
  title: Text,
  { expected, ranks, other }: { expected: string; ranks: readonly number[]; other: string },
  doc: Text,
) =>
  defineLayer({
    ...own,
    title,
    category: 'normalization',
    stem: 'bn',
    keepsFeatures: true,
    doc,
    keywords: ['BN', 'batch normalization', '批量归一化', '批归一化', '批规范化'],
    formula: (config) => ({
      tex: [
        config.affine
          ? String.raw`y = \gamma_c\, \frac{x - \mu_c}{\sqrt{\sigma_c^2 + \varepsilon}} + \beta_c`
          : String.raw`y = \frac{x - \mu_c}{\sqrt{\sigma_c^2 + \varepsilon}}`,
        String.raw`\mu_c = \frac{1}{n} \sum_i x_i,\quad \sigma_c^2 = \frac{1}{n} \sum_i (x_i - \mu_c)^2`,
      ],
      where: {
        en: 'over the $n$ values of channel $c$ in the batch; prediction uses running $\\mu_c$ and $\\sigma_c^2$ instead',
        zh: '对小批量中通道 $c$ 的 $n$ 个值；预测时改用 $\\mu_c$ 与 $\\sigma_c^2$ 的移动平均',
      },
      source: 'Ioffe and Szegedy 2015',
    }),
    config: {
      momentum: float({
        label: { en: 'Momentum', zh: '动量' },
        help: { en: 'Weight of the new batch in the running statistics', zh: '新的小批量在移动统计量中的权重' },
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
    summary: ({ momentum }) => ({ en: `Momentum ${momentum}`, zh: `动量 ${momentum}` }),
    infer({ x }) {
      if (ranks.includes(x.length)) return { outputs: { y: x } };
      const become = { kind: 'become', layer: other } as const;
      return {
        problems: [ranks.includes(3) ? needsImage(x, [become]) : rankProblem(ofShape(expected), x, 'x', [become])],
      };
    },
    advise({ before }) {
      const up = before('x');
      if (up === null || up.config.bias !== true || up.uses > 1) return [];
      return [
        {
          severity: 'hint',
          code: 'bias-before-norm',
          port: 'x',
          message: ({ self }) => ({
            en: `The bias of “${up.name}” has no effect, because ${self.en} subtracts the mean. Turn the bias off to save ${up.config.outChannels ?? up.config.outFeatures} parameters.`,
            zh: `${self.zh}会减去均值，因此“${up.name}”的偏置不起作用。关闭偏置可减少 ${up.config.outChannels ?? up.config.outFeatures} 个参数。`,
          }),
          fixes: [{ kind: 'setProducer', port: 'x', key: 'bias', value: false }],
        },
      ];
    },
    params: ({ x }, config) => (config.affine ? scaleAndShift([x[0]]) : {}),
    buffers: ({ x }) => ({
      running_mean: { shape: [x[0]], initial: 0 },
      running_var: { shape: [x[0]], initial: 1 },
    }),
    modes: {
      train: {
        en: 'batch statistics, which also update the running statistics; if frozen: running statistics, unchanged, unless the training settings choose batch statistics',
        zh: '使用小批量的统计量，并更新移动统计量；冻结时使用移动统计量，且不更新，除非训练设置选用小批量统计量',
      },
      predict: { en: 'running statistics', zh: '使用移动统计量' },
    },
    explain: ({ x }, _, config) => (config.affine ? [paramSum([2, x[0]])] : []),
    lower({ g, x: { x }, p, b, config, mode, update }) {
      const channels = [g.size(x, 1)];
      const scale = p.weight ?? filled(g, channels, 1);
      const shift = p.bias ?? filled(g, channels, 0);
      if (mode === 'predict') return { y: g.batchNorm(x, scale, shift, b.running_mean, b.running_var, config.eps) };
      const { y, mean, variance } = g.batchNormTrain(x, scale, shift, config.eps);
      const count = g.sizes(x).reduce((a, size) => a * size, 1) / channels[0];
      // The output uses the biased variance, the running variance is unbiased (PyTorch).
      const unbiased = g.mul(variance, g.scalar(count / Math.max(1, count - 1)));
      const moved = (running: Value, now: Value): Value =>
        g.add(g.mul(running, g.scalar(1 - config.momentum)), g.mul(now, g.scalar(config.momentum)));
      update('running_mean', moved(b.running_mean, mean));
      update('running_var', moved(b.running_var, unbiased));
      return { y };
    },
  });
