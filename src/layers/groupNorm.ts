import type { Value } from '../ir/program.ts';
import { knownDims } from '../ir/shape.ts';
import { int } from './config.ts';
import { defineLayer } from './layer.ts';
import { affine, eps, filled, scaleAndShift } from './normalizing.ts';
import { paramSum } from './sums.ts';

/** Wu and He 2018. */
/** Number of channels assumed while the input shape is unknown. */
const CHANNELS = 16;

export const groupNorm = defineLayer({
  type: 'groupNorm',
  icon: {
    lines: 'M1.5 11.5c2 0 2-8 3.250-8s1.250 8 3.250 8 2-8 3.250-8 1.250 8 3.250 8M1.5 14.2h5.2M9.3 14.2h5.2',
  },
  aliases: ['groupnormalization'],
  presets: [
    {
      id: 'instanceNorm',
      title: { en: 'InstanceNorm', zh: '实例规范化' },
      doc: {
        en: 'Normalizes each channel of each sample separately: group normalization with as many groups as channels. Common in style transfer.',
        zh: '对每个样本的每个通道单独规范化：组数等于通道数的组规范化。常见于风格迁移。',
      },
      keywords: ['IN', 'instance normalization', 'style transfer', '实例归一化', '风格迁移'],
      config: ([channels = CHANNELS] = []) => ({ groups: channels }),
    },
  ],
  title: { en: 'GroupNorm', zh: '组规范化' },
  category: 'normalization',
  stem: 'gn',
  keepsFeatures: true,
  doc: {
    en: 'Splits the channels of each sample into groups, normalizes each group to mean 0 and variance 1, then applies a learned scale γ and shift β per channel. Works with small batches, unlike batch normalization.',
    zh: '将每个样本的通道分组，把每组规范化为均值 0、方差 1，再逐通道乘以拉伸参数 γ、加上偏移参数 β（均可学习）。与批量规范化不同，小批量很小时也适用。',
  },
  keywords: ['GN', 'group normalization', 'instance norm', '组归一化', '实例规范化'],
  formula: () => ({
    tex: [
      String.raw`y = \gamma_c\, \frac{x - \mu_g}{\sqrt{\sigma_g^2 + \varepsilon}} + \beta_c`,
      String.raw`\mu_g = \frac{1}{n} \sum_{i \in g} x_i,\quad \sigma_g^2 = \frac{1}{n} \sum_{i \in g} (x_i - \mu_g)^2`,
    ],
    where: {
      en: '$g$ is the group of channel $c$, with $n$ values',
      zh: '$g$ 是通道 $c$ 所在的组，共 $n$ 个值',
    },
    source: 'Wu and He 2018',
  }),
  config: {
    groups: int({
      label: { en: 'Groups', zh: '组数' },
      help: { en: 'Number of channel groups', zh: '通道的组数' },
      default: 1,
      min: 1,
      max: 65_536,
    }),
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
            en: `${self.en} has ${groups} groups, which do not divide the ${x[0]} output channels of “${from('x')}”. Use a number of groups that divides ${x[0]}.`,
            zh: `${self.zh}有 ${groups} 组，不能整除“${from('x')}”输出的 ${x[0]} 个通道。请将组数改为 ${x[0]} 的约数。`,
          }),
          fixes: [{ kind: 'setConfig', key: 'groups', value: divisor }],
        },
      ],
    };
  },
  params: ({ x }, config) => (config.affine ? scaleAndShift([x[0]]) : {}),
  explain: ({ x }, _, config) => (config.affine ? [paramSum([2, x[0]])] : []),
  lower({ g, x: { x }, p, config }) {
    const sizes = knownDims(x.shape.slice(1), `the shape of “${x.name}”`);
    const cells = sizes.reduce((a, b) => a * b, 1) / config.groups;
    const grouped = g.reshape(x, [-1, config.groups, cells]);
    const y = g.reshapeLike(g.layerNorm(grouped, filled(g, [cells], 1), null, 2, config.eps), x.shape);
    if (p.weight === undefined || p.bias === undefined) return { y };
    const perChannel = (value: Value): Value => g.reshape(value, [sizes[0], ...sizes.slice(1).map(() => 1)]);
    return { y: g.add(g.mul(y, perChannel(p.weight)), perChannel(p.bias)) };
  },
});
