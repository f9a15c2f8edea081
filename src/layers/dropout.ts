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
    en: 'While training, sets each number to 0 with probability p and divides the others by 1 − p; does nothing when predicting. Keeps units from relying on each other.',
    zh: '训练时以概率 p 把每个数置零，其余除以 1 − p；预测时什么也不做。使单元不彼此依赖。',
  },
  ['drop', 'regularization', '丢弃法', '随机失活', '随机丢弃'],
  {
    tex: [String.raw`y_i = \frac{m_i}{1 - p}\, x_i,\quad P(m_i = 1) = 1 - p`],
    where: {
      en: 'while training, a fresh $m_i$ for every number; predicting: $y = x$',
      zh: '训练时每个数各取一个新的 $m_i$；预测时 $y = x$',
    },
    source: 'Srivastava et al. 2014',
  },
  (x) => x,
);
