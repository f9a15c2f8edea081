import { bool, float, int } from '../layers/config.ts';
import { circle } from '../layers/drawing.ts';
import { defineBlock } from './block.ts';
import { bias, channels, count, eps, momentum, notImage, square, weightInit } from './fields.ts';
import { Sketch, type Source, X } from './sketch.ts';

const paper = 'Huang, Liu, van der Maaten and Weinberger 2016, Densely Connected Convolutional Networks';

const growth = channels(32, { en: 'Growth rate', zh: '增长率' });
const narrow = bool({
  label: { en: 'Bottleneck', zh: '瓶颈' },
  help: {
    en: '1×1 convolution to 4 × growth channels before the 3×3 convolution',
    zh: '在 3×3 卷积之前，用 1×1 卷积将通道数变为 4 × 增长率',
  },
  default: false,
});
const shared = { growth, narrow, bias, eps, momentum, weightInit };

/** Bottleneck channels of DenseNet-B, as a multiple of the growth rate. */
const WIDTH = 4;

export const denseLayer = defineBlock({
  type: 'denseLayer',
  icon: { lines: 'M2 8h3M5 5.5h4v5H5zM9 8h5M3.5 8c0-6.5 8.5-6.5 8.5 0' },
  title: { en: 'Dense layer', zh: '稠密层' },
  category: 'blocks',
  stem: 'layer',
  keywords: ['densenet'],
  paper,
  doc: {
    en: 'Batch norm, ReLU and a 3×3 convolution that computes a few new channels from all earlier ones: C×H×W → growth rate×H×W. Part of a dense block.',
    zh: '批量规范化、ReLU 与 3×3 卷积，由之前的全部通道计算少量新通道：C×H×W → 增长率×H×W。用于稠密块。',
  },
  config: shared,
  inputs: ['x'],
  outputs: ['y'],
  featuresKey: 'growth',
  summary: ({ growth, narrow }) => ({
    en: `${narrow ? '1×1 · ' : ''}3×3 · ${growth} channels`,
    zh: `${narrow ? '1×1 · ' : ''}3×3 · ${growth} 通道`,
  }),
  draw({ growth, narrow, bias, eps, momentum, weightInit }) {
    const sketch = new Sketch();
    const conv = { outChannels: growth, kernelSize: square(3), padding: square(1), bias, weightInit };
    const exposed = { outChannels: 'growth' };
    if (!narrow) {
      let y = sketch.add('bn', 'batchNorm2d', { eps, momentum }, X, { row: 0 });
      y = sketch.add('relu', 'relu', {}, y, { row: 1 });
      return sketch.finish({ y: sketch.add('conv', 'conv2d', conv, y, { row: 2 }, exposed) });
    }
    const squeeze = { outChannels: WIDTH * growth, kernelSize: square(1), bias, weightInit };
    let y = sketch.add('norm1', 'batchNorm2d', { eps, momentum }, X, { row: 0 });
    y = sketch.add('relu1', 'relu', {}, y, { row: 1 });
    y = sketch.add('conv1', 'conv2d', squeeze, y, { row: 2 });
    y = sketch.add('norm2', 'batchNorm2d', { eps, momentum }, y, { row: 3 });
    y = sketch.add('relu2', 'relu', {}, y, { row: 4 });
    return sketch.finish({ y: sketch.add('conv2', 'conv2d', conv, y, { row: 5 }, exposed) });
  },
});

/** Layers per column before the next pair of columns begins. */
const COLUMN = 6;

export const dense = defineBlock({
  type: 'dense',
  icon: {
    lines: 'M1.5 11h13M3 11c0-4 4-4 4 0M3 11c0-10 9.5-10 9.5 0M7 11c0-4.5 5.5-4.5 5.5 0',
    solid: circle(3, 11, 1.3) + circle(7, 11, 1.3) + circle(12.5, 11, 1.3),
  },
  title: { en: 'Dense block', zh: '稠密块' },
  category: 'blocks',
  stem: 'dense',
  keywords: ['densenet'],
  paper,
  doc: {
    en: 'Each layer receives the outputs of all earlier layers and concatenates its own channels to them: C×H×W → (C + layers · growth rate)×H×W. Used in DenseNet.',
    zh: '每一层以前面所有层的输出为输入，并在通道维上连结自己的输出：C×H×W → (C + 层数·增长率)×H×W。用于 DenseNet。',
  },
  config: { layers: count({ en: 'Layers', zh: '层数' }, 4), ...shared },
  inputs: ['x'],
  outputs: ['y'],
  summary: ({ layers, growth }) => ({
    en: `${layers} layers · growth rate ${growth}`,
    zh: `${layers} 层 · 增长率 ${growth}`,
  }),
  draw({ layers, ...config }) {
    const sketch = new Sketch();
    const exposed = { growth: 'growth' };
    let all: Source = X;
    for (let i = 0; i < layers; i++) {
      const [column, row] = [2 * Math.floor(i / COLUMN), 2 * (i % COLUMN)];
      const made = sketch.add(`layer${i + 1}`, 'denseLayer', config, all, { column: column + 0.8, row }, exposed);
      all = sketch.add(`concat${i + 1}`, 'concat', {}, [all, made], { column, row: row + 1 });
    }
    return sketch.finish({ y: { node: `concat${layers}`, port: 'y' } });
  },
});

export const transition = defineBlock({
  type: 'transition',
  icon: { lines: 'M2.5 2.5h11L10 8v5.5H6V8z' },
  title: { en: 'Transition', zh: '过渡层' },
  category: 'blocks',
  stem: 'trans',
  keywords: ['densenet'],
  paper,
  doc: {
    en: 'Used between dense blocks: a 1×1 convolution halves the channels and average pooling halves height and width, which limits the size of the network.',
    zh: '位于稠密块之间：1×1 卷积使通道数减半，平均汇聚使高和宽减半，以控制网络规模。',
  },
  config: {
    compression: float({
      label: { en: 'Compression', zh: '压缩率' },
      help: { en: 'Fraction of the channels kept', zh: '保留的通道比例' },
      default: 0.5,
      min: 0.01,
      max: 1,
      step: 0.1,
    }),
    pool: int({ label: { en: 'Pooling', zh: '汇聚' }, default: 2, min: 1, max: 64, advanced: true }),
    bias,
    eps,
    momentum,
    weightInit,
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: ({ compression }) => ({
    en: `Channels × ${compression}, half size`,
    zh: `通道数 × ${compression}，高宽减半`,
  }),
  draw({ compression, pool, bias, eps, momentum, weightInit }, { x }) {
    const wrong = notImage(x);
    if (wrong !== null) return wrong;
    const outChannels = Math.max(1, Math.floor(x[0] * compression));
    const sketch = new Sketch();
    let y = sketch.add('bn', 'batchNorm2d', { eps, momentum }, X, { row: 0 });
    y = sketch.add('relu', 'relu', {}, y, { row: 1 });
    y = sketch.add('conv', 'conv2d', { outChannels, kernelSize: square(1), bias, weightInit }, y, { row: 2 });
    const halve = { kernelSize: square(pool), stride: square(pool) };
    return sketch.finish({ y: sketch.add('pool', 'avgPool2d', halve, y, { row: 3 }) });
  },
});
