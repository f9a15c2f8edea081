import { floatTensor, type Tensor } from '../ir/tensor.ts';
import type { Text } from '../text.ts';
import { bool, type ConfigOf, type Pair, pair, pairText, shortPair } from './config.ts';
import { defineLayer, type InferResult, type Shape } from './layer.ts';
import { explainWindow, overhang, pictureSize, toWindow, type WindowConfig, windowShape } from './window.ts';

const config = {
  kernelSize: pair({ label: { en: 'Window', zh: '窗口' }, default: [2, 2], min: 1, max: 512 }),
  stride: pair({ label: { en: 'Stride', zh: '步幅' }, default: [2, 2], min: 1, max: 512 }),
  padding: pair({
    label: { en: 'Padding', zh: '填充' },
    help: { en: 'at most half of the window', zh: '至多为窗口的一半' },
    default: [0, 0],
    min: 0,
    max: 256,
  }),
  ceilMode: bool({
    label: { en: 'Round up', zh: '向上取整' },
    help: { en: 'keep a last window that hangs over the end', zh: '保留超出边缘的最后一个窗口' },
    default: false,
    advanced: true,
  }),
};

type PoolConfig = ConfigOf<typeof config>;

const windowConfig = (pool: PoolConfig & { dilation?: Pair }): WindowConfig => ({ dilation: [1, 1], ...pool });

const half = (kernel: number): number => Math.floor(kernel / 2);

function summary({ kernelSize, stride, padding }: PoolConfig): Text {
  const padded = padding.some((cells) => cells > 0);
  return {
    en: `${pairText(kernelSize)} · stride ${shortPair(stride)}${padded ? ` · pad ${shortPair(padding)}` : ''}`,
    zh: `${pairText(kernelSize)} · 步幅 ${shortPair(stride)}${padded ? ` · 填充 ${shortPair(padding)}` : ''}`,
  };
}

function infer(x: Shape, pool: PoolConfig & { dilation?: Pair }): InferResult {
  const { kernelSize, padding } = pool;
  if (padding.some((cells, axis) => cells > half(kernelSize[axis]))) {
    return {
      problems: [
        {
          code: 'padding-too-large',
          port: 'config.padding',
          message: ({ self }) => ({
            en: `${self.en} has padding ${shortPair(padding)}, but it can be at most half of the window ${pairText(kernelSize)}; otherwise some windows would hold padding alone.`,
            zh: `${self.zh} 的填充为 ${shortPair(padding)}，但至多为窗口 ${pairText(kernelSize)} 的一半，否则有的窗口里只有填充。`,
          }),
          fixes: [
            {
              kind: 'setConfig',
              key: 'padding',
              value: padding.map((cells, axis) => Math.min(cells, half(kernelSize[axis]))),
            },
            {
              kind: 'setConfig',
              key: 'kernelSize',
              value: kernelSize.map((size, axis) => Math.max(size, 2 * padding[axis])),
            },
          ],
        },
      ],
    };
  }
  const window = windowShape(x, windowConfig(pool), half);
  return 'problems' in window ? window : { outputs: { y: [x[0], ...window.size] } };
}

const maxConfig = {
  ...config,
  dilation: pair({ label: { en: 'Dilation', zh: '扩张' }, default: [1, 1], min: 1, max: 512, advanced: true }),
};

export const maxPool2d = defineLayer<typeof maxConfig>({
  type: 'maxPool2d',
  title: { en: 'MaxPool2d', zh: '最大汇聚层' },
  category: 'pooling',
  stem: 'pool',
  keepsFeatures: true,
  doc: {
    en: 'Keeps the largest number of every window, channel by channel: C×H×W becomes C×H′×W′. Makes maps smaller and tolerant of small shifts.',
    zh: '逐通道取每个窗口中的最大值：C×H×W 变为 C×H′×W′。让特征图变小，并能容忍小的位移。',
  },
  config: maxConfig,
  inputs: ['x'],
  outputs: ['y'],
  summary,
  infer: ({ x }, pool) => infer(x, pool),
  explain: ({ x }, _, pool) => explainWindow(x, windowConfig(pool)),
  lower: ({ g, x, config: pool }) => ({ y: g.maxPool(x.x, toWindow(windowConfig(pool), pictureSize(x.x))) }),
});

const avgConfig = {
  ...config,
  countIncludePad: bool({
    label: { en: 'Count padding', zh: '计入填充' },
    help: { en: 'whether the zeros of the padding count in the mean', zh: '求平均时是否计入填充的零' },
    default: true,
    advanced: true,
  }),
};

export const avgPool2d = defineLayer<typeof avgConfig>({
  type: 'avgPool2d',
  title: { en: 'AvgPool2d', zh: '平均汇聚层' },
  category: 'pooling',
  stem: 'pool',
  keepsFeatures: true,
  doc: {
    en: 'Takes the mean of every window, channel by channel: C×H×W becomes C×H′×W′.',
    zh: '逐通道取每个窗口的平均值：C×H×W 变为 C×H′×W′。',
  },
  config: avgConfig,
  inputs: ['x'],
  outputs: ['y'],
  summary,
  infer: ({ x }, pool) => infer(x, pool),
  explain: ({ x }, _, pool) => explainWindow(x, windowConfig(pool)),
  lower({ g, x, config: pool }) {
    const window = windowConfig(pool);
    const size = pictureSize(x.x);
    const y = g.averagePool(x.x, toWindow(window, size), pool.countIncludePad);
    const over = ([0, 1] as const).map((axis) => overhang(size[axis], window, axis));
    if (!pool.countIncludePad || over.every((cells) => cells === 0)) return { y };
    return { y: g.mul(y, g.constant(recount(pool, pictureSize(y), over), 'recount')) };
  },
});

/** The runtime counts overhanging cells as padding; PyTorch does not count them: k / (k − overhang) at the last places. */
function recount({ kernelSize }: PoolConfig, size: readonly number[], over: readonly number[]): Tensor {
  const factor = (axis: 0 | 1, place: number): number =>
    place === size[axis] - 1 ? kernelSize[axis] / (kernelSize[axis] - over[axis]) : 1;
  const data = Array.from(
    { length: size[0] * size[1] },
    (_, i) => factor(0, Math.floor(i / size[1])) * factor(1, i % size[1]),
  );
  return floatTensor([1, 1, ...size], data);
}
