import type { Words } from '../words.ts';

export const engine = {
  'engine.restarted': {
    en: 'The training engine stopped unexpectedly and was restarted. Your network is unchanged; its weights are the last ones opened or saved.',
    zh: '训练引擎意外停止，现已重新启动。网络没有改变；权重为最近一次打开或保存时的权重。',
  },
  'engine.restartedCheckpoint': {
    en: 'The training engine stopped unexpectedly and was restarted. Your network is unchanged; its weights are those of step {{step}}, the last checkpoint.',
    zh: '训练引擎意外停止，现已重新启动。网络没有改变；权重来自最后一个检查点（第 {{step}} 步）。',
  },
  'engine.lostRun': {
    en: 'The run was interrupted because the training engine stopped.',
    zh: '训练引擎停止，训练已中断。',
  },
  'engine.failed': {
    en: 'The training engine keeps stopping. You can still save your work, with the weights of the last checkpoint.',
    zh: '训练引擎反复停止。你仍可保存工作，权重为最后一个检查点的权重。',
  },
  'engine.start': { en: 'Restart engine', zh: '重新启动引擎' },
  'engine.unreadable': {
    en: 'Netloom could not read a message from the training engine ({{reason}}). If training has stopped, restart Netloom.',
    zh: 'Netloom 无法读取训练引擎的消息（{{reason}}）。如果训练已停止，请重新启动 Netloom。',
  },
} satisfies Words;
