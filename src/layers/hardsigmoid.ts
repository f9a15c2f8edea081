import { same } from '../text.ts';
import { activation } from './activation.ts';

export const hardsigmoid = activation({
  type: 'hardsigmoid',
  icon: { lines: 'M1.5 13h3l7-10h3' },
  title: same('Hardsigmoid'),
  summary: () => 'min(max(0, x/6 + 1/2), 1)',
  doc: {
    en: 'Piecewise linear approximation of the sigmoid, cheap enough for phones (MobileNetV3). Outside of −3 to 3 its slope is 0.',
    zh: 'sigmoid 的分段线性近似，计算量小，适合手机（MobileNetV3）。在 −3 到 3 之外导数为 0。',
  },
  keywords: ['hard sigmoid', 'mobilenet', 'h-sigmoid'],
  formula: () => ({
    tex: [String.raw`y = \min\left(\max\left(0,\, \frac{x}{6} + \frac{1}{2}\right),\, 1\right)`],
    source: 'Howard et al. 2019',
  }),
  config: {},
  flat: { middle: 0.5, far: 0.499, steepest: 1 / 6 },
  apply: (g, x) => g.hardSigmoid(x, 1 / 6, 0.5),
});
