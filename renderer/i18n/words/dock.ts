import type { Words } from '../words.ts';

export const dock = {
  'dock.title': { en: 'Dock', zh: '底栏' },
  'dock.problems': { en: 'Problems ({{count}})', zh: '问题 ({{count}})' },
  'dock.analysis': { en: 'Analysis', zh: '分析' },
  'dock.run': { en: 'Run', zh: '运行' },
} satisfies Words;
