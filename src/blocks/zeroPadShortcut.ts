import { defineBlock } from './block.ts';
import { channels, notImage, square, stride } from './fields.ts';
import { Sketch, X } from './sketch.ts';

export const zeroPadShortcut = defineBlock({
  type: 'zeroPadShortcut',
  icon: { lines: 'M8 1.5v13M3 5.5h10v5H3z', solid: 'M10 5.5h3v5h-3z' },
  title: { en: 'Zero-padded shortcut', zh: '补零捷径' },
  category: 'blocks',
  stem: 'shortcut',
  keywords: ['resnet'],
  paper: 'He et al. 2015, Deep Residual Learning for Image Recognition (option A)',
  doc: {
    en: 'A shortcut without parameters: keeps every second pixel (at stride 2) and adds channels of zeros, half before and half after: C×H×W → F×H/2×W/2. Used in the ResNets for CIFAR-10.',
    zh: '没有参数的捷径连接：（步幅为 2 时）每隔一个像素取一个，并在前后各补一半全零通道：C×H×W → F×H/2×W/2。用于 CIFAR-10 上的 ResNet。',
  },
  config: { channels: channels(128), stride: { ...stride, default: 2 } },
  inputs: ['x'],
  outputs: ['y'],
  featuresKey: 'channels',
  summary: ({ channels, stride }) => ({
    en: `${channels} channels · stride ${stride}`,
    zh: `${channels} 通道 · 步幅 ${stride}`,
  }),
  draw({ channels, stride }, { x }) {
    const wrong = notImage(x);
    if (wrong !== null) return wrong;
    const [height, width] = [1, 2].map((axis) => Math.ceil(x[axis] / stride));
    const extra = channels - x[0];
    const before = Math.floor(extra / 2);
    const sketch = new Sketch();
    // With one channel per row, padding of rows pads channels.
    let y = sketch.add('pick', 'avgPool2d', { kernelSize: square(1), stride: square(stride) }, X, { row: 0 });
    y = sketch.add('rows', 'reshape', { shape: [1, x[0], height * width] }, y, { row: 1 });
    y = sketch.add('pad', 'zeroPad2d', { before: [before, 0], after: [extra - before, 0] }, y, { row: 2 });
    return sketch.finish({ y: sketch.add('maps', 'reshape', { shape: [channels, height, width] }, y, { row: 3 }) });
  },
});
