import { floatTensor, type Tensor } from '../ir/tensor.ts';
import { bool } from './config.ts';
import { defineLayer } from './layer.ts';
import { type PoolConfig, poolFields, poolShape, poolSummary, windowConfig } from './pool.ts';
import { explainWindow, overhang, pictureSize, toWindow } from './window.ts';
import { windowLetters, windowPlace, windowSizeTex } from './windowFormula.ts';

const avgConfig = {
  ...poolFields,
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
