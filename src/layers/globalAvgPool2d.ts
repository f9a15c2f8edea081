import { circle, pane } from './drawing.ts';
import { defineLayer } from './layer.ts';
import { needsImage } from './problems.ts';

/** Lin, Chen and Yan 2013 (Network in Network). */
export const globalAvgPool2d = defineLayer({
  type: 'globalAvgPool2d',
  icon: {
    lines: `${pane}M4.6 4.6l1.6 1.6M11.4 4.6 9.8 6.2M4.6 11.4l1.6-1.6M11.4 11.4l-1.6-1.6`,
    solid: circle(8, 8, 1.8),
  },
  aliases: ['globalavgpool', 'globalaveragepool', 'globalaveragepooling2d'],
  title: { en: 'GlobalAvgPool2d', zh: '全局平均汇聚层' },
  category: 'pooling',
  stem: 'gap',
  keepsFeatures: true,
  doc: {
    en: 'Averages each channel: C×H×W → C×1×1. Replaces large fully connected layers at the end of modern convolutional networks.',
    zh: '对每个通道取平均：C×H×W → C×1×1。在现代卷积网络的末端代替庞大的全连接层。',
  },
  keywords: ['GAP', 'global average pooling', 'squeeze', '全局平均池化', '全局池化'],
  formula: () => ({
    tex: [String.raw`y_c = \frac{1}{HW} \sum_{i=1}^{H} \sum_{j=1}^{W} x_{c,i,j}`],
    source: 'Lin, Chen and Yan 2013',
  }),
  config: {},
  inputs: ['x'],
  outputs: ['y'],
  summary: () => ({ en: 'Mean of each channel', zh: '每个通道取平均' }),
  infer({ x }) {
    return x.length === 3 ? { outputs: { y: [x[0], 1, 1] } } : { problems: [needsImage(x)] };
  },
  lower: ({ g, x }) => ({ y: g.globalAveragePool(x.x) }),
});
