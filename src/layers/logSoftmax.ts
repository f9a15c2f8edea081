import { same } from '../text.ts';
import { alongAxis } from './alongAxis.ts';

export const logSoftmax = alongAxis(
  { type: 'logSoftmax', icon: { lines: 'M2.5 1.8v12.4M5 14.2C5.5 7.5 8.5 4.5 14.2 3.6' } },
  same('LogSoftmax'),
  'xᵢ − log Σ eˣⱼ',
  {
    en: 'The logarithm of softmax, computed without overflow.',
    zh: 'softmax 的对数，计算时不会溢出。',
  },
  ['log probabilities', 'nll', '对数概率'],
  { tex: [String.raw`y_i = x_i - \log \sum_j e^{x_j}`] },
  (g, x, at) => g.logSoftmax(x, at),
);
