import { type ConfigOf, pairText, shortPair, sizes } from './config.ts';
import { cross } from './drawing.ts';
import { defineLayer, type Problem, type Shape } from './layer.ts';
import { poolFields, poolShape, poolSummary, windowConfig } from './pool.ts';
import { explainWindow, imageSize, toWindow } from './window.ts';
import { windowLetters, windowPlace, windowSizeTex } from './windowFormula.ts';

const maxConfig = {
  ...poolFields,
  dilation: sizes({
    label: { en: 'Dilation', zh: '空洞率' },
    help: { en: 'Spacing between window elements; 1 means no gaps', zh: '窗口元素的间距；1 表示没有间隔' },
    default: [1, 1],
    advanced: true,
  }),
};

/** True if all elements of some dilated window lie in the padding, on both sides of the image. */
function holdsPaddingAlone(x: Shape, pool: ConfigOf<typeof maxConfig>): boolean {
  const { kernelSize, stride, padding, dilation } = pool;
  return ([0, 1] as const).some((axis) => {
    const size = x[axis + 1];
    // A window that begins in the image has at least its first element there.
    return Array.from(
      { length: Math.ceil(padding[axis] / stride[axis]) },
      (_, i) => i * stride[axis] - padding[axis],
    ).some((start) => {
      const steps = Math.ceil(-start / dilation[axis]);
      return steps >= kernelSize[axis] || start + steps * dilation[axis] >= size;
    });
  });
}

const paddingAlone = ({ dilation, kernelSize }: ConfigOf<typeof maxConfig>): Problem => ({
  code: 'padding-too-large',
  port: 'config.padding',
  message: ({ self, from }) => ({
    en: `Some windows of ${self.en} contain only padding: with dilation ${shortPair(dilation)}, the ${pairText(kernelSize)} window skips all values of “${from('x')}”. Reduce the dilation or the padding.`,
    zh: `${self.zh}的某些窗口中只有填充：空洞率为 ${shortPair(dilation)} 时，${pairText(kernelSize)} 的窗口跳过了“${from('x')}”的所有值。请减小空洞率或填充。`,
  }),
  fixes: [
    { kind: 'setConfig', key: 'dilation', value: [1, 1] },
    { kind: 'setConfig', key: 'padding', value: [0, 0] },
  ],
});

export const maxPool2d = defineLayer<typeof maxConfig>({
  type: 'maxPool2d',
  icon: { lines: cross, solid: 'M8 2h6v6H8z' },
  aliases: ['maxpool', 'maxpooling2d'],
  title: { en: 'MaxPool2d', zh: '最大汇聚层' },
  category: 'pooling',
  stem: 'pool',
  keepsFeatures: true,
  doc: {
    en: 'Takes the maximum of each window, channel by channel: C×H×W → C×H′×W′. Makes feature maps smaller and less sensitive to small shifts.',
    zh: '逐通道取每个窗口的最大值：C×H×W → C×H′×W′。缩小特征图，并降低对微小位移的敏感性。',
  },
  keywords: ['max pooling', 'subsampling', 'downsample', '最大池化', '汇聚', '池化', '下采样'],
  formula: (pool) => ({
    tex: [
      String.raw`y_{c,i,j} = \max_{u,v}\, x_{c,\,${windowPlace(windowConfig(pool))}}`,
      windowSizeTex(windowConfig(pool)),
    ],
    where: windowLetters(windowConfig(pool), { en: 'window', zh: '窗口' }),
  }),
  config: maxConfig,
  inputs: ['x'],
  outputs: ['y'],
  summary: poolSummary,
  infer({ x }, pool) {
    const shape = poolShape(x, pool);
    return 'problems' in shape || !holdsPaddingAlone(x, pool) ? shape : { problems: [paddingAlone(pool)] };
  },
  explain: ({ x }, _, pool) => explainWindow(x, windowConfig(pool)),
  lower({ g, x, config: pool }) {
    const window = toWindow(windowConfig(pool), imageSize(x.x));
    const { kernel, pads } = window;
    if (pads.every((cells, i) => cells < kernel[i % 2])) return { y: g.maxPool(x.x, window) };
    // A dilated window may extend beyond the edge by its number of elements or more; the runtime rejects such padding.
    const [top, left, bottom, right] = pads;
    const padded = g.padLowest(x.x, [0, 0, top, left], [0, 0, bottom, right]);
    return { y: g.maxPool(padded, { ...window, pads: [0, 0, 0, 0] }) };
  },
});
