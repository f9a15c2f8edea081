import type { Words } from '../words.ts';

export const licenses = {
  'licenses.title': { en: 'Licenses', zh: '许可证' },
} satisfies Words;
