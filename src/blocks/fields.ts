import { bool, float, int } from '../layers/config.ts';
import type { Problem, Shape } from '../layers/layer.ts';
import { ofShape, rankProblem } from '../layers/problems.ts';
import { weightConfig } from '../layers/weightConfig.ts';
import type { Text } from '../text.ts';

const CHANNELS = { min: 1, max: 65_536 };

export const channels = (value: number, label: Text = { en: 'Channels', zh: '通道数' }) =>
  int({ label, default: value, ...CHANNELS });

/** As `channels`, where 0 leaves the part out. */
export const optionalChannels = (value: number, label: Text, help: Text) =>
  int({ label, help, default: value, min: 0, max: CHANNELS.max });

export const count = (label: Text, value: number) => int({ label, default: value, min: 1, max: 256 });

export const kernel = (value: number) =>
  int({ label: { en: 'Kernel', zh: '卷积核' }, default: value, min: 1, max: 512 });

export const stride = int({ label: { en: 'Stride', zh: '步幅' }, default: 1, min: 1, max: 512 });

export const batchNorm = bool({
  label: { en: 'Batch norm', zh: '批量规范化' },
  help: { en: 'after every convolution', zh: '每个卷积层之后' },
  default: false,
});

/** Batch norm takes the mean away, and a bias before it with it. */
export const bias = { ...weightConfig.bias, default: false, advanced: true };

export const weightInit = weightConfig.weightInit;

export const eps = float({
  label: { en: 'Epsilon', zh: '小常数 ε' },
  help: { en: 'of batch norm: added to the variance', zh: '批量规范化中加到方差上的数' },
  default: 1e-5,
  min: 1e-12,
  max: 1,
  step: 1e-5,
  advanced: true,
});

export const momentum = float({
  label: { en: 'Momentum', zh: '动量' },
  help: {
    en: 'of batch norm: share of the new batch in the running statistics',
    zh: '批量规范化中新批量在移动统计量里的占比',
  },
  default: 0.1,
  min: 0,
  max: 1,
  step: 0.05,
  advanced: true,
});

export const square = (size: number): [number, number] => [size, size];

/** Padding with which a kernel keeps the size at stride 1: an even one has a cell more after than before. */
export const keepingSize = (kernel: readonly [number, number]): [number, number] | 'same' =>
  kernel.some((size) => size % 2 === 0) ? 'same' : [Math.floor(kernel[0] / 2), Math.floor(kernel[1] / 2)];

/** A block of pictures given something else. */
export function notPicture(x: Shape, port = 'x'): { problems: readonly Problem[] } | null {
  return x.length === 3 ? null : { problems: [rankProblem(ofShape('C×H×W'), x, port, [])] };
}
