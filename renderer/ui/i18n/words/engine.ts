import type { Words } from '../words.ts';

export const engine = {
  'engine.restarted': {
    en: 'The engine stopped unexpectedly and has been started again. The drawing is untouched; weights are those last opened or saved.',
    zh: '计算引擎意外停止，现已重新启动。网络图没有改变；权重为最近打开或保存时的权重。',
  },
  'engine.restartedCheckpoint': {
    en: 'The engine stopped unexpectedly and has been started again. The drawing is untouched; the weights are those of step {{step}}, the last checkpoint that was kept.',
    zh: '计算引擎意外停止，现已重新启动。网络图没有改变；权重来自第 {{step}} 步，即最后保留的检查点。',
  },
  'engine.lostRun': {
    en: 'The run was interrupted when the engine stopped.',
    zh: '引擎停止时训练中断。',
  },
  'engine.failed': {
    en: 'The engine stops again and again. The work can be saved without it, with the last weights that were kept.',
    zh: '计算引擎反复停止。没有引擎也可以保存工作，权重为最后保留的权重。',
  },
  'engine.start': { en: 'Start the Engine Again', zh: '重新启动引擎' },
  'engine.unreadable': {
    en: 'A message of the engine was not understood: {{reason}}',
    zh: '无法理解引擎的消息：{{reason}}',
  },
} satisfies Words;
