import { int } from '../layers/config.ts';
import { defineBlock } from './block.ts';
import { channels, eps, keepingSize, kernel, momentum, notPicture, square, stride, weightInit } from './fields.ts';
import { Sketch, type Source, X } from './sketch.ts';

export const invertedResidual = defineBlock({
  type: 'invertedResidual',
  icon: { lines: 'M5 2.3h4v2.3H5zM3 6.6h8v2.3H3zM5 10.9h4v2.3H5zM7 4.6v2M7 8.9v2M7 1.2h7v13.5H7' },
  title: { en: 'Inverted residual', zh: '倒残差块' },
  category: 'blocks',
  stem: 'inverted',
  paper: 'Sandler et al. 2018, MobileNetV2: Inverted Residuals and Linear Bottlenecks',
  doc: {
    en: 'Widens with 1×1, works channel by channel with 3×3, and narrows with 1×1 without an activation; adds its input where the shape stays. The narrow ends are what is passed on, so it needs little memory. ReLU stands in place of the paper’s ReLU6.',
    zh: '先用 1×1 加宽，再逐通道做 3×3，最后用不带激活的 1×1 变窄；形状不变时加上输入。传递的是窄的两端，因此占用内存少。这里用 ReLU 代替论文的 ReLU6。',
  },
  config: {
    channels: channels(64),
    expansion: int({ label: { en: 'Expansion', zh: '扩张倍数' }, default: 6, min: 1, max: 64 }),
    kernelSize: kernel(3),
    stride,
    eps,
    momentum,
    weightInit,
  },
  inputs: ['x'],
  outputs: ['y'],
  featuresKey: 'channels',
  summary: ({ channels, expansion, stride }) => ({
    en: `× ${expansion} · ${channels} channels${stride > 1 ? ` · stride ${stride}` : ''}`,
    zh: `× ${expansion} · ${channels} 通道${stride > 1 ? ` · 步幅 ${stride}` : ''}`,
  }),
  draw({ channels, expansion, kernelSize, stride, ...style }, { x }) {
    const wrong = notPicture(x);
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
