import { circle } from './drawing.ts';
import { dropping } from './dropping.ts';

export const dropout = dropping(
  {
    type: 'dropout',
    icon: {
      lines: 'M9.7 2.7l3.6 3.6M13.3 2.7 9.7 6.3M2.7 9.7l3.6 3.6M6.3 9.7l-3.6 3.6',
      solid: circle(4.5, 4.5, 2.3) + circle(11.5, 11.5, 2.3),
    },
  },
  { en: 'Dropout', zh: '暂退法' },
  {
    en: 'During training, sets each value to 0 with probability p and divides the others by 1 − p. Has no effect during prediction. Keeps units from relying on each other; used after fully connected layers to reduce overfitting.',
    zh: '训练时以概率 p 将每个值置零，其余除以 1 − p；预测时不起作用。避免单元之间相互依赖；用于全连接层之后，以减轻过拟合。',
  },
  ['drop', 'regularization', '丢弃法', '随机失活', '随机丢弃'],
  {
    tex: [String.raw`y_i = \frac{m_i}{1 - p}\, x_i,\quad P(m_i = 1) = 1 - p`],
    where: {
      en: 'training: a new random $m_i$ for each value; prediction: $y = x$',
      zh: '训练时每个值各取一个新的随机数 $m_i$；预测时 $y = x$',
    },
    source: 'Srivastava et al. 2014',
  },
  (x) => x,
);
