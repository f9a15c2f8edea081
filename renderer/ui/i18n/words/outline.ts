import type { Words } from '../words.ts';

export const outline = {
  'side.layers': { en: 'Layers', zh: '层' },
  'side.outline': { en: 'Outline', zh: '大纲' },
  'outline.title': { en: 'Outline', zh: '大纲' },
  'outline.empty': {
    en: 'The network is empty. Add a layer from the Layers tab.',
    zh: '网络为空。请从“层”标签页添加层。',
  },
  'outline.params': { en: '{{count}} {{count, parameter|parameters}}', zh: '{{count}} 个参数' },
  'outline.from': { en: 'from {{names}}', zh: '来自 {{names}}' },
  'outline.gives': { en: 'output {{shape}}', zh: '输出 {{shape}}' },
  'outline.shapeUnknown': { en: 'shape unknown', zh: '形状未知' },
  'outline.problems': { en: 'problems: {{count}}', zh: '问题：{{count}} 个' },
} satisfies Words;
