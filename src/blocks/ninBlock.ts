import { int } from '../layers/config.ts';
import { defineBlock } from './block.ts';
import { channels, kernel, square, stride, weightInit } from './fields.ts';
import { Sketch, X } from './sketch.ts';

export const ninBlock = defineBlock({
  type: 'ninBlock',
  icon: { lines: 'M2.5 1.8h11v4.4h-11zM5.5 8.2h5v2h-5zM5.5 12.2h5v2h-5z' },
  title: { en: 'NiN block', zh: 'NiN 块' },
  category: 'blocks',
  stem: 'nin',
  keywords: ['network in network'],
  paper: 'Lin, Chen and Yan 2013, Network in Network',
  doc: {
    en: 'A convolution and two 1×1 convolutions, each with ReLU. They act as a small fully connected network over the channels of each pixel: C×H×W → F×H′×W′.',
    zh: '一个卷积层后接两个 1×1 卷积层，各接 ReLU：相当于在每个像素的通道上使用一个小的全连接网络。C×H×W → F×H′×W′。',
  },
  config: {
    channels: channels(96),
    kernelSize: kernel(3),
    stride,
    padding: int({ label: { en: 'Padding', zh: '填充' }, default: 1, min: 0, max: 512 }),
    weightInit,
  },
  inputs: ['x'],
  outputs: ['y'],
  featuresKey: 'channels',
  summary: ({ channels, kernelSize: k }) => ({
    en: `${k}×${k} · 1×1 · 1×1 · ${channels} channels`,
    zh: `${k}×${k} · 1×1 · 1×1 · ${channels} 通道`,
  }),
  draw({ channels: outChannels, kernelSize, stride, padding, weightInit }) {
    const sketch = new Sketch();
    const conv = {
      outChannels,
      kernelSize: square(kernelSize),
      stride: square(stride),
      padding: square(padding),
      weightInit,
    };
    const mix = { outChannels, kernelSize: square(1), weightInit };
    const exposed = { outChannels: 'channels' };
    let y = sketch.add('conv', 'conv2d', conv, X, { row: 0 }, exposed);
    y = sketch.add('relu1', 'relu', {}, y, { row: 1 });
    y = sketch.add('conv1x1_1', 'conv2d', mix, y, { row: 2 }, exposed);
    y = sketch.add('relu2', 'relu', {}, y, { row: 3 });
    y = sketch.add('conv1x1_2', 'conv2d', mix, y, { row: 4 }, exposed);
    return sketch.finish({ y: sketch.add('relu3', 'relu', {}, y, { row: 5 }) });
  },
});
