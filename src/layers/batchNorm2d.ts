import { bell } from './drawing.ts';
import { batchNorm } from './normalizing.ts';

export const batchNorm2d = batchNorm(
  {
    type: 'batchNorm2d',
    icon: { lines: `${bell}M1.5 14.2h13` },
    aliases: ['batchnorm', 'batchnormalization'],
    // One group goes with any number of channels.
    overBatch: { instead: { layer: 'groupNorm', config: { groups: 1 } } },
  },
  { en: 'BatchNorm2d', zh: '批量规范化（二维）' },
  { expected: 'C×H×W', ranks: [3], other: 'batchNorm1d' },
  {
    en: 'Normalizes each channel to mean 0 and variance 1 over the batch and all positions, then applies a learned scale γ and shift β. Prediction uses running statistics instead of the batch. Networks train faster and with larger learning rates.',
    zh: '将每个通道在小批量与所有位置上规范化为均值 0、方差 1，再乘以拉伸参数 γ、加上偏移参数 β（均可学习）。预测时用移动平均代替小批量统计量。可加快训练，并允许更大的学习率。',
  },
);
