import { same } from '../text.ts';
import { activation } from './activation.ts';

export const relu = activation({
  type: 'relu',
  icon: { lines: 'M1.5 12H8l5.5-8.5' },
  title: same('ReLU'),
  summary: () => 'max(0, x)',
  doc: {
    en: 'max(0, x): keeps positive values and sets negative ones to 0. Its slope is 0 or 1, so gradients do not vanish. The usual first choice.',
    zh: 'max(0, x)：保留正值，将负值置零。导数为 0 或 1，梯度不会消失。通常的首选。',
  },
  keywords: ['rectified linear unit', 'rectifier', '修正线性单元', '激活函数'],
  formula: () => ({
    tex: [String.raw`y = \max(0, x)`],
  }),
  config: {},
  flat: 'belowZero',
  apply: (g, x) => g.relu(x),
});
