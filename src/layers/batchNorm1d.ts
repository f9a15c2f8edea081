import { bell } from './drawing.ts';
import { batchNorm } from './normalizing.ts';

export const batchNorm1d = batchNorm(
  {
    type: 'batchNorm1d',
    icon: { lines: `${bell}M2 14.2h.01M6 14.2h.01M10 14.2h.01M14 14.2h.01` },
    takesRows: true,
    overBatch: { instead: { layer: 'layerNorm', config: {} } },
  },
  { en: 'BatchNorm1d', zh: '批量规范化（一维）' },
  { expected: 'C', ranks: [1, 2], other: 'batchNorm2d' },
  {
    en: 'Batch normalization of features: normalizes each feature to mean 0 and variance 1 over the batch, then applies a learned scale γ and shift β. Used after fully connected layers.',
    zh: '特征的批量规范化：将每个特征在小批量上规范化为均值 0、方差 1，再乘以拉伸参数 γ、加上偏移参数 β（均可学习）。用于全连接层之后。',
  },
);
