import type { Words } from '../words.ts';

export const travel = {
  'travel.title': { en: 'Training timeline', zh: '训练时间线' },
  'travel.slider': { en: 'Checkpoint', zh: '检查点' },
  'travel.play': { en: 'Play from step 0', zh: '从第 0 步播放' },
  'travel.pause': { en: 'Pause playback', zh: '暂停播放' },
  'travel.now': { en: 'Latest: step {{step}}', zh: '最新：第 {{step}} 步' },
  'travel.nowOthers': {
    en: 'Weights of an earlier checkpoint; the run ended at step {{step}}',
    zh: '较早检查点的权重；训练结束于第 {{step}} 步',
  },
  'travel.step': { en: 'step {{step}}', zh: '第 {{step}} 步' },
  'travel.seen': { en: 'Showing step {{step}} of {{steps}}', zh: '正在查看第 {{step}} 步（共 {{steps}} 步）' },
  'travel.other': {
    en: 'Showing the network of this checkpoint; you edited it later.',
    zh: '正在显示此检查点的网络；之后网络已修改。',
  },
  'travel.hint': { en: 'Drag left to see earlier checkpoints.', zh: '向左拖动可查看较早的检查点。' },
  'travel.epoch': { en: 'epoch {{epoch}}', zh: '第 {{epoch}} 轮' },
  'travel.loss': { en: 'loss {{loss}}', zh: '损失 {{loss}}' },
  'travel.accuracy': { en: 'accuracy {{accuracy}}', zh: '精度 {{accuracy}}' },
  'travel.validation': { en: 'validation {{accuracy}}', zh: '验证 {{accuracy}}' },
  'travel.back': { en: 'Go to latest step', zh: '回到最新一步' },
  'travel.branch': { en: 'Branch from this checkpoint', zh: '从此检查点新建分支' },
  'travel.branchHint': {
    en: 'Starts a new run from this checkpoint; the current run is stopped and kept',
    zh: '从此检查点开始新的训练；当前的训练会停止并保留',
  },
  'travel.take': { en: 'Restore these weights', zh: '恢复这些权重' },
  'travel.takeHint': {
    en: 'Loads the weights of this checkpoint. A run in progress is stopped and kept.',
    zh: '载入此检查点的权重；正在进行的训练会停止并保留。',
  },
  'travel.taken': { en: 'Restored the weights of step {{step}}', zh: '已恢复第 {{step}} 步的权重' },
  'travel.gone': {
    en: 'The checkpoint at step {{step}} was removed. Showing the nearest one: step {{nearest}}.',
    zh: '第 {{step}} 步的检查点已被移除，现在显示最接近的第 {{nearest}} 步。',
  },
} satisfies Words;
