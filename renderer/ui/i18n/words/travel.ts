import type { Words } from '../words.ts';

export const travel = {
  'travel.title': { en: 'Time travel', zh: '时间回溯' },
  'travel.slider': { en: 'Moment of the run', zh: '训练中的时刻' },
  'travel.play': { en: 'Play from the start to now', zh: '从头播放到现在' },
  'travel.pause': { en: 'Pause playing', zh: '暂停播放' },
  'travel.now': { en: 'Now: step {{step}}', zh: '现在：第 {{step}} 步' },
  'travel.nowOthers': {
    en: 'Now: weights of an earlier checkpoint; the run ended at step {{step}}',
    zh: '现在：较早检查点的权重；训练结束于第 {{step}} 步',
  },
  'travel.step': { en: 'step {{step}}', zh: '第 {{step}} 步' },
  'travel.seen': { en: 'You see step {{step}} of {{steps}}', zh: '正在查看第 {{step}} 步，共 {{steps}} 步' },
  'travel.other': {
    en: 'Shown on the network of that time: you have edited it since.',
    zh: '按当时的网络显示：此后网络已被修改。',
  },
  'travel.hint': { en: 'Drag to look back', zh: '向左拖动以回看' },
  'travel.epoch': { en: 'epoch {{epoch}}', zh: '轮次 {{epoch}}' },
  'travel.loss': { en: 'loss {{loss}}', zh: '损失 {{loss}}' },
  'travel.accuracy': { en: 'accuracy {{accuracy}}', zh: '精度 {{accuracy}}' },
  'travel.validation': { en: 'validation {{accuracy}}', zh: '验证 {{accuracy}}' },
  'travel.back': { en: 'Back to now', zh: '回到现在' },
  'travel.branch': { en: 'Branch here', zh: '从此处分支' },
  'travel.branchHint': {
    en: 'Starts a new run from this checkpoint; the current run is stopped and kept',
    zh: '从此检查点开始一次新的训练；当前训练会停止并保留',
  },
  'travel.take': { en: 'Use these weights', zh: '采用这些权重' },
  'travel.takeHint': {
    en: 'Restores the weights from this checkpoint; a run in progress is stopped and kept',
    zh: '恢复此检查点的权重；正在进行的训练会停止并保留',
  },
  'travel.taken': { en: 'The network has the weights of step {{step}} now.', zh: '网络现在采用第 {{step}} 步的权重。' },
  'travel.gone': {
    en: 'The checkpoint at step {{step}} is no longer kept. The nearest one is shown: step {{nearest}}.',
    zh: '第 {{step}} 步的检查点已不再保留，现在显示最接近的第 {{nearest}} 步。',
  },
} satisfies Words;
