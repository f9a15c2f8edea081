import type { Words } from '../words.ts';

export const start = {
  'start.title': { en: 'Start page', zh: '起始页' },
  'start.open': { en: 'Start page', zh: '起始页' },
  'start.close': { en: 'Close start page', zh: '关闭起始页' },
  'start.motto': {
    en: 'Draw a neural network, train it on this machine, take it with you.',
    zh: '画出神经网络，在本机训练，随身带走。',
  },
  'start.begin': { en: 'Begin', zh: '开始' },
  'start.empty': { en: 'New empty network', zh: '新建空白网络' },
  'start.recent': { en: 'Recent', zh: '最近的文件' },
  'start.noRecent': { en: 'Files that you open or save will be here.', zh: '打开或保存过的文件会出现在这里。' },
  'start.missing': { en: '{{name}}, missing', zh: '{{name}}，已丢失' },
  'start.gone': { en: 'moved or deleted', zh: '已移动或删除' },
  'start.forget': { en: 'Remove {{name}} from the list', zh: '从列表中移除 {{name}}' },
  'start.templates': { en: 'Templates', zh: '模板' },
  'start.facts': { en: '{{params}} parameters · {{macs}} MACs', zh: '{{params}} 个参数 · {{macs}} 次乘加' },
  'start.atStart': { en: 'Show this page at start', zh: '启动时显示此页' },
  'start.lost': { en: 'Unsaved work', zh: '未保存的工作' },
  'start.lostAbout': {
    en: 'Netloom ended before these changes were saved.',
    zh: 'Netloom 在这些更改保存之前退出了。',
  },
  'start.lostNotice': {
    en: 'Netloom ended before some changes were saved. They can be restored on the start page (File, New from Template).',
    zh: 'Netloom 上次退出时有更改未保存。可在起始页（“文件”菜单，“从模板新建”）恢复。',
  },
  'start.neverSaved': { en: 'never saved', zh: '从未保存' },
  'start.restore': { en: 'Restore', zh: '恢复' },
  'start.restoreAll': { en: 'Restore all {{count}}', zh: '全部恢复（{{count}}）' },
  'start.discard': { en: 'Discard', zh: '放弃' },
} satisfies Words;
