import { same } from '../text.ts';
import { choice, float } from './config.ts';
import { circle } from './drawing.ts';
import { defineLayer } from './layer.ts';

/** He et al. 2015. */
export const prelu = defineLayer({
  type: 'prelu',
  icon: { lines: 'M1.5 14 8 10.5l5.5-8', solid: circle(8, 10.5, 2.1) },
  title: same('PReLU'),
  category: 'activation',
  stem: 'prelu',
  keepsFeatures: true,
  doc: {
    en: 'Like LeakyReLU, but the slope for negative values is learned: one for all channels, or one per channel.',
    zh: '类似 LeakyReLU，但负半轴的斜率可学习：所有通道共用一个，或每个通道一个。',
  },
  keywords: ['parametric relu', 'learned slope', '参数化修正线性单元'],
  formula: () => ({
    tex: [String.raw`y = \max(0, x) + a \min(0, x)`],
    where: { en: '$a$ is learned', zh: '$a$ 可学习' },
    source: 'He et al. 2015',
  }),
  config: {
    slopes: choice<'one' | 'channel'>({
      label: { en: 'Slopes', zh: '斜率' },
      help: { en: 'One slope shared by all channels, or one per channel', zh: '所有通道共用一个斜率，或每个通道一个' },
      default: 'one',
      options: [
        { value: 'one', label: { en: 'Shared', zh: '共用一个' } },
        { value: 'channel', label: { en: 'One per channel', zh: '每个通道一个' } },
      ],
    }),
    init: float({
      label: { en: 'Initial slope', zh: '初始斜率' },
      help: { en: 'Slope before training', zh: '训练前的斜率' },
      default: 0.25,
      min: 0,
      max: 10,
      step: 0.05,
    }),
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
