import type { Words } from '../words.ts';

export const train = {
  'train.train': { en: 'Train', zh: '训练' },
  'train.trainHint': {
    en: 'Train from new initial weights; frozen layers keep theirs',
    zh: '从新的初始权重开始训练；冻结的层保留现有权重',
  },
  'train.againHint': {
    en: 'Train from new initial weights; frozen layers keep theirs. The present run stays in the list of runs.',
    zh: '从新的初始权重开始训练；冻结的层保留现有权重。当前的训练仍保留在训练记录中。',
  },
  'train.goOn': { en: 'Resume run', zh: '继续训练' },
  'train.goOnHint': {
    en: 'Resume this run from step {{step}} of {{steps}}, as if it had not been stopped',
    zh: '从第 {{step}} 步（共 {{steps}} 步）继续这次训练，与未停止时完全相同',
  },
  'train.extend': { en: '{{count}} more epochs', zh: '再训练 {{count}} 轮' },
  'train.extendHint': {
    en: 'This run continues from its end for {{count}} more epochs; its curves go on',
    zh: '这次训练从结束处再训练 {{count}} 轮，曲线随之延续',
  },
  'train.warm': { en: 'Train from current weights', zh: '从当前权重继续训练' },
  'train.warmHint': {
    en: 'A new run: every layer starts with the weights it has, and frozen layers keep theirs',
    zh: '新的一次训练：各层从现有权重开始，冻结的层保持不变',
  },
  'train.more': { en: 'More ways to train', zh: '更多训练方式' },
  'train.pause': { en: 'Pause', zh: '暂停' },
  'train.resume': { en: 'Resume', zh: '继续' },
  'train.step': { en: 'Step', zh: '单步' },
  'train.stepHint': { en: 'One training step, then pause', zh: '训练一步，然后暂停' },
  'train.stop': { en: 'Stop', zh: '停止' },
  'train.stopHint': { en: 'End the run and keep its weights', zh: '结束运行并保留权重' },
  'train.blocked': { en: 'The network has errors ({{count}}): see Problems', zh: '网络有 {{count}} 个错误：见“问题”' },
  'train.empty': { en: 'The network is empty: add layers first', zh: '网络为空：请先添加层' },
  'train.noEngine': { en: 'The engine is not running', zh: '计算引擎没有运行' },
} satisfies Words;
