import type { Words } from '../words.ts';

export const palette = {
  'palette.title': { en: 'Layers', zh: '层' },
  'palette.search': { en: 'Search layers…', zh: '搜索层…' },
  'palette.found': { en: 'Matching layers', zh: '匹配的层' },
  'palette.none': { en: 'No layer matches “{{query}}”.', zh: '没有与“{{query}}”匹配的层。' },
  'palette.tryThese': {
    en: 'Search by name, synonym, Chinese name or pinyin:',
    zh: '可按名称、同义词、中文名或拼音首字母搜索：',
  },
  'palette.showAll': { en: 'Show all layers', zh: '显示全部层' },
  'palette.recent': { en: 'Recently added', zh: '最近添加' },
  'palette.addAgain': { en: 'Add {{layer}} again', zh: '再次添加{{layer}}' },
  'palette.hint': { en: 'Drag onto the canvas or a connection, or double-click', zh: '拖到画布或连线上，或双击添加' },
  'category.io': { en: 'Input and output', zh: '输入与输出' },
  'category.convolution': { en: 'Convolution', zh: '卷积' },
  'category.pooling': { en: 'Pooling', zh: '汇聚' },
  'category.activation': { en: 'Activation', zh: '激活函数' },
  'category.normalization': { en: 'Normalization', zh: '规范化' },
  'category.regularization': { en: 'Regularization', zh: '正则化' },
  'category.linear': { en: 'Linear', zh: '全连接' },
  'category.shape': { en: 'Shape', zh: '形状' },
  'category.merge': { en: 'Merge', zh: '合并' },
  'category.blocks': { en: 'Blocks', zh: '块' },
  'category.onnx': { en: 'ONNX operators', zh: 'ONNX 算子' },
  'category.document': { en: 'Blocks of this network', zh: '此网络的块' },
  'category.library': { en: 'My blocks', zh: '我的块' },
} satisfies Words;
