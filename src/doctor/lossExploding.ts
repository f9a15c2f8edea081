import { figure } from './figures.ts';
import { type Ailment, consequences } from './finding.ts';
import { normalizedInputs } from './layerRepairs.ts';
import { highestRate } from './ratesInForce.ts';
import { clipNorm, hasLargeInputs } from './remedies.ts';
import { isRaised, smallerSteps } from './smallerSteps.ts';

/** Ratio to the initial loss from which the loss explodes, long before it overflows (3e38 in float32, squares at 1e19). */
const EXPLODED = 1000;
export const lossExploding: Ailment = {
  code: 'loss-exploding',
  explains: ['rate-too-high', ...consequences],
  look(patient) {
    const { broken, course, recipe, run, data } = patient;
    const grown = course !== null && course.end > EXPLODED * Math.max(course.start, course.idle);
    if (!broken && !grown) return null;
    const raised = isRaised(patient);
    const learningRate = raised ? highestRate(patient) : recipe.optimizer.learningRate;
    const [from, to] = course === null ? ['?', '?'] : [figure(course.start), figure(course.highest)];
    const large = hasLargeInputs(patient);
    const scale = large ? figure(data?.inputs.largest ?? 0) : '';
    const lasted = broken
      ? {
          en: `Loss, gradients or weights became NaN or infinite after step ${run.step}`,
          zh: `第 ${run.step} 步之后，损失、梯度或权重变成 NaN 或无穷大`,
        }
      : { en: `The loss went from ${from} to ${to}`, zh: `损失从 ${from} 升到 ${to}` };
    return {
      severity: 'error',
      title: { en: 'The loss explodes', zh: '损失爆炸' },
      message: {
        en: `${lasted.en}${broken && course !== null ? ` (initial loss ${from}, maximum ${to})` : ''}. Each update overshoots more than the one before; the learning rate is ${figure(learningRate)}${raised ? ', raised by the schedule' : ''}. Use a lower learning rate.${large ? ` The inputs are also large: up to ${scale}, while about 1 is expected.` : ''}`,
        zh: `${lasted.zh}${broken && course !== null ? `（初始损失 ${from}，最高 ${to}）` : ''}。更新步长过大，并且越来越大；学习率${raised ? '被调度升到' : '为'} ${figure(learningRate)}。请减小学习率。${large ? `输入也偏大：最大 ${scale}，通常应在 1 左右。` : ''}`,
      },
      nodes: [],
      fixes: [
        ...smallerSteps(patient),
        ...(large ? normalizedInputs(patient) : []),
        ...(recipe.clip ? [] : [clipNorm]),
      ],
    };
  },
};
