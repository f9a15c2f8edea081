import type { Words } from '../words.ts';

export const canvas = {
  'canvas.title': { en: 'Network', zh: '网络' },
  'canvas.empty': {
    en: 'Drag a layer here, press Space to add one, or start from a template.',
    zh: '将层拖到这里，按空格键添加层，或从模板开始。',
  },
  'canvas.templates': { en: 'Start from a template…', zh: '从模板开始…' },
  'canvas.name': { en: 'Layer name', zh: '层的名称' },
  'canvas.params': { en: '{{count}} params', zh: '{{count}} 参数' },
  'canvas.input': { en: 'input {{port}}', zh: '输入 {{port}}' },
  'canvas.output': { en: 'output {{port}}', zh: '输出 {{port}}' },
  'canvas.open': { en: 'Expand {{name}}', zh: '展开 {{name}}' },
  'canvas.fold': { en: 'Collapse {{name}}', zh: '折叠 {{name}}' },
  'canvas.preview': { en: 'Contents of {{name}}', zh: '{{name}} 的内部' },
  'canvas.pinned': { en: 'Pinned: Tidy layout does not move this layer', zh: '已固定：整理布局时不移动此层' },
} satisfies Words;
