import { bool, float, int } from '../layers/config.ts';
import type { Problem, Shape } from '../layers/layer.ts';
import { ofShape, rankProblem } from '../layers/problems.ts';
import { weightConfig } from '../layers/weightConfig.ts';
import type { Text } from '../text.ts';

const CHANNELS = { min: 1, max: 65_536 };

export const channels = (value: number, label: Text = { en: 'Channels', zh: '通道数' }) =>
  int({ label, default: value, ...CHANNELS });

/** Like `channels`, but 0 removes the part. */
export const optionalChannels = (value: number, label: Text, help: Text) =>
  int({ label, help, default: value, min: 0, max: CHANNELS.max });

export const count = (label: Text, value: number) => int({ label, default: value, min: 1, max: 256 });

export const kernel = (value: number) =>
  int({ label: { en: 'Kernel', zh: '卷积核' }, default: value, min: 1, max: 512 });

export const stride = int({ label: { en: 'Stride', zh: '步幅' }, default: 1, min: 1, max: 512 });

export const batchNorm = bool({
  label: { en: 'Batch norm', zh: '批量规范化' },
  help: { en: 'After every convolution', zh: '每个卷积层之后' },
  default: false,
});

/** Off by default: batch norm subtracts the mean and with it any bias before it. */
export const bias = { ...weightConfig.bias, default: false, advanced: true };

export const weightInit = weightConfig.weightInit;

export const eps = float({
  label: { en: 'Epsilon', zh: '小常数 ε' },
  help: { en: 'Constant added to the variance in batch norm', zh: '批量规范化中加到方差上的数' },
  default: 1e-5,
  min: 1e-12,
  max: 1,
  step: 1e-5,
  advanced: true,
});

export const momentum = float({
  label: { en: 'Momentum', zh: '动量' },
  help: {
    en: 'Weight of the new batch in the running statistics of batch norm',
    zh: '批量规范化中新的小批量在移动统计量中的权重',
  },
  default: 0.1,
  min: 0,
  max: 1,
  step: 0.05,
  advanced: true,
});

/** Config of convolutions with batch norm. */
export const convStyle = { eps, momentum, weightInit };

export const square = (size: number): [number, number] => [size, size];

/** Padding that keeps the size at stride 1: an even kernel needs one more row or column after than before. */
export const keepingSize = (kernel: readonly [number, number]): [number, number] | 'same' =>
  kernel.some((size) => size % 2 === 0) ? 'same' : [Math.floor(kernel[0] / 2), Math.floor(kernel[1] / 2)];

/** The problem of an input that is not an image; null if it is one. */
export function notImage(x: Shape, port = 'x'): { problems: readonly Problem[] } | null {
  return x.length === 3 ? null : { problems: [rankProblem(ofShape('C×H×W'), x, port, [])] };
}
