import type { Words } from '../words.ts';

export const problems = {
  'problems.none': {
    en: 'No problems. The network can be trained and exported.',
    zh: '没有问题。网络可以训练和导出。',
  },
  'problems.empty': {
    en: 'The network is empty. Add a layer; problems and their fixes are listed here.',
    zh: '网络为空。添加层后，这里会列出问题及其修复方法。',
  },
  'problems.error': { en: 'Error', zh: '错误' },
  'problems.warning': { en: 'Warning', zh: '警告' },
  'problems.hint': { en: 'Hint', zh: '提示' },
  'problems.hints': { en: 'Hints ({{count}})', zh: '提示 ({{count}})' },
  'problems.title': { en: 'Problems by layer', zh: '各层的问题' },
  'problems.fixAll': { en: 'Fix all ({{count}})', zh: '全部修复（{{count}}）' },
  'problems.fixAllHint': {
    en: 'Applies the first fix of each problem as one undo step',
    zh: '应用每个问题的第一种修复，可一步撤销',
  },
  'problems.fixed': {
    en: 'Fixed {{count}} {{count, problem|problems}}. You can undo this in one step.',
    zh: '已修复 {{count}} 个问题，可一步撤销。',
  },
  'problems.fixedSome': {
    en: 'Fixed {{count}} {{count, problem|problems}}, {{left}} left. You can undo this in one step.',
    zh: '已修复 {{count}} 个问题，还剩 {{left}} 个。可一步撤销。',
  },
  'problems.allGone': { en: 'no errors left', zh: '没有剩余错误' },
  'problems.left': { en: 'errors left: {{count}}', zh: '还剩 {{count}} 个错误' },
  'problems.document': { en: 'Network', zh: '网络' },
} satisfies Words;
