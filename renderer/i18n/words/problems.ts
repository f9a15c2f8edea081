import type { Words } from '../words.ts';

export const problems = {
  'problems.none': {
    en: 'No problems. The network can be trained and exported.',
    zh: '没有问题。网络可以训练和导出。',
  },
  'problems.error': { en: 'Error', zh: '错误' },
  'problems.warning': { en: 'Warning', zh: '警告' },
  'problems.hint': { en: 'Hint', zh: '提示' },
  'problems.document': { en: 'Network', zh: '网络' },
} satisfies Words;
