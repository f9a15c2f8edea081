import { bell } from './drawing.ts';
import { batchNorm } from './normalising.ts';

export const batchNorm1d = batchNorm(
  { type: 'batchNorm1d', icon: { lines: `${bell}M2 14.2h.01M6 14.2h.01M10 14.2h.01M14 14.2h.01` } },
  { en: 'BatchNorm1d', zh: '批量规范化（一维）' },
  { expected: 'C', ranks: [1, 2], other: 'batchNorm2d' },
  {
    en: 'Batch normalisation of features: each is shifted and scaled to mean 0 and variance 1 over the batch, then by a learned γ and β. Stands behind fully connected layers.',
    zh: '对特征做批量规范化：每个特征在批量上规范化为均值 0、方差 1，再乘以学到的 γ 加 β。用在全连接层之后。',
  },
);
