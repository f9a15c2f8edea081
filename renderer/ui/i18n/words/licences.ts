import type { Words } from '../words.ts';

export const licences = {
  'licences.title': { en: 'Licences', zh: '许可证' },
} satisfies Words;
