import { same } from '../text.ts';
import { activation } from './activation.ts';
import { float } from './config.ts';

export const softplus = activation({
  type: 'softplus',
  icon: { lines: 'M1.5 12.8C7 12.8 9.5 9.5 14 3M1.5 14.8h13' },
  title: same('Softplus'),
  summary: () => 'log(1 + eᵝˣ)/β',
  doc: {
    en: 'log(1 + e^(βx))/β: a smooth ReLU, always positive. Above the threshold of β·x it equals x.',
    zh: 'log(1 + e^(βx))/β：光滑的 ReLU，恒为正。β·x 超过阈值时等于 x。',
  },
  keywords: ['smooth relu', '光滑'],
  formula: () => ({
    tex: [String.raw`y = \frac{1}{\beta} \log \bigl( 1 + e^{\beta x} \bigr)`],
    where: {
      en: String.raw`$y = x$ where $\beta x$ exceeds the threshold`,
      zh: String.raw`$\beta x$ 超过阈值时 $y = x$`,
    },
  }),
  config: {
    beta: float({
      label: { en: 'Beta', zh: '系数 β' },
      help: { en: 'Sharpness of the bend', zh: '弯曲处的陡峭程度' },
      default: 1,
      min: 0.001,
      max: 100,
      step: 0.5,
    }),
    threshold: float({
      label: { en: 'Threshold', zh: '阈值' },
      help: { en: 'Above this β·x, the output is x', zh: 'β·x 超过此值时，输出为 x' },
      default: 20,
      min: 0,
      max: 1000,
      step: 1,
      advanced: true,
    }),
  },
  apply(g, x, { beta, threshold }) {
    const scaled = beta === 1 ? x : g.mul(x, g.scalar(beta));
    const soft = g.softplus(scaled);
    const smooth = beta === 1 ? soft : g.mul(soft, g.scalar(1 / beta));
    return g.where(g.greater(scaled, g.scalar(threshold)), x, smooth);
  },
});
