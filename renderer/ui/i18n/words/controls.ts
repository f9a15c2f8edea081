import type { Words } from '../words.ts';

export const controls = {
  'controls.close': { en: 'Close', zh: '关闭' },
  'controls.allTabs': { en: 'All tabs', zh: '全部标签页' },
} satisfies Words;
