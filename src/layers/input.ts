import { same } from '../text.ts';
import { shape, shapeText } from './config.ts';
import { defineLayer } from './layer.ts';

export const input = defineLayer({
  type: 'input',
  title: { en: 'Input', zh: '输入' },
  category: 'io',
  stem: 'input',
  doc: {
    en: 'Where samples enter the network. Its shape is that of one sample, without the batch axis: 1×28×28 for a grey picture of 28 by 28 pixels.',
    zh: '样本由此进入网络。形状是单个样本的形状，不含批量轴：28×28 的灰度图为 1×28×28。',
  },
  keywords: ['data', 'image', 'placeholder', 'source', '数据', '图像', '样本', '起点'],
  formula: ({ shape: dims }) => ({
    tex: [String.raw`x \in \mathbb{R}^{${dims.join(String.raw`\times `)}}`],
    where: { en: '$x$ is one sample', zh: '$x$ 是一个样本' },
  }),
  config: {
    shape: shape({
      label: { en: 'Shape', zh: '形状' },
      help: { en: 'channels × height × width, or a number of features', zh: '通道 × 高 × 宽，或特征数' },
      default: [1, 28, 28],
    }),
  },
  inputs: [],
  outputs: ['y'],
  summary: (config) => same(shapeText(config.shape)),
  infer: (_, config) => ({ outputs: { y: config.shape } }),
});
