import { same } from '../text.ts';
import { activation } from './activation.ts';

export const silu = activation({
  type: 'silu',
  title: same('SiLU'),
  formula: () => 'x·sigmoid(x)',
  doc: {
    en: 'x·sigmoid(x), also called swish: smooth, and slightly negative for small negative numbers.',
    zh: 'x·sigmoid(x)，又称 swish：光滑，在小的负数处略为负值。',
  },
  config: {},
  apply: (g, x) => g.silu(x),
});
