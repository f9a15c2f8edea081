import { same } from '../text.ts';
import { alongAxis } from './alongAxis.ts';
import { circle } from './drawing.ts';

export const softmax = alongAxis(
  { type: 'softmax', icon: { lines: `${circle(8, 8, 6)}M8 8V2M8 8l5.2 3`, solid: 'M8 2a6 6 0 0 1 5.2 9L8 8z' } },
  same('Softmax'),
  'eˣᵢ / Σ eˣⱼ',
  {
    en: 'Turns logits into probabilities that sum to 1, over the features. The Classifier includes softmax: do not put one before it.',
    zh: '沿特征将 logit 转换为和为 1 的概率。分类输出已包含 softmax，前面不要再加。',
  },
  ['probabilities', 'normalized exponential', '概率', '归一化指数'],
  { tex: [String.raw`y_i = \frac{e^{x_i}}{\sum_j e^{x_j}}`] },
  (g, x, at) => g.softmax(x, at),
);
