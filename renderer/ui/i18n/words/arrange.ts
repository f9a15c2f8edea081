import type { Words } from '../words.ts';

export const arrange = {
  'command.tidy': { en: 'Tidy layout', zh: '整理布局' },
  'command.tidyEverything': { en: 'Tidy all layers', zh: '整理全部层' },
  'command.flowDown': { en: 'Lay out top to bottom', zh: '从上到下布局' },
  'command.flowRight': { en: 'Lay out left to right', zh: '从左到右布局' },

  'arrange.busy': { en: 'Laying out {{count}} {{count, layer|layers}}…', zh: '正在布局 {{count}} 个层…' },
  'arrange.cancel': { en: 'Cancel', zh: '取消' },
  'arrange.folded': { en: 'Found repeated blocks: {{blocks}}.', zh: '已归纳为块：{{blocks}}。' },
  'arrange.nothingFolded': {
    en: 'No repeated structure was found in this network.',
    zh: '此网络中没有重复的结构。',
  },
  'arrange.allPinned': {
    en: 'All these layers are pinned. To move them, choose “Tidy all layers”.',
    zh: '这些层的位置均已固定。如需移动，请使用“整理全部层”。',
  },
} satisfies Words;
