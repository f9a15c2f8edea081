import { defineBlock } from './block.ts';
import { batchNorm, channels, convStyle, count, square } from './fields.ts';
import { Sketch, type Source, X } from './sketch.ts';

export const vggBlock = defineBlock({
  type: 'vggBlock',
  icon: { lines: 'M3.5 1.8h9v2.8h-9zM3.5 6.2h9v2.8h-9zM5.5 11h5v3h-5z' },
  title: { en: 'VGG block', zh: 'VGG 块' },
  category: 'blocks',
  stem: 'vgg',
  paper: 'Simonyan and Zisserman 2014, Very Deep Convolutional Networks for Large-Scale Image Recognition',
  doc: {
    en: 'A sequence of 3×3 convolutions that keep height and width, each with ReLU, then 2×2 max pooling that halves them: C×H×W → F×H/2×W/2. Two 3×3 convolutions have a receptive field of 5×5 with fewer weights than one 5×5.',
    zh: '若干个保持高和宽的 3×3 卷积层，各接 ReLU，最后是使高和宽减半的 2×2 最大汇聚层：C×H×W → F×H/2×W/2。两个 3×3 卷积层的感受野为 5×5，权重却少于一个 5×5 卷积层。',
  },
  config: {
    convs: count({ en: 'Convolutions', zh: '卷积层数' }, 2),
    channels: channels(128),
    batchNorm,
    ...convStyle,
  },
  inputs: ['x'],
  outputs: ['y'],
  featuresKey: 'channels',
  summary: ({ convs, channels }) => ({
    en: `${convs} × 3×3 · ${channels} channels`,
    zh: `${convs} × 3×3 · ${channels} 通道`,
  }),
  draw(config) {
    const sketch = new Sketch();
    const conv = { outChannels: config.channels, kernelSize: square(3), padding: square(1) };
    const { batchNorm: normed, eps, momentum, weightInit } = config;
    let row = 0;
    let at: Source = X;
    for (let i = 1; i <= config.convs; i++) {
      at = sketch.add(`conv${i}`, 'conv2d', { ...conv, bias: !normed, weightInit }, at, { row: row++ }, channelsOf);
      if (normed) at = sketch.add(`bn${i}`, 'batchNorm2d', { eps, momentum }, at, { row: row++ });
      at = sketch.add(`relu${i}`, 'relu', {}, at, { row: row++ });
    }
    return sketch.finish({ y: sketch.add('pool', 'maxPool2d', {}, at, { row }) });
  },
});

const channelsOf = { outChannels: 'channels' };
