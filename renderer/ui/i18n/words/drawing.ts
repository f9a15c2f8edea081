import type { Words } from '../words.ts';

export const drawing = {
  'drawing.undone': {
    en: 'The last change could not be drawn and was taken back: {{reason}}',
    zh: '最后一次更改无法绘制，已撤回：{{reason}}',
  },
  'drawing.failed': {
    en: 'This part of the window failed: {{reason}}. The network is unchanged and can be saved.',
    zh: '窗口的这一部分出现故障：{{reason}}。网络没有改变，可以保存。',
  },
  'drawing.again': { en: 'Try Again', zh: '重试' },
  'drawing.reload': { en: 'Load the Window Again', zh: '重新加载窗口' },
} satisfies Words;
