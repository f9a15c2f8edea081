import { activation } from './activation.ts';

export const step = activation({
  type: 'step',
  icon: { lines: 'M1.5 12.5H8v-9h6.5' },
  title: { en: 'Step', zh: '阶跃' },
  summary: () => 'x > 0 ? 1 : 0',
  doc: {
    en: '1 for positive values, else 0: the neuron of McCulloch and Pitts (1943) and of Rosenblatt’s perceptron. Its slope is 0 everywhere, so no layer before it can be trained by gradients.',
    zh: '正数为 1，否则为 0：McCulloch 与 Pitts（1943）的神经元，也是 Rosenblatt 感知机的输出。导数处处为 0，因此它之前的层无法用梯度训练。',
  },
  keywords: ['heaviside', 'threshold', 'perceptron', 'mcculloch pitts', '阶跃函数', '感知机', '阈值'],
  formula: () => ({
    tex: [String.raw`y = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}`],
    source: 'McCulloch and Pitts 1943',
  }),
  config: {},
  flat: 'everywhere',
  apply: (g, x) => g.cast(g.greater(x, g.scalar(0)), 'float32'),
});
