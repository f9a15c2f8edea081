import { decayExplodes, lightDecay } from '../doctor/decay.ts';
import { figure } from '../doctor/figures.ts';
import { steadyRate } from '../doctor/rates.ts';
import type { Recipe } from '../graph/document.ts';
import type { EarlyStopping, OptimizerConfig } from '../graph/recipe.ts';
import { type Text, UserError } from '../text.ts';
import { type Device, providerFailed } from './session.ts';

/** `what` became no number at that step; the advice is the doctor's. */
export function diverged({ en, zh }: Text, step: number, optimizer: OptimizerConfig): Text {
  const { learningRate, weightDecay } = optimizer;
  const [why, whyZh] = decayExplodes(optimizer)
    ? [
        `learning rate × weight decay is ${figure(learningRate * weightDecay)}, so decay alone makes the weights grow; try a weight decay of ${figure(lightDecay(optimizer))}`,
        `学习率 × 权重衰减为 ${figure(learningRate * weightDecay)}，仅衰减就使权重不断增大；请把权重衰减设为 ${figure(lightDecay(optimizer))}`,
      ]
    : [
        `the learning rate is ${figure(learningRate)}; try ${figure(steadyRate(optimizer))}`,
        `学习率为 ${figure(learningRate)}，请试试 ${figure(steadyRate(optimizer))}`,
      ];
  return {
    en: `${en} became NaN or infinite at step ${step}: the updates were too large (${why}). The last good weights are kept.`,
    zh: `第 ${step} 步时${zh}变成 NaN 或无穷大：更新过大（${whyZh}）。已保留最后一份可用的权重。`,
  };
}

/** What the runtime, its libraries and JavaScript say when memory runs out. */
const OUT_OF_MEMORY = /alloc|out of memory|not enough memory/i;

/** Why the step after `step` could not be done. */
export function stepFailed(error: unknown, device: Device, step: number, batchSize: number): Text {
  if (error instanceof UserError) return error.text;
  if (device.provider !== 'cpu') return providerFailed(device, error).text;
  const reason = error instanceof Error ? error.message : String(error);
  if (OUT_OF_MEMORY.test(reason)) {
    return {
      en: `There is not enough memory for step ${step + 1} with batches of ${batchSize}. The weights of step ${step} are kept. Make the batches smaller, or close other programs, and go on.`,
      zh: `内存不足，无法以批量大小 ${batchSize} 完成第 ${step + 1} 步。第 ${step} 步的权重已保留。请减小批量大小或关闭其他程序，然后继续。`,
    };
  }
  return {
    en: `Training failed at step ${step + 1}: ${reason}. Please report this with the network; the weights of step ${step} are kept.`,
    zh: `训练在第 ${step + 1} 步失败：${reason}。请附上网络报告此问题；第 ${step} 步的权重已保留。`,
  };
}

export function stoppedEarly({ monitor, patience }: EarlyStopping, epoch: number): Text {
  const [en, zh] = monitor === 'loss' ? ['loss', '损失'] : ['accuracy', '精度'];
  return {
    en: `Stopped early after epoch ${epoch}: the validation ${en} has not improved for ${patience} epochs.`,
    zh: `第 ${epoch} 轮后提前停止：验证${zh}已连续 ${patience} 轮没有改善。`,
  };
}

export const otherData = (source: string): UserError =>
  new UserError({
    en: `The data '${source}' is not what this run was trained on, so the run cannot go on. Put the data back, or train from the start.`,
    zh: `数据“${source}”与此次训练所用的不同，无法继续。请恢复数据，或从头训练。`,
  });

/** What of the recipe looks at an accuracy, for a network that has none; null: nothing does. */
export function needsAccuracy({ earlyStopping, schedule }: Recipe): UserError | null {
  if (earlyStopping?.monitor === 'accuracy') {
    return new UserError({
      en: 'Early stopping looks at the accuracy, but this network predicts numbers. Let it look at the loss.',
      zh: '提前停止以精度为准，但此网络预测的是数值。请改为以损失为准。',
    });
  }
  if (schedule?.kind === 'plateau' && schedule.mode === 'max') {
    return new UserError({
      en: 'The schedule waits for a higher accuracy, but this network predicts numbers. Let it wait for a lower loss: mode min.',
      zh: '学习率计划等待精度提高，但此网络预测的是数值。请改为等待损失降低（min）。',
    });
  }
  return null;
}
