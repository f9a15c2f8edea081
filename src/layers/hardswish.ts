import { same } from '../text.ts';
import { activation } from './activation.ts';

export const hardswish = activation({
  type: 'hardswish',
  icon: { lines: 'M1.5 10.5H4l2.4 2.7h1.8L14 2.5' },
  title: same('Hardswish'),
  summary: () => 'x·min(max(x + 3, 0), 6)/6',
  doc: {
    en: 'Piecewise approximation of SiLU, cheap enough for phones (MobileNetV3).',
    zh: 'SiLU 的分段近似，计算量小，适合手机（MobileNetV3）。',
  },
  keywords: ['swish', 'mobilenet', 'h-swish'],
  formula: () => ({
    tex: [String.raw`y = \frac{x}{6}\, \min(\max(x + 3,\, 0),\, 6)`],
    source: 'Howard et al. 2019',
  }),
  config: {},
  apply: (g, x) => g.hardSwish(x),
});
