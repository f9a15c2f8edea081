import { decayExplodes, lightDecay } from '../doctor/decay.ts';
import { figure } from '../doctor/figures.ts';
import { steadyRate } from '../doctor/rates.ts';
import type { Recipe } from '../graph/document.ts';
import type { EarlyStopping, OptimizerConfig } from '../graph/recipe.ts';
import { type Text, UserError } from '../text.ts';
import { type Device, providerFailed } from './session.ts';

/** The message for a value that became NaN or infinite, with the advice of the training doctor. */
export function diverged({ en, zh }: Text, step: number, optimizer: OptimizerConfig): Text {
  const { learningRate, weightDecay } = optimizer;
  const [why, whyZh] = decayExplodes(optimizer)
    ? [
        `learning rate × weight decay is ${figure(learningRate * weightDecay)}, so weight decay alone makes the weights grow; use a weight decay of ${figure(lightDecay(optimizer))}`,
        `学习率 × 权重衰减为 ${figure(learningRate * weightDecay)}，仅权重衰减就会使权重不断增大；请将权重衰减设为 ${figure(lightDecay(optimizer))}`,
      ]
    : [
        `the learning rate is ${figure(learningRate)}; use ${figure(steadyRate(optimizer))}`,
        `学习率为 ${figure(learningRate)}；请改为 ${figure(steadyRate(optimizer))}`,
      ];
  return {
    en: `${en} became NaN or infinite at step ${step}: the updates were too large (${why}).`,
    zh: `第 ${step} 步时${zh}变成 NaN 或无穷大：更新过大（${whyZh}）。`,
  };
}

/** Adds that the weights are kept. A run without a keeper ends with the process, and its weights with it. */
export const weightsKept = ({ en, zh }: Text): Text => ({
  en: `${en} The last good weights are kept.`,
  zh: `${zh}已保留最后一份可用的权重。`,
});

/** Error messages of the runtime, its libraries and JavaScript if memory runs out. */
const OUT_OF_MEMORY = /alloc|out of memory|not enough memory/i;

/** The message for a failed step after `step`. */
export function stepFailed(error: unknown, device: Device, step: number, batchSize: number): Text {
  if (error instanceof UserError) return error.text;
  if (device.provider !== 'cpu') return providerFailed(device, error).text;
  const reason = error instanceof Error ? error.message : String(error);
  if (OUT_OF_MEMORY.test(reason)) {
    return {
      en: `Not enough memory for step ${step + 1} with batch size ${batchSize}. Use a smaller batch size or close other programs.`,
      zh: `内存不足，无法以批量大小 ${batchSize} 完成第 ${step + 1} 步。请减小批量大小或关闭其他程序。`,
    };
  }
  return {
    en: `Training failed at step ${step + 1}: ${reason}. Please report this bug and attach the network.`,
    zh: `训练在第 ${step + 1} 步失败：${reason}。请报告此问题并附上网络。`,
  };
}

export function stoppedEarly({ monitor, patience }: EarlyStopping, epoch: number): Text {
  const [en, zh] = monitor === 'loss' ? ['loss', '损失'] : ['accuracy', '精度'];
  return {
    en: `Early stopping after epoch ${epoch}: the validation ${en} has not improved for ${patience} epochs.`,
    zh: `第 ${epoch} 轮后早停：验证${zh}已连续 ${patience} 轮无改善。`,
  };
}

export const otherData = (source: string): UserError =>
  new UserError({
    en: `Dataset “${source}” is not the one this run was trained on, so the run cannot be resumed. Restore the dataset, or train from scratch.`,
    zh: `数据集“${source}”与此次训练所用的不同，无法继续训练。请恢复数据集，或从头训练。`,
  });

/** The message if training settings monitor the accuracy of a network without one; otherwise null. */
export function needsAccuracy({ earlyStopping, schedule }: Recipe): UserError | null {
  if (earlyStopping?.monitor === 'accuracy') {
    return new UserError({
      en: 'Early stopping monitors the accuracy, but a regression network has none. Set it to monitor the validation loss.',
      zh: '早停监测精度，但回归网络没有精度。请改为监测验证损失。',
    });
  }
  if (schedule?.kind === 'plateau' && schedule.mode === 'max') {
    return new UserError({
      en: 'The schedule monitors the accuracy, but a regression network has none. Set it to monitor the validation loss (mode min).',
      zh: '学习率调度监测精度，但回归网络没有精度。请改为监测验证损失（min）。',
    });
  }
  return null;
}
