import type { Words } from '../words.ts';

export const find = {
  'find.title': { en: 'Find in the network', zh: '在网络中查找' },
  'find.hint': { en: 'Name, type, 16×10×10, 5×5, problem…', zh: '名称、类型、16×10×10、5×5、问题…' },
  'find.count': { en: '{{at}} of {{count}}', zh: '第 {{at}} 个，共 {{count}} 个' },
  'find.found': { en: '{{count}} found', zh: '找到 {{count}} 个' },
  'find.none': { en: 'no results', zh: '没有结果' },
  'find.next': { en: 'Next (Enter)', zh: '下一个 (Enter)' },
  'find.previous': { en: 'Previous (Shift+Enter)', zh: '上一个 (Shift+Enter)' },
  'find.problem': { en: 'problem error', zh: '问题 错误' },
} satisfies Words;
