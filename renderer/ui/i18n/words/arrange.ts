import type { Words } from '../words.ts';

export const arrange = {
  'command.tidy': { en: 'Tidy Layout', zh: '整理布局' },
  'command.tidyEverything': { en: 'Tidy Everything', zh: '全部重新整理' },
  'command.flowDown': { en: 'Flow Top-Down', zh: '从上到下' },
  'command.flowRight': { en: 'Flow Left to Right', zh: '从左到右' },

  'arrange.busy': { en: 'Laying out {{count}} {{count, layer|layers}}…', zh: '正在布局 {{count}} 个层…' },
  'arrange.cancel': { en: 'Cancel', zh: '取消' },
  'arrange.allPinned': {
    en: 'All of these layers were placed by hand. Tidy Everything moves them, too.',
    zh: '这些层都是手动摆放的。“全部重新整理”会移动它们。',
  },
} satisfies Words;
