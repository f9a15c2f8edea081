import { figure, percent } from './figures.ts';
import type { Ailment } from './finding.ts';
import type { Patient } from './patient.ts';
import { bestTrial, higherRate, higherRates, setRate, updateShare } from './rates.ts';
import { bestRemedy } from './remedies.ts';

/** Min number of steps. */
const STEPS = 20;
/** Fraction of the initial loss above which the loss has hardly fallen. */
const SLOW = 0.8;
/** Factor to the best single step; in healthy runs it is about 10 or less. */
const LARGER = 100;
/** Min relative decrease of the loss by that step; a smaller one means that the network has nothing left to learn. */
const GAIN = 2e-3;
/** Relative update of the weights below which steps are too small; about 1e-3 is healthy (Karpathy, CS231n). */
const SMALL_UPDATE = 3e-4;

export const rateTooLow: Ailment = {
  code: 'rate-too-low',
  explains: ['labels-shuffled', 'underfitting', 'plateau', 'one-class'],
  look(patient) {
    const { course, network, run } = patient;
    const best = bestTrial(patient);
    const share = updateShare(patient);
    if (course === null || network === null || best === null || share === null || run.step < STEPS) return null;
    if (!crawls(patient) && !higherRateHelpsMost(patient)) return null;
    const { learningRate } = patient.recipe.optimizer;
    return {
      severity: 'warning',
      title: { en: 'The learning rate is too low', zh: '学习率过小' },
      message: {
        en: `In ${run.step} steps, the loss went from ${figure(course.start)} to ${figure(course.end)}. A step at learning rate ${figure(learningRate)} changes the weights by at most ${percent(share)} (about 0.1% is healthy). Of the steps tried, one ${figure(best.factor)} times as large lowers the loss of ${network.batch} samples most, from ${figure(network.trainingLoss)} to ${figure(best.loss)}. Use a higher learning rate.`,
        zh: `${run.step} 步之后，损失仅从 ${figure(course.start)} 变到 ${figure(course.end)}。学习率 ${figure(learningRate)} 的一步最多使权重变化 ${percent(share)}（约 0.1% 为宜）；步长放大到 ${figure(best.factor)} 倍时，${network.batch} 个样本的损失降得最多，从 ${figure(network.trainingLoss)} 到 ${figure(best.loss)}。请增大学习率。`,
      },
      nodes: [],
      fixes: [higherRate(patient), ...higherRates(patient)].map(setRate),
    };
  },
};

/** True if the loss hardly falls and a far larger step would be better. */
function crawls(patient: Patient): boolean {
  const { course, network, stuck } = patient;
  const best = bestTrial(patient);
  const share = updateShare(patient);
  if (course === null || network === null || best === null || share === null || !stuck) return false;
  const begun = Math.min(course.start, course.smooth[0] ?? course.start);
  if (course.end < SLOW * begun || best.factor < LARGER || share > SMALL_UPDATE) return false;
  return best.loss <= (1 - GAIN) * network.trainingLoss;
}

function higherRateHelpsMost(patient: Patient): boolean {
  const rate = bestRemedy(patient)?.learningRate;
  return rate !== undefined && rate > patient.recipe.optimizer.learningRate;
}
