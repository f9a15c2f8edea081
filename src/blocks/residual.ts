import { bool, type ConfigOf } from '../layers/config.ts';
import type { Shape } from '../layers/layer.ts';
import { defineBlock } from './block.ts';
import { channels, notImage, square } from './fields.ts';
import { drawShortcut, residualFields } from './residualFields.ts';
import { Sketch, type Source, X } from './sketch.ts';

const config = {
  channels: channels(64),
  ...residualFields,
  preActivation: bool({
    label: { en: 'Pre-activation', zh: '预激活' },
    help: {
      en: 'Batch norm and ReLU before the convolutions; no activation after the addition',
      zh: '批量规范化与 ReLU 在卷积之前，相加之后没有激活函数',
    },
    default: false,
  }),
};
type Config = ConfigOf<typeof config>;

export const residual = defineBlock({
  type: 'residual',
  icon: { lines: 'M7 1.5v2M3.5 3.5h7v3h-7zM3.5 8.5h7v3h-7zM7 6.5v2M7 11.5v3M7 2.3h6.5v11H7' },
  title: { en: 'Residual block', zh: '残差块' },
  category: 'blocks',
  stem: 'block',
  keywords: ['resnet', '残差连接'],
  paper:
    'He et al. 2015, Deep Residual Learning for Image Recognition; He et al. 2016, Identity Mappings in Deep Residual Networks',
  doc: {
    en: 'Two 3×3 convolutions learn a residual that is added to the input: y = x + f(x). If the shape changes, a 1×1 convolution converts x. Gradients reach early layers through the shortcut, so much deeper networks can be trained.',
    zh: '两个 3×3 卷积层学习残差，再与输入相加：y = x + f(x)。形状改变时，用 1×1 卷积转换 x 的形状。梯度可经捷径到达前面的层，因此能训练深得多的网络。',
  },
  config,
  inputs: ['x'],
  outputs: ['y'],
  featuresKey: 'channels',
  summary: ({ channels, stride }) => ({
    en: `3×3 · 3×3 · ${channels}${stride > 1 ? ` · stride ${stride}` : ' channels'}`,
    zh: `3×3 · 3×3 · ${channels} 通道${stride > 1 ? ` · 步幅 ${stride}` : ''}`,
  }),
  draw: (config, { x }) => notImage(x) ?? (config.preActivation ? drawBefore(config, x) : drawAfter(config, x)),
});

const exposed = { outChannels: 'channels' };
const convOf = ({ channels: outChannels, bias, weightInit }: Config, stride: number) => ({
  outChannels,
  kernelSize: square(3),
  stride: square(stride),
  padding: square(1),
  bias,
  weightInit,
});

const summed = (sketch: Sketch, y: Source, past: Source | null, row: number): Source =>
  past === null ? y : sketch.add('add', 'add', {}, [y, past], { row });

/** Post-activation: convolution, norm, ReLU, with the last ReLU after the addition. */
function drawAfter(config: Config, x: Shape) {
  const { channels, eps, momentum } = config;
  const sketch = new Sketch();
  let y: Source = sketch.add('conv1', 'conv2d', convOf(config, config.stride), X, { row: 0 }, exposed);
  y = sketch.add('bn1', 'batchNorm2d', { eps, momentum }, y, { row: 1 });
  y = sketch.add('relu1', 'relu', {}, y, { row: 2 });
  y = sketch.add('conv2', 'conv2d', convOf(config, 1), y, { row: 3 }, exposed);
  y = sketch.add('bn2', 'batchNorm2d', { eps, momentum }, y, { row: 4 });
  y = summed(sketch, y, drawShortcut(sketch, config, { from: X, x, channels, row: 2 }), 5);
  return sketch.finish({ y: sketch.add('relu2', 'relu', {}, y, { row: 6 }) });
}

/** Pre-activation: norm, ReLU, convolution; a projection takes the activated input. */
function drawBefore(config: Config, x: Shape) {
  const { channels, eps, momentum } = config;
  const sketch = new Sketch();
  let y = sketch.add('bn1', 'batchNorm2d', { eps, momentum }, X, { row: 0 });
  const active = sketch.add('relu1', 'relu', {}, y, { row: 1 });
  y = sketch.add('conv1', 'conv2d', convOf(config, config.stride), active, { row: 2 }, exposed);
  y = sketch.add('bn2', 'batchNorm2d', { eps, momentum }, y, { row: 3 });
  y = sketch.add('relu2', 'relu', {}, y, { row: 4 });
  y = sketch.add('conv2', 'conv2d', convOf(config, 1), y, { row: 5 }, exposed);
  const past = drawShortcut(sketch, config, { from: active, x, channels, row: 4, bare: true });
  if (past === null) return sketch.finish({ y });
  return sketch.finish({ y: sketch.add('add', 'add', {}, [y, past === active ? X : past], { row: 6 }) });
}
