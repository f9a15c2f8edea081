import { int, sizes } from './config.ts';

/** Settings of every convolution. */
export const kernelConfig = {
  outChannels: int({
    label: { en: 'Output channels', zh: '输出通道数' },
    help: { en: 'Number of output channels; each has one kernel', zh: '输出通道的个数，每个通道对应一个卷积核' },
    default: 16,
    min: 1,
    max: 65_536,
  }),
  kernelSize: sizes({
    label: { en: 'Kernel', zh: '卷积核' },
    help: { en: 'Height and width of the kernel', zh: '卷积核的高和宽' },
    default: [3, 3],
  }),
  dilation: sizes({
    label: { en: 'Dilation', zh: '空洞率' },
    help: { en: 'Spacing between kernel elements; 1 means no gaps', zh: '卷积核元素的间距；1 表示没有间隔' },
    default: [1, 1],
    advanced: true,
  }),
  groups: int({
    label: { en: 'Groups', zh: '分组' },
    help: {
      en: 'Splits the channels into independent groups; as many groups as channels gives a depthwise convolution',
      zh: '把通道分成相互独立的组；组数等于通道数时为深度卷积',
    },
    default: 1,
    min: 1,
    max: 65_536,
    advanced: true,
  }),
};
