import { same } from '../text.ts';
import { activation } from './activation.ts';
import { float } from './config.ts';

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
