import { same } from '../text.ts';
import { activation } from './activation.ts';
import { float } from './config.ts';

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
