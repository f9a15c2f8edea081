import { same } from '../text.ts';
import { activation } from './activation.ts';
import { choice } from './config.ts';

export const gelu = activation({
  type: 'gelu',
  icon: { lines: 'M1.5 11.2c2 0 2.6 2 4.3 2C8.6 13.2 9.4 9 14 2.5' },
  title: same('GELU'),
  summary: () => 'x·Φ(x)',
  doc: {
    en: 'x times the standard normal cumulative distribution function of x: a smooth ReLU, common in transformers.',
    zh: 'x 乘以标准正态分布函数在 x 处的值：光滑的 ReLU，常用于 Transformer。',
  },
  keywords: ['gaussian error linear unit', 'transformer', '高斯误差线性单元'],
  formula: ({ approximate }) => ({
    tex:
      approximate === 'none'
        ? [String.raw`y = x\, \Phi(x) = \frac{x}{2} \Bigl( 1 + \operatorname{erf} \frac{x}{\sqrt{2}} \Bigr)`]
        : [
            String.raw`y = \frac{x}{2} \Bigl( 1 + \tanh \bigl( \sqrt{\tfrac{2}{\pi}}\, (x + 0.044715\, x^3) \bigr) \Bigr)`,
          ],
    source: 'Hendrycks and Gimpel 2016',
  }),
  config: {
    approximate: choice<'none' | 'tanh'>({
      label: { en: 'Form', zh: '形式' },
      help: {
        en: 'Exact function, or the approximation used by some models',
        zh: '精确函数，或某些模型所用的近似',
      },
      default: 'none',
      options: [
        { value: 'none', label: { en: 'Exact', zh: '精确' } },
        { value: 'tanh', label: { en: 'Tanh approximation', zh: 'tanh 近似' } },
      ],
    }),
  },
  apply: (g, x, config) => g.gelu(x, config.approximate),
});
