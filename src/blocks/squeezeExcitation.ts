import { choice, int } from '../layers/config.ts';
import { defineBlock } from './block.ts';
import { notImage, square, weightInit } from './fields.ts';
import { Sketch, X } from './sketch.ts';

export const squeezeExcitation = defineBlock({
  type: 'squeezeExcitation',
  icon: {
    lines: 'M2 13.5h12M4 13.5V9M8 13.5V5M12 13.5v-2.5M4 4.5C5.5 1.5 10.5 1.5 12 4.5M12 1.8v2.7H9.3',
  },
  title: { en: 'Squeeze-and-excitation', zh: '压缩激励块' },
  category: 'blocks',
  stem: 'se',
  keywords: ['senet', 'channel attention', '注意力'],
  paper: 'Hu, Shen and Sun 2017, Squeeze-and-Excitation Networks',
  doc: {
    en: 'Weights the channels by the content of the whole image: two small layers turn the channel means into factors between 0 and 1. The shape C×H×W does not change. Used in SENet and many later networks.',
    zh: '根据整幅图像的内容为各通道加权：各通道的平均值经两个小层转换为 0 到 1 之间的系数。形状 C×H×W 不变。用于 SENet 及此后的许多网络。',
  },
  config: {
    reduction: int({
      label: { en: 'Reduction', zh: '压缩比' },
      help: { en: 'Channels of the first layer = C ÷ reduction', zh: '第一层的通道数 = C ÷ 压缩比' },
      default: 16,
      min: 1,
      max: 4096,
    }),
    layers: choice<'linear' | 'conv'>({
      label: { en: 'Layers', zh: '层的类型' },
      help: { en: 'Both compute the same', zh: '两者的计算相同' },
      default: 'linear',
      options: [
        { value: 'linear', label: { en: 'Fully connected', zh: '全连接' } },
        { value: 'conv', label: { en: '1×1 convolutions', zh: '1×1 卷积' } },
      ],
      advanced: true,
    }),
    weightInit,
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: ({ reduction }) => ({ en: `Reduction ${reduction}`, zh: `压缩比 ${reduction}` }),
  draw({ reduction, layers, weightInit }, { x }) {
    const wrong = notImage(x);
    if (wrong !== null) return wrong;
    const [channels] = x;
    const few = Math.max(1, Math.floor(channels / reduction));
    const sketch = new Sketch();
    let row = 0;
    const at = () => ({ column: 1, row: row++ });
    let y = sketch.add('gap', 'globalAvgPool2d', {}, X, at());
    if (layers === 'linear') {
      y = sketch.add('flatten', 'flatten', {}, y, at());
      y = sketch.add('fc1', 'linear', { outFeatures: few, weightInit }, y, at());
      y = sketch.add('relu', 'relu', {}, y, at());
      y = sketch.add('fc2', 'linear', { outFeatures: channels, weightInit }, y, at());
      y = sketch.add('sigmoid', 'sigmoid', {}, y, at());
      y = sketch.add('maps', 'reshape', { shape: [channels, 1, 1] }, y, at());
    } else {
      const conv = { kernelSize: square(1), weightInit };
      y = sketch.add('conv1', 'conv2d', { ...conv, outChannels: few }, y, at());
      y = sketch.add('relu', 'relu', {}, y, at());
      y = sketch.add('conv2', 'conv2d', { ...conv, outChannels: channels }, y, at());
      y = sketch.add('sigmoid', 'sigmoid', {}, y, at());
    }
    return sketch.finish({ y: sketch.add('scale', 'mul', {}, [X, y], { row }) });
  },
});
