import { int } from '../layers/config.ts';
import { defineBlock } from './block.ts';
import { channels, convStyle, keepingSize, kernel, notImage, square, stride } from './fields.ts';
import { Sketch, type Source, X } from './sketch.ts';

export const invertedResidual = defineBlock({
  type: 'invertedResidual',
  icon: { lines: 'M5 2.3h4v2.3H5zM3 6.6h8v2.3H3zM5 10.9h4v2.3H5zM7 4.6v2M7 8.9v2M7 1.2h7v13.5H7' },
  title: { en: 'Inverted residual', zh: '倒残差块' },
  category: 'blocks',
  stem: 'inverted',
  keywords: ['mobilenet', 'mbconv'],
  paper: 'Sandler et al. 2018, MobileNetV2: Inverted Residuals and Linear Bottlenecks',
  doc: {
    en: 'A 1×1 convolution adds channels, a depthwise 3×3 convolution processes them, and a 1×1 convolution without activation reduces them; the input is added if the shape does not change. Only the reduced channels are passed on, which saves memory. Used in MobileNetV2, with ReLU instead of the paper’s ReLU6.',
    zh: '先用 1×1 卷积增加通道，再做逐通道的 3×3 卷积，最后用不带激活的 1×1 卷积减少通道；形状不变时加上输入。只传递通道较少的结果，因此占用内存少。用于 MobileNetV2，这里用 ReLU 代替论文中的 ReLU6。',
  },
  config: {
    channels: channels(64),
    expansion: int({ label: { en: 'Expansion', zh: '扩张倍数' }, default: 6, min: 1, max: 64 }),
    kernelSize: kernel(3),
    stride,
    ...convStyle,
  },
  inputs: ['x'],
  outputs: ['y'],
  featuresKey: 'channels',
  summary: ({ channels, expansion, stride }) => ({
    en: `× ${expansion} · ${channels} channels${stride > 1 ? ` · stride ${stride}` : ''}`,
    zh: `× ${expansion} · ${channels} 通道${stride > 1 ? ` · 步幅 ${stride}` : ''}`,
  }),
  draw({ channels, expansion, kernelSize, stride, ...style }, { x }) {
    const wrong = notImage(x);
    if (wrong !== null) return wrong;
    const sketch = new Sketch();
    const wide = x[0] * expansion;
    const ones = { kernelSize: square(1), padding: square(0), ...style };
    const adds = stride === 1 && channels === x[0];
    const work = {
      channels: wide,
      groups: wide,
      kernelSize: square(kernelSize),
      stride: square(stride),
      padding: adds ? keepingSize(square(kernelSize)) : square(Math.floor(kernelSize / 2)),
      ...style,
    };
    let y: Source = X;
    if (expansion > 1) y = sketch.add('expand', 'convUnit', { channels: wide, ...ones }, y, { row: 0 });
    y = sketch.add('depthwise', 'convUnit', work, y, { row: 1 });
    const narrow = { channels, relu: false, ...ones };
    const made = sketch.add('project', 'convUnit', narrow, y, { row: 2 }, { channels: 'channels' });
    return sketch.finish({ y: adds ? sketch.add('add', 'add', {}, [made, X], { row: 3 }) : made });
  },
});
