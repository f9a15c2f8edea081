import type { Words } from '../words.ts';

export const train = {
  'train.train': { en: 'Train', zh: '训练' },
  'train.trainHint': { en: 'Train from fresh weights', zh: '从新的初始权重开始训练' },
  'train.continue': { en: 'Continue', zh: '接着训练' },
  'train.continueHint': { en: 'Train on from the present weights', zh: '从现有权重继续训练' },
  'train.goOnHint': {
    en: 'Go on with the run where it was stopped, exactly as if it had not been',
    zh: '从停止处继续这次训练，与从未停止完全一样',
  },
  'train.more': { en: 'More ways to train', zh: '更多训练方式' },
  'train.pause': { en: 'Pause', zh: '暂停' },
  'train.resume': { en: 'Resume', zh: '继续' },
  'train.step': { en: 'Step', zh: '单步' },
  'train.stepHint': { en: 'One training step, then pause', zh: '训练一步，然后暂停' },
  'train.stop': { en: 'Stop', zh: '停止' },
  'train.stopHint': { en: 'End the run and keep its weights', zh: '结束运行并保留权重' },
  'train.blocked': { en: 'The network has errors ({{count}}): see Problems', zh: '网络有 {{count}} 个错误：见“问题”' },
  'train.stopped': { en: '{{why}} Click for ways to train it.', zh: '{{why}}点击查看可行的训练方式。' },
  'train.empty': { en: 'The network is empty: add layers first', zh: '网络为空：请先添加层' },
  'train.noEngine': { en: 'The engine is not running', zh: '计算引擎没有运行' },
} satisfies Words;
