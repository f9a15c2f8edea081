import type { Words } from '../words.ts';

export const engine = {
  'engine.restarted': {
    en: 'The engine stopped unexpectedly and has been started again. The drawing is untouched; weights are those last opened or saved.',
    zh: '计算引擎意外停止，现已重新启动。网络图没有改变；权重为最近打开或保存时的权重。',
  },
  'engine.lostRun': {
    en: 'The run was interrupted when the engine stopped.',
    zh: '引擎停止时训练中断。',
  },
  'engine.failed': {
    en: 'The engine does not start any more. Save your work and start Netloom again.',
    zh: '计算引擎无法启动。请保存工作并重新启动 Netloom。',
  },
  'engine.unreadable': {
    en: 'A message of the engine was not understood: {{reason}}',
    zh: '无法理解引擎的消息：{{reason}}',
  },
} satisfies Words;
