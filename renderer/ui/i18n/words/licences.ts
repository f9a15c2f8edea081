import type { Words } from '../words.ts';

export const licences = {
  'licences.title': { en: 'Licenses', zh: '许可证' },
} satisfies Words;
