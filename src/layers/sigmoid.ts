import { same } from '../text.ts';
import { activation } from './activation.ts';

export const sigmoid = activation({
  type: 'sigmoid',
  icon: { lines: 'M1.5 13c7.5 0 5.5-10 13-10' },
  title: same('Sigmoid'),
  summary: () => '1/(1 + e⁻ˣ)',
  doc: {
    en: '1/(1 + e⁻ˣ): maps values to (0, 1). Its slope is at most 0.25, so gradients vanish in deep networks.',
    zh: '1/(1 + e⁻ˣ)：将数值映射到 (0, 1)。导数最大为 0.25，因此深层网络中梯度会消失。',
  },
  keywords: ['logistic', 'S 形', '逻辑函数'],
  formula: () => ({
    tex: [String.raw`y = \sigma(x) = \frac{1}{1 + e^{-x}}`],
  }),
  config: {},
  flat: { middle: 0.5, far: 0.4875, steepest: 0.25 },
  apply: (g, x) => g.sigmoid(x),
});
