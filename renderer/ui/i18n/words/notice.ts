import type { Words } from '../words.ts';

export const notice = {
  'notice.close': { en: 'Dismiss', zh: '关闭' },
  'notice.region': { en: 'Messages', zh: '消息' },
} satisfies Words;
