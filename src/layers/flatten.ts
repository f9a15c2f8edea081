import { same } from '../text.ts';
import { defineLayer } from './layer.ts';

export const flatten = defineLayer({
  type: 'flatten',
  title: { en: 'Flatten', zh: '展平' },
  category: 'shape',
  stem: 'flatten',
  doc: {
    en: 'Lays all numbers of a sample in one row: C×H×W becomes C·H·W. Stands between convolutions and fully connected layers.',
    zh: '把一个样本的所有数排成一行：C×H×W 变为 C·H·W。位于卷积层与全连接层之间。',
  },
  config: {},
  inputs: ['x'],
  outputs: ['y'],
  summary: () => same(''),
  infer: ({ x }) => ({ outputs: { y: [x.reduce((a, b) => a * b, 1)] } }),
  explain: ({ x }, { y }) => [{ label: { en: 'size', zh: '大小' }, sum: `${x.join('·')} = ${y[0]}` }],
  lower: ({ g, x }) => ({ y: g.flatten(x.x) }),
});
