import { dropping } from './dropping.ts';

export const dropout2d = dropping(
  {
    type: 'dropout2d',
    icon: {
      lines: 'M2 2h5.5v5.5H2zM8.5 8.5H14V14H8.5zM9.3 2.2l4.4 4.4M13.7 2.2 9.3 6.6M2.3 9.4l4.4 4.4M6.7 9.4l-4.4 4.4',
      solid: 'M2 2h5.5v5.5H2zM8.5 8.5H14V14H8.5z',
    },
    aliases: ['spatialdropout2d'],
  },
  { en: 'Dropout2d', zh: '通道暂退法' },
  {
    en: 'Dropout of whole channels: C×H×W keeps its shape. Used after convolutions, where neighboring pixels are similar and dropping single pixels has little effect.',
    zh: '以整个通道为单位的暂退法，形状 C×H×W 不变。用于卷积层之后：相邻像素的信息相近，只丢弃单个像素作用不大。',
  },
  ['spatial dropout', 'channel dropout', '空间丢弃', '通道丢弃'],
  {
    tex: [String.raw`y_{c,i,j} = \frac{m_c}{1 - p}\, x_{c,i,j},\quad P(m_c = 1) = 1 - p`],
    where: {
      en: 'training: one new random $m_c$ per channel; prediction: $y = x$',
      zh: '训练时每个通道取一个新的随机数 $m_c$；预测时 $y = x$',
    },
    source: 'Tompson et al. 2015',
  },
  (x) => x.map((dim, i) => (i < 2 ? dim : 1)),
);
