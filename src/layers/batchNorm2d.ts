import { bell } from './drawing.ts';
import { batchNorm } from './normalising.ts';

export const batchNorm2d = batchNorm(
  { type: 'batchNorm2d', icon: { lines: `${bell}M1.5 14.2h13` }, aliases: ['batchnorm', 'batchnormalization'] },
  { en: 'BatchNorm2d', zh: '批量规范化（二维）' },
  { expected: 'C×H×W', ranks: [3], other: 'batchNorm1d' },
  {
    en: 'Shifts and scales every channel to mean 0 and variance 1 over the batch and all places, then by a learned γ and β. When predicting it uses running means instead of the batch. Lets networks train faster and with larger learning rates.',
    zh: '对每个通道在批量与所有位置上规范化为均值 0、方差 1，再乘以学到的 γ 加 β。预测时用移动平均代替批量统计。使网络训练更快、可用更大的学习率。',
  },
);
