import type { Words } from '../words.ts';

export const dock = {
  'dock.title': { en: 'Bottom panel', zh: '底部面板' },
  'dock.problems': { en: 'Problems ({{count}})', zh: '问题 ({{count}})' },
  'dock.analysis': { en: 'Analysis', zh: '分析' },
  'dock.open': { en: 'Expand the bottom panel', zh: '展开底部面板' },
  'dock.close': { en: 'Collapse the bottom panel to a bar', zh: '将底部面板折叠为一行' },
  'dock.full': { en: 'Bottom panel in the whole window', zh: '底部面板占满窗口' },
  'dock.fullHint': { en: 'or double-click a tab', zh: '或双击标签页' },
  'dock.run': { en: 'Run', zh: '运行' },
} satisfies Words;
