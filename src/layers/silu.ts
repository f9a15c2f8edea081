import { same } from '../text.ts';
import { activation } from './activation.ts';

export const silu = activation({
  type: 'silu',
  icon: { lines: 'M1.5 10c2.6 0 3.3 3.6 5.6 3.6C10.2 13.6 10.4 8 14 2.5M1.5 6.5h1.6M5.1 6.5h1.6' },
  aliases: ['swish'],
  title: same('SiLU'),
  summary: () => 'x·sigmoid(x)',
  doc: {
    en: 'x·sigmoid(x), also called swish: smooth, and slightly negative for small negative values.',
    zh: 'x·sigmoid(x)，又称 swish：光滑，输入为较小的负值时输出略小于 0。',
  },
  keywords: ['swish', 'sigmoid linear unit'],
  formula: () => ({
    tex: [String.raw`y = x\, \sigma(x) = \frac{x}{1 + e^{-x}}`],
    source: 'Elfwing, Uchibe and Doya 2017',
  }),
  config: {},
  apply: (g, x) => g.silu(x),
});
