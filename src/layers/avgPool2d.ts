import { floatTensor, type Tensor } from '../ir/tensor.ts';
import { bool, type Pair } from './config.ts';
import { circle, cross } from './drawing.ts';
import { defineLayer } from './layer.ts';
import { type PoolConfig, poolFields, poolShape, poolSummary, windowConfig } from './pool.ts';
import { explainWindow, imageSize, toWindow } from './window.ts';
import { windowLetters, windowPlace, windowSizeTex } from './windowFormula.ts';

const avgConfig = {
  ...poolFields,
  countIncludePad: bool({
    label: { en: 'Count padding', zh: '计入填充' },
    help: { en: 'Include the zeros of the padding in the average', zh: '求平均时是否计入填充的零' },
    default: true,
    advanced: true,
  }),
};

export const avgPool2d = defineLayer<typeof avgConfig>({
  type: 'avgPool2d',
  icon: { lines: cross, solid: circle(8, 8, 2.5) },
  aliases: ['avgpool', 'averagepool', 'averagepooling2d'],
  title: { en: 'AvgPool2d', zh: '平均汇聚层' },
  category: 'pooling',
  stem: 'pool',
  keepsFeatures: true,
  doc: {
    en: 'Averages each window, channel by channel: C×H×W → C×H′×W′. Makes feature maps smaller, as in LeNet.',
    zh: '逐通道取每个窗口的平均值：C×H×W → C×H′×W′。用于缩小特征图，如 LeNet。',
  },
  keywords: ['average pooling', 'mean pooling', 'subsampling', '平均池化', '汇聚', '池化', '下采样'],
  formula: (pool) => ({
    tex: [
      String.raw`y_{c,i,j} = \frac{1}{k_h k_w} \sum_{u,v} x_{c,\,${windowPlace(windowConfig(pool))}}`,
      windowSizeTex(windowConfig(pool)),
    ],
    where: windowLetters(windowConfig(pool), { en: 'window', zh: '窗口' }),
  }),
  config: avgConfig,
  inputs: ['x'],
  outputs: ['y'],
  summary: poolSummary,
  infer: ({ x }, pool) => poolShape(x, pool),
  explain: ({ x }, _, pool) => explainWindow(x, windowConfig(pool)),
  lower({ g, x, config: pool }) {
    const size = imageSize(x.x);
    const window = toWindow(windowConfig(pool), size);
    const [top, left, bottom, right] = window.pads;
    if (top === bottom && left === right) return { y: g.averagePool(x.x, window, pool.countIncludePad) };
    // The runtime averages whole windows; the factor corrects this to the elements that count.
    const y = g.averagePool(x.x, window, true);
    const counts = ([0, 1] as const).map((axis) => countsAlong(pool, axis, size[axis], g.size(y, axis + 2)));
    return { y: g.mul(y, g.constant(recount(counts, pool.kernelSize), 'recount')) };
  },
});

/** Number of elements that count in each window along an axis: those in the image and, with `countPadding`, in its padding (PyTorch). */
function countsAlong(
  { kernelSize, stride, padding, countIncludePad }: PoolConfig & { readonly countIncludePad: boolean },
  axis: 0 | 1,
  size: number,
  windows: number,
): number[] {
  const margin = countIncludePad ? padding[axis] : 0;
  return Array.from({ length: windows }, (_, i) => {
    const start = i * stride[axis] - padding[axis];
    return Math.min(start + kernelSize[axis], size + margin) - Math.max(start, -margin);
  });
}

/** Factors from the mean of a whole window to the mean of the elements that count, [1, 1, H, W]. */
function recount([rows, columns]: readonly number[][], [height, width]: Pair): Tensor {
  const data = rows.flatMap((row) => columns.map((column) => (height * width) / (row * column)));
  return floatTensor([1, 1, rows.length, columns.length], data);
}
