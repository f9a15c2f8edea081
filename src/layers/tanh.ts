import { same } from '../text.ts';
import { activation } from './activation.ts';

export const tanh = activation({
  type: 'tanh',
  icon: { lines: 'M1.5 13C8.5 13 7.5 3 14.5 3M1.5 8h2M12.5 8h2M8 1.5v1.8M8 12.7v1.8' },
  title: same('Tanh'),
  summary: () => 'tanh x',
  doc: {
    en: 'tanh x: maps values to (−1, 1), symmetric around 0. Its slope at 0 is 1.',
    zh: 'tanh x：将数值映射到 (−1, 1)，关于 0 对称。在 0 处导数为 1。',
  },
  keywords: ['hyperbolic tangent', '双曲正切'],
  formula: () => ({
    tex: [String.raw`y = \tanh x = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}`],
  }),
  config: {},
  flat: { middle: 0, far: 0.975, steepest: 1 },
  apply: (g, x) => g.tanh(x),
});
