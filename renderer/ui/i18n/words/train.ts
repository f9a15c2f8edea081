import type { Words } from '../words.ts';

export const train = {
  'train.train': { en: 'Train', zh: '训练' },
  'train.trainHint': {
    en: 'Train from scratch; frozen layers keep their weights',
    zh: '从头训练；冻结的层保留现有权重',
  },
  'train.heldHint': {
    en: 'Train from the current weights, as chosen under Fine-tuning; layers without weights start from random ones',
    zh: '按“微调”中的选择从现有权重开始训练；没有权重的层随机初始化',
  },
  'train.againHint': {
    en: 'Train from scratch; frozen layers keep their weights. The current run stays in the list of runs.',
    zh: '从头训练；冻结的层保留现有权重。当前的训练仍保留在训练记录中。',
  },
  'train.goOn': { en: 'Resume run', zh: '继续训练' },
  'train.goOnHint': {
    en: 'Resume this run from step {{step}} of {{steps}}; the result is the same as without the stop',
    zh: '从第 {{step}} 步（共 {{steps}} 步）继续此次训练，结果与未停止时相同',
  },
  'train.extend': { en: '{{count}} more epochs', zh: '再训练 {{count}} 轮' },
  'train.extendHint': {
    en: 'Continue this run for {{count}} more epochs; its curves are extended',
    zh: '此次训练继续 {{count}} 轮，曲线随之延伸',
  },
  'train.warm': { en: 'Warm start', zh: '热启动' },
  'train.warmHint': {
    en: 'Start a new run: every layer starts with its current weights; frozen layers do not change',
    zh: '开始新的训练：各层从现有权重开始，冻结的层保持不变',
  },
  'train.more': { en: 'More ways to train', zh: '更多训练方式' },
  'train.pause': { en: 'Pause', zh: '暂停' },
  'train.resume': { en: 'Resume', zh: '继续' },
  'train.step': { en: 'Step', zh: '训练一步' },
  'train.stepHint': { en: 'Train one step, then pause', zh: '训练一步，然后暂停' },
  'train.stop': { en: 'Stop', zh: '停止' },
  'train.stopHint': { en: 'Stop the run and keep its weights', zh: '停止训练并保留权重' },
  'train.blocked': {
    en: 'The network has {{count}} {{count, error|errors}}: see Problems',
    zh: '网络有 {{count}} 个错误：见“问题”',
  },
  'train.empty': { en: 'The network is empty: add layers first', zh: '网络为空：请先添加层' },
  'train.noEngine': { en: 'The training engine is not running', zh: '训练引擎未运行' },
} satisfies Words;
