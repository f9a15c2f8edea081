import type { Words } from '../words.ts';

export const palette = {
  'palette.title': { en: 'Layers', zh: '层' },
  'palette.search': { en: 'Search layers…', zh: '搜索层…' },
  'palette.none': { en: 'No layer is called that.', zh: '没有这个名字的层。' },
  'palette.hint': { en: 'Drag onto the canvas or a wire, or double-click', zh: '拖到画布或连线上，或双击添加' },
  'category.io': { en: 'Input and output', zh: '输入与输出' },
  'category.convolution': { en: 'Convolution', zh: '卷积' },
  'category.pooling': { en: 'Pooling', zh: '汇聚' },
  'category.activation': { en: 'Activation', zh: '激活函数' },
  'category.normalisation': { en: 'Normalisation', zh: '规范化' },
  'category.regularisation': { en: 'Regularisation', zh: '正则化' },
  'category.linear': { en: 'Linear', zh: '全连接' },
  'category.shape': { en: 'Shape', zh: '形状' },
  'category.merge': { en: 'Merge', zh: '合并' },
} satisfies Words;
