import { figure } from './figures.ts';
import type { Ailment } from './finding.ts';
import { normalisedInputs } from './layerRepairs.ts';
import { highestRate } from './ratesInForce.ts';
import { clipNorm, hasLargeInputs } from './remedies.ts';
import { isRaised, smallerSteps } from './smallerSteps.ts';

/** A loss so many times that of the start is on its way out of the numbers: float32 ends at 3e38, squares at 1e19. */
const EXPLODED = 1000;
export const lossExploding: Ailment = {
  code: 'loss-exploding',
  explains: [
    'rate-too-high',
    'dead-relus',
    'vanishing-gradients',
    'modes-differ',
    'rate-too-low',
    'labels-shuffled',
    'overfitting',
    'underfitting',
    'plateau',
    'one-answer',
  ],
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
          en: `Loss, gradients or weights left the range of numbers after step ${run.step}`,
          zh: `第 ${run.step} 步之后，损失、梯度或权重超出了数值范围`,
        }
      : { en: `The loss went from ${from} to ${to}`, zh: `损失从 ${from} 升到 ${to}` };
    return {
      severity: 'error',
      title: { en: 'The loss explodes', zh: '损失爆炸' },
      message: {
        en: `${lasted.en}${broken && course !== null ? `, having been ${from} at the start and ${to} at most` : ''}. Each update overshoots and makes the next one larger; the learning rate is ${figure(learningRate)}${raised ? ', to which the schedule raises it' : ''}.${large ? ` The inputs are large, too: up to ${scale}, where about 1 is expected.` : ''}`,
        zh: `${lasted.zh}${broken && course !== null ? `（开始时为 ${from}，最高 ${to}）` : ''}。每次更新都走过头，下一次更大；学习率${raised ? '被调度升到' : '为'} ${figure(learningRate)}。${large ? `输入也偏大：最大 ${scale}，通常应在 1 左右。` : ''}`,
      },
      nodes: [],
      fixes: [
        ...smallerSteps(patient),
        ...(large ? normalisedInputs(patient) : []),
        ...(recipe.clip ? [] : [clipNorm]),
      ],
    };
  },
};
