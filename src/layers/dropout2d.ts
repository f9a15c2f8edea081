import { dropping } from './dropping.ts';

export const dropout2d = dropping(
  'dropout2d',
  { en: 'Dropout2d', zh: '通道暂退法' },
  {
    en: 'Dropout of whole channels: neighbouring pixels say much the same, so dropping single ones would change little.',
    zh: '整个通道一起丢弃：相邻像素的信息相近，只丢单个像素作用不大。',
  },
  ['spatial dropout', 'channel dropout', '空间丢弃', '通道丢弃'],
  {
    tex: [String.raw`y_{c,i,j} = \frac{m_c}{1 - p}\, x_{c,i,j},\quad P(m_c = 1) = 1 - p`],
    where: {
      en: 'while training, one fresh $m_c$ for a whole channel; predicting: $y = x$',
      zh: '训练时整个通道共用一个新的 $m_c$；预测时 $y = x$',
    },
    source: 'Tompson et al. 2015',
  },
  (x) => x.map((dim, i) => (i < 2 ? dim : 1)),
);
