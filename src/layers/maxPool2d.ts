import { pair } from './config.ts';
import { defineLayer } from './layer.ts';
import { poolFields, poolShape, poolSummary, windowConfig } from './pool.ts';
import { explainWindow, pictureSize, toWindow } from './window.ts';
import { windowLetters, windowPlace, windowSizeTex } from './windowFormula.ts';

const maxConfig = {
  ...poolFields,
  dilation: pair({
    label: { en: 'Dilation', zh: '扩张' },
    help: { en: 'distance between the cells of the window; 1 leaves no gaps', zh: '窗口内相邻格的间距；1 表示不留空' },
    default: [1, 1],
    min: 1,
    max: 512,
    advanced: true,
  }),
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
  infer: ({ x }, pool) => poolShape(x, pool),
  explain: ({ x }, _, pool) => explainWindow(x, windowConfig(pool)),
  lower: ({ g, x, config: pool }) => ({ y: g.maxPool(x.x, toWindow(windowConfig(pool), pictureSize(x.x))) }),
});
