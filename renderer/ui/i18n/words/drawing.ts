import type { Words } from '../words.ts';

export const drawing = {
  'drawing.undone': {
    en: 'The last change could not be displayed and was undone: {{reason}}',
    zh: '最后一次更改无法显示，已撤销：{{reason}}',
  },
  'drawing.failed': {
    en: 'This part of the window failed: {{reason}}. The network is unchanged and can be saved.',
    zh: '窗口的这一部分出现故障：{{reason}}。网络没有改变，可以保存。',
  },
  'drawing.again': { en: 'Try again', zh: '重试' },
  'drawing.reload': { en: 'Reload window', zh: '重新加载窗口' },
} satisfies Words;
