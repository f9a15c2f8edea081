import type { Words } from '../words.ts';

export const outline = {
  'side.layers': { en: 'Layers', zh: '层' },
  'side.outline': { en: 'Outline', zh: '大纲' },
  'outline.title': { en: 'Outline', zh: '大纲' },
  'outline.empty': {
    en: 'Nothing is drawn yet. Add a layer from the Layers tab.',
    zh: '还没有画任何内容。请在“层”标签页中添加层。',
  },
  'outline.params': { en: '{{count}} {{count, parameter|parameters}}', zh: '{{count}} 个参数' },
  'outline.from': { en: 'from {{names}}', zh: '来自 {{names}}' },
  'outline.gives': { en: 'gives {{shape}}', zh: '输出 {{shape}}' },
  'outline.shapeUnknown': { en: 'shape unknown', zh: '形状未知' },
  'outline.problems': { en: 'problems: {{count}}', zh: '问题：{{count}} 个' },
} satisfies Words;
