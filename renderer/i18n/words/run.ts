import type { Words } from '../words.ts';

export const run = {
  'run.none': {
    en: 'Not trained yet: press Train (F5) to see the curves grow',
    zh: '尚未训练：按“训练”（F5）即可看到曲线',
  },
  'run.preparing': { en: 'Preparing …', zh: '准备中…' },
  'run.running': {
    en: 'Epoch {{epoch}} / {{epochs}} · {{rate}} samples/s · {{left}} left',
    zh: '第 {{epoch}} / {{epochs}} 轮 · {{rate}} 样本/秒 · 剩余 {{left}}',
  },
  'run.starting': { en: 'Epoch {{epoch}} / {{epochs}}', zh: '第 {{epoch}} / {{epochs}} 轮' },
  'run.paused': { en: 'Paused at step {{step}} of {{steps}}', zh: '已暂停在第 {{step}} 步，共 {{steps}} 步' },
  'run.kept': { en: 'The weights of epoch {{epoch}} are kept.', zh: '保留第 {{epoch}} 轮的权重。' },
  'run.stopped': { en: 'Stopped after {{step}} of {{steps}} steps', zh: '已停止：完成 {{step}} / {{steps}} 步' },
  'run.done': {
    en: 'Done: epoch {{epochs}} / {{epochs}} · {{steps}} steps',
    zh: '完成：第 {{epochs}} / {{epochs}} 轮 · {{steps}} 步',
  },
  'run.failed': { en: 'The run failed', zh: '运行失败' },
  'run.differs': { en: 'The drawing differs from the network that was trained.', zh: '画布上的网络与训练的网络不同。' },
  'run.progress': { en: 'Progress of the run', zh: '运行进度' },
  'run.loss': { en: 'Loss', zh: '损失' },
  'run.accuracy': { en: 'Accuracy', zh: '精度' },
  'run.train': { en: 'train', zh: '训练' },
  'run.validation': { en: 'validation', zh: '验证' },
  'run.epochAxis': { en: 'epoch', zh: '轮' },
  'run.lossAxis': { en: 'nats', zh: '奈特' },
  'run.lossChart': { en: 'Loss over the epochs', zh: '损失随轮数变化' },
  'run.accuracyChart': { en: 'Accuracy over the epochs', zh: '精度随轮数变化' },
} satisfies Words;
