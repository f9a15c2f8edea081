import { choice, int } from '../layers/config.ts';
import { defineBlock } from './block.ts';
import { channels, notImage, optionalChannels, square } from './fields.ts';
import { drawShortcut, residualFields } from './residualFields.ts';
import { Sketch, type Source, X } from './sketch.ts';

export const bottleneck = defineBlock({
  type: 'bottleneck',
  icon: { lines: 'M3 2.5h8v2.3H3zM5 6.8h4v2.3H5zM3 11.1h8v2.3H3zM7 4.8v2M7 9.1v2M7 1.2h7v13.5H7' },
  title: { en: 'Bottleneck', zh: '瓶颈块' },
  category: 'blocks',
  stem: 'block',
  keywords: ['resnet'],
  paper: 'He et al. 2015, Deep Residual Learning for Image Recognition',
  doc: {
    en: 'A residual block for deep networks: a 1×1 convolution reduces the channels, a 3×3 convolution processes them, and a 1×1 convolution restores them. For 256×H×W it needs a sixteenth of the MACs of two 3×3 convolutions.',
    zh: '用于深层网络的残差块：先用 1×1 卷积减少通道，再用 3×3 卷积处理，最后用 1×1 卷积恢复通道。对 256×H×W，乘加次数只有两个 3×3 卷积的十六分之一。',
  },
  config: {
    width: channels(64, { en: 'Width', zh: '瓶颈宽度' }),
    expansion: int({
      label: { en: 'Expansion', zh: '扩张倍数' },
      help: { en: 'Output channels = width × expansion', zh: '输出通道数 = 瓶颈宽度 × 扩张倍数' },
      default: 4,
      min: 1,
      max: 64,
    }),
    outChannels: {
      ...optionalChannels(
        0,
        { en: 'Output channels', zh: '输出通道数' },
        { en: '0 means width × expansion', zh: '0 表示瓶颈宽度 × 扩张倍数' },
      ),
      advanced: true,
    },
    ...residualFields,
    strideAt: choice<'three' | 'first'>({
      label: { en: 'Stride in', zh: '步幅位置' },
      help: {
        en: 'First 1×1 convolution in the paper, 3×3 convolution in torchvision',
        zh: '论文中位于第一个 1×1 卷积，torchvision 中位于 3×3 卷积',
      },
      default: 'three',
      options: [
        { value: 'three', label: { en: '3×3', zh: '3×3' } },
        { value: 'first', label: { en: 'First 1×1', zh: '第一个 1×1' } },
      ],
      advanced: true,
    }),
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: ({ width, expansion, outChannels, stride }) => ({
    en: `${width} → ${outChannels || width * expansion}${stride > 1 ? ` · stride ${stride}` : ' channels'}`,
    zh: `${width} → ${outChannels || width * expansion} 通道${stride > 1 ? ` · 步幅 ${stride}` : ''}`,
  }),
  draw(config, { x }) {
    const wrong = notImage(x);
    if (wrong !== null) return wrong;
    const { width, expansion, outChannels, stride, strideAt, eps, momentum, bias, weightInit } = config;
    const sketch = new Sketch();
    const conv = (kernel: number, made: number, by: number) => ({
      outChannels: made,
      kernelSize: square(kernel),
      stride: square(by),
      padding: square(Math.floor(kernel / 2)),
      bias,
      weightInit,
    });
    const channels = outChannels || width * expansion;
    const [first, second] = strideAt === 'first' ? [stride, 1] : [1, stride];
    const exposed = { outChannels: 'width' };
    let y: Source = sketch.add('conv1', 'conv2d', conv(1, width, first), X, { row: 0 }, exposed);
    y = sketch.add('bn1', 'batchNorm2d', { eps, momentum }, y, { row: 1 });
    y = sketch.add('relu1', 'relu', {}, y, { row: 2 });
    y = sketch.add('conv2', 'conv2d', conv(3, width, second), y, { row: 3 }, exposed);
    y = sketch.add('bn2', 'batchNorm2d', { eps, momentum }, y, { row: 4 });
    y = sketch.add('relu2', 'relu', {}, y, { row: 5 });
    y = sketch.add('conv3', 'conv2d', conv(1, channels, 1), y, { row: 6 });
    y = sketch.add('bn3', 'batchNorm2d', { eps, momentum }, y, { row: 7 });
    const past = drawShortcut(sketch, config, { from: X, x, channels, row: 3 });
    if (past !== null) y = sketch.add('add', 'add', {}, [y, past], { row: 8 });
    return sketch.finish({ y: sketch.add('relu3', 'relu', {}, y, { row: 9 }) });
  },
});
