import type { Words } from '../words.ts';

export const controls = {
  'controls.close': { en: 'Close', zh: '关闭' },
} satisfies Words;
