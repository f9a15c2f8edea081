import { same } from '../text.ts';
import { activation } from './activation.ts';
import { float } from './config.ts';

const negativeSlope = {
  negativeSlope: float({
    label: { en: 'Negative slope', zh: '负半轴斜率' },
    help: { en: 'Slope for negative values; 0 gives ReLU', zh: '负半轴的斜率；0 即 ReLU' },
    default: 0.01,
    min: 0,
    max: 10,
    step: 0.01,
  }),
};

export const leakyRelu = activation({
  type: 'leakyRelu',
  icon: { lines: 'M1.5 14 8 11.5l5.5-9' },
  title: same('LeakyReLU'),
  summary: (config) => `max(x, ${config.negativeSlope}·x)`,
  doc: {
    en: 'Like ReLU, but with a small slope for negative values, so units with negative inputs keep learning.',
    zh: '类似 ReLU，但负半轴保留较小的斜率，输入为负的单元也能继续学习。',
  },
  keywords: ['lrelu', 'leaky', '带泄漏'],
  formula: ({ negativeSlope: slope }) => ({
    tex: [String.raw`y = \max(0, x) + ${slope}\, \min(0, x)`],
    source: 'Maas, Hannun and Ng 2013',
  }),
  config: negativeSlope,
  apply: (g, x, config) => g.leakyRelu(x, config.negativeSlope),
});
