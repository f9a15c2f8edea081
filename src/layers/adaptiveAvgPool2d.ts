import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { floatTensor } from '../ir/tensor.ts';
import { same } from '../text.ts';
import { pair, pairText } from './config.ts';
import { circle, pane } from './drawing.ts';
import { defineLayer } from './layer.ts';
import { needsImage } from './problems.ts';
import { imageSize } from './window.ts';

/** A [bins, size] matrix whose row i averages the positions ⌊i·size/bins⌋ to ⌈(i + 1)·size/bins⌉ − 1 (PyTorch). */
function averaging(g: Builder, size: number, bins: number): Value {
  const data = new Float32Array(bins * size);
  for (let bin = 0; bin < bins; bin++) {
    const start = Math.floor((bin * size) / bins);
    const end = Math.ceil(((bin + 1) * size) / bins);
    data.fill(1 / (end - start), bin * size + start, bin * size + end);
  }
  return g.constant(floatTensor([bins, size], data), 'averaging');
}

export const adaptiveAvgPool2d = defineLayer({
  type: 'adaptiveAvgPool2d',
  icon: { lines: `${pane}M5.6 2v12M2 5.6h12`, solid: circle(9.8, 9.8, 1.8) },
  title: { en: 'AdaptiveAvgPool2d', zh: '自适应平均汇聚层' },
  category: 'pooling',
  stem: 'pool',
  keepsFeatures: true,
  doc: {
    en: 'Averages any input to a grid of fixed size: C×H×W → C×h×w. Used before fully connected layers, whose size then does not depend on the image size.',
    zh: '将任意大小的输入平均为固定大小的网格：C×H×W → C×h×w。用于全连接层之前，使其大小与图像大小无关。',
  },
  keywords: ['adaptive average pooling', 'GAP', '自适应平均池化', '自适应池化'],
  formula: () => ({
    tex: [
      String.raw`y_{c,i,j} = \frac{1}{|R_{ij}|} \sum_{(u,v) \in R_{ij}} x_{c,u,v}`,
      String.raw`R_{ij} = \{\, \lfloor \tfrac{iH}{h} \rfloor \le u < \lceil \tfrac{(i+1)H}{h} \rceil,\ \lfloor \tfrac{jW}{w} \rfloor \le v < \lceil \tfrac{(j+1)W}{w} \rceil \,\}`,
    ],
    where: { en: String.raw`$h \times w$ is the output size`, zh: String.raw`$h \times w$ 是输出大小` },
    source: 'PyTorch',
  }),
  config: {
    outputSize: pair({
      label: { en: 'Output size', zh: '输出大小' },
      help: { en: 'Height and width of the output', zh: '输出的高和宽' },
      default: [1, 1],
      min: 1,
      max: 4096,
    }),
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: ({ outputSize }) => same(`→ ${pairText(outputSize)}`),
  infer({ x }, { outputSize }) {
    return x.length === 3 ? { outputs: { y: [x[0], ...outputSize] } } : { problems: [needsImage(x)] };
  },
  lower({ g, x, config: { outputSize } }) {
    const size = imageSize(x.x);
    if (outputSize.every((cells) => cells === 1)) return { y: g.globalAveragePool(x.x) };
    if (size.every((cells, i) => cells % outputSize[i] === 0)) {
      const kernel = size.map((cells, i) => cells / outputSize[i]);
      return { y: g.averagePool(x.x, { kernel, strides: kernel, pads: [0, 0, 0, 0] }, true) };
    }
    const columns = g.matMul(x.x, g.transpose(averaging(g, size[1], outputSize[1]), [1, 0]));
    return { y: g.matMul(averaging(g, size[0], outputSize[0]), columns) };
  },
});
