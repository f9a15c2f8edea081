import type { Words } from '../words.ts';

export const canvas = {
  'canvas.title': { en: 'Network', zh: '网络' },
  'canvas.empty': {
    en: 'Drag a layer here to begin, or take a ready network.',
    zh: '把一个层拖到这里开始，或选用现成的网络。',
  },
  'canvas.templates': { en: 'Start from a template…', zh: '从模板开始…' },
  'canvas.name': { en: 'Name of the layer', zh: '层的名称' },
  'canvas.params': { en: '{{count}} p', zh: '{{count}} 参数' },
  'canvas.input': { en: 'input {{port}}', zh: '输入 {{port}}' },
  'canvas.output': { en: 'output {{port}}', zh: '输出 {{port}}' },
  'canvas.open': { en: 'Open {{name}} in place', zh: '就地打开 {{name}}' },
  'canvas.fold': { en: 'Fold {{name}}', zh: '收起 {{name}}' },
  'canvas.preview': { en: 'Inside {{name}}', zh: '{{name}} 的内部' },
  'canvas.pinned': { en: 'Placed by hand: tidying leaves it here', zh: '手动放置：自动整理时保持不动' },
} satisfies Words;
