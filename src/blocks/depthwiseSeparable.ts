import { defineBlock } from './block.ts';
import { batchNorm, channels, convStyle, kernel, notImage, square, stride } from './fields.ts';
import { Sketch, X } from './sketch.ts';

export const depthwiseSeparable = defineBlock({
  type: 'depthwiseSeparable',
  icon: {
    lines: 'M2 2h3v4.5H2zM6.5 2h3v4.5h-3zM11 2h3v4.5h-3zM3.5 6.5v3M8 6.5v3M12.5 6.5v3M2 9.5h12v4H2z',
  },
  title: { en: 'Depthwise separable', zh: '深度可分离卷积' },
  category: 'blocks',
  stem: 'separable',
  keywords: ['mobilenet', 'xception'],
  paper: 'Howard et al. 2017, MobileNets; Chollet 2016, Xception',
  doc: {
    en: 'A convolution in two steps: one kernel per channel (depthwise), then a 1×1 convolution that mixes the channels (pointwise). C×H×W → F×H′×W′ with about a ninth of the MACs of a 3×3 convolution.',
    zh: '分两步的卷积：先对每个通道单独卷积（逐通道），再用 1×1 卷积混合通道（逐点）。C×H×W → F×H′×W′，乘加次数约为 3×3 卷积的九分之一。',
  },
  config: {
    channels: channels(64),
    kernelSize: kernel(3),
    stride,
    batchNorm: { ...batchNorm, default: true },
    ...convStyle,
  },
  inputs: ['x'],
  outputs: ['y'],
  featuresKey: 'channels',
  summary: ({ channels, kernelSize: k, stride }) => ({
    en: `${k}×${k} · 1×1 · ${channels} channels${stride > 1 ? ` · stride ${stride}` : ''}`,
    zh: `${k}×${k} · 1×1 · ${channels} 通道${stride > 1 ? ` · 步幅 ${stride}` : ''}`,
  }),
  draw({ channels, kernelSize, stride, ...style }, { x }) {
    const wrong = notImage(x);
    if (wrong !== null) return wrong;
    const sketch = new Sketch();
    const depthwise = {
      channels: x[0],
      groups: x[0],
      kernelSize: square(kernelSize),
      stride: square(stride),
      padding: square(Math.floor(kernelSize / 2)),
      ...style,
    };
    const pointwise = { channels, kernelSize: square(1), padding: square(0), ...style };
    const y = sketch.add('depthwise', 'convUnit', depthwise, X, { row: 0 });
    return sketch.finish({
      y: sketch.add('pointwise', 'convUnit', pointwise, y, { row: 1 }, { channels: 'channels' }),
    });
  },
});
