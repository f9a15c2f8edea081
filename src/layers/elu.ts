import { same } from '../text.ts';
import { activation } from './activation.ts';
import { float } from './config.ts';

const alpha = {
  alpha: float({
    label: { en: 'Alpha', zh: '系数 α' },
    help: { en: 'Minimum of the output is −α', zh: '输出的最小值为 −α' },
    default: 1,
    min: 0.001,
    max: 10,
    step: 0.1,
  }),
};

export const elu = activation({
  type: 'elu',
  icon: { lines: 'M1.5 13.4C5.2 13.4 7 12 8.2 9.6L12.5 2' },
  title: same('ELU'),
  summary: () => 'x or α(eˣ − 1)',
  doc: {
    en: 'x for positive values, α(eˣ − 1) for negative ones. Smooth, with a mean output closer to 0 than that of ReLU.',
    zh: '正值保持不变，负值变为 α(eˣ − 1)。光滑，输出的均值比 ReLU 更接近 0。',
  },
  keywords: ['exponential linear unit', '指数线性单元'],
  formula: () => ({
    tex: [String.raw`y = \begin{cases} x & x > 0 \\ \alpha\, (e^{x} - 1) & x \le 0 \end{cases}`],
    source: 'Clevert, Unterthiner and Hochreiter 2015',
  }),
  config: alpha,
  apply: (g, x, config) => g.elu(x, config.alpha),
});
