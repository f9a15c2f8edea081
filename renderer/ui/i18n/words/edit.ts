import type { Words } from '../words.ts';

export const edit = {
  'edit.undo': { en: 'Undo', zh: '撤销' },
  'edit.redo': { en: 'Redo', zh: '重做' },
} satisfies Words;
