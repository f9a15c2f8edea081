import { same } from '../text.ts';
import { circle } from './drawing.ts';
import { defineLayer } from './layer.ts';

export const identity = defineLayer({
  type: 'identity',
  icon: { lines: 'M5 8h9M10.7 4.7 14 8l-3.3 3.3', solid: circle(3.2, 8, 1.9) },
  title: { en: 'Identity', zh: '恒等' },
  category: 'shape',
  stem: 'identity',
  keepsFeatures: true,
  keepsNumbers: true,
  doc: {
    en: 'Outputs its input unchanged. A placeholder for an empty branch, or for a layer to be chosen later.',
    zh: '原样输出输入。用作占位：空的路径，或以后再确定的层。',
  },
  keywords: ['pass', 'skip', 'placeholder', 'noop', '恒等映射', '占位', '直通'],
  formula: () => ({
    tex: ['y = x'],
  }),
  config: {},
  inputs: ['x'],
  outputs: ['y'],
  summary: () => same('x'),
  infer: ({ x }) => ({ outputs: { y: x } }),
  lower: ({ x }) => ({ y: x.x }),
});
