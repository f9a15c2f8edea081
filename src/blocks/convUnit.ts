import { bool, int, padding, pairText, shortPair, sizes } from '../layers/config.ts';
import { defineBlock } from './block.ts';
import { channels, convStyle } from './fields.ts';
import { Sketch, X } from './sketch.ts';

/** Convolution, batch norm and ReLU, which papers often draw as one box. */
export const convUnit = defineBlock({
  type: 'convUnit',
  icon: { lines: 'M4 2.5h8v3H4zM4 8.5h8v3H4zM8 5.5v3M8 11.5v2.5' },
  title: { en: 'Conv unit', zh: '卷积单元' },
  category: 'blocks',
  stem: 'unit',
  keywords: ['conv bn relu'],
  paper: 'Ioffe and Szegedy 2015, Batch Normalization',
  doc: {
    en: 'Convolution, batch norm and ReLU, often drawn as one box in papers: C×H×W → F×H′×W′. Batch norm and ReLU are optional; with batch norm there is no bias, because batch norm subtracts it.',
    zh: '卷积层、批量规范化和 ReLU，论文中常画作一个方框：C×H×W → F×H′×W′。批量规范化与 ReLU 均为可选；使用批量规范化时没有偏置，因为偏置会被减去。',
  },
  config: {
    channels: channels(64),
    kernelSize: sizes({ label: { en: 'Kernel', zh: '卷积核' }, default: [3, 3] }),
    stride: sizes({ label: { en: 'Stride', zh: '步幅' }, default: [1, 1] }),
    padding: padding({ label: { en: 'Padding', zh: '填充' }, default: [1, 1], min: 0, max: 512 }),
    groups: int({ label: { en: 'Groups', zh: '分组' }, default: 1, min: 1, max: 65_536, advanced: true }),
    batchNorm: bool({ label: { en: 'Batch norm', zh: '批量规范化' }, default: true }),
    relu: bool({ label: { en: 'ReLU', zh: 'ReLU' }, default: true }),
    ...convStyle,
  },
  inputs: ['x'],
  outputs: ['y'],
  featuresKey: 'channels',
  summary({ channels, kernelSize, stride }) {
    const strided = stride.some((step) => step > 1);
    return {
      en: `${pairText(kernelSize)} · ${channels} channels${strided ? ` · stride ${shortPair(stride)}` : ''}`,
      zh: `${pairText(kernelSize)} · ${channels} 通道${strided ? ` · 步幅 ${shortPair(stride)}` : ''}`,
    };
  },
  draw({ channels: outChannels, kernelSize, stride, padding, groups, batchNorm, relu, eps, momentum, weightInit }) {
    const sketch = new Sketch();
    const conv = { outChannels, kernelSize, stride, padding, groups, bias: !batchNorm, weightInit };
    let row = 0;
    let y = sketch.add(
      'conv',
      'conv2d',
      conv,
      X,
      { row: row++ },
      {
        outChannels: 'channels',
        kernelSize: 'kernelSize',
        stride: 'stride',
        padding: 'padding',
        groups: 'groups',
      },
    );
    if (batchNorm) y = sketch.add('bn', 'batchNorm2d', { eps, momentum }, y, { row: row++ });
    if (relu) y = sketch.add('relu', 'relu', {}, y, { row });
    return sketch.finish({ y });
  },
});
