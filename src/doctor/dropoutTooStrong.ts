import type { CheckedNode } from '../check/checkedGraph.ts';
import type { Text } from '../text.ts';
import { figure, percent, quotedList } from './figures.ts';
import type { Ailment } from './finding.ts';
import { droppingMost, lessDropout } from './lessDropout.ts';
import type { Patient } from './patient.ts';
import { isCause } from './remedies.ts';

const STEPS = 30;
/** The same samples' loss with dropout is so many times that without. */
const MISFIT = 1.5;
/** So much better without dropout: what was trained is not what predicts. */
const BETTER = 0.2;

export const dropoutTooStrong: Ailment = {
  code: 'dropout-too-strong',
  explains: [
    'rate-too-high',
    'vanishing-gradients',
    'dead-relus',
    'modes-differ',
    'rate-too-low',
    'labels-shuffled',
    'overfitting',
    'underfitting',
    'plateau',
    'one-answer',
  ],
  look(patient) {
    const { network, run, stuck, nodes } = patient;
    const drops = droppingMost(nodes);
    if (network === null || drops.length === 0 || run.step < STEPS) return null;
    const fixes = lessDropout(patient);
    const seen = differs(patient) ?? (stuck ? learnsNothing(patient) : null);
    if (seen === null) return null;
    // A network that does not learn may have other reasons: a trial tells.
    const guilty = seen.certain ? true : isCause(patient, fixes);
    if (guilty === false) return null;
    const names = quotedList(drops.map(({ node }) => node.name));
    const most = percent(Math.max(...drops.map(probability)));
    return {
      severity: seen.certain ? 'warning' : 'error',
      title: { en: 'Too much dropout', zh: '暂退法过强' },
      message: {
        en: `Up to ${most} of all numbers are dropped in ${names.en} while training: ${seen.words.en}. Too little information is left to learn from; 0.5 is the usual most.`,
        zh: `${names.zh} 在训练时丢弃多达 ${most} 的数值：${seen.words.zh}。剩下的信息太少，难以学习；通常最多为 0.5。`,
      },
      nodes: drops.map(({ node }) => node.id),
      fixes,
      ...(guilty === null && { provisional: true, explains: [] }),
    };
  },
};

const probability = ({ config }: CheckedNode): number => config.p as number;

interface Seen {
  readonly certain: boolean;
  readonly words: Text;
}

/** Prediction, which drops nothing, shows that the network knows more than its training can use. */
function differs({ network, run }: Patient): Seen | null {
  if (network === null) return null;
  const { trainingLoss, predictionLoss, score, batch } = network;
  const before = run.history.at(-1)?.train.accuracy ?? null;
  if (before !== null && score.train - before > BETTER) {
    const words = {
      en: `accuracy is ${percent(before)} while training, but ${percent(score.train)} on ${batch} of the same samples in prediction mode`,
      zh: `训练时精度为 ${percent(before)}，而预测模式下同样的样本中 ${batch} 个的精度为 ${percent(score.train)}`,
    };
    return { certain: true, words };
  }
  if (!(trainingLoss > MISFIT * predictionLoss)) return null;
  const words = {
    en: `the same ${batch} samples have a loss of ${figure(trainingLoss)} in training mode and ${figure(predictionLoss)} in prediction mode`,
    zh: `同样的 ${batch} 个样本，训练模式下损失为 ${figure(trainingLoss)}，预测模式下为 ${figure(predictionLoss)}`,
  };
  return { certain: true, words };
}

function learnsNothing({ course, run }: Patient): Seen | null {
  if (course === null) return null;
  const [end, start] = [figure(course.end), figure(course.start)];
  return {
    certain: false,
    words: {
      en: `the loss is ${end} after ${run.step} steps and was ${start} at the start`,
      zh: `${run.step} 步之后损失为 ${end}，开始时为 ${start}`,
    },
  };
}
