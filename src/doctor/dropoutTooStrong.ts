import type { Text } from '../text.ts';
import { figure, percent, quotedList } from './figures.ts';
import { type Ailment, consequences } from './finding.ts';
import { dropped, lessDropout, strongDropouts } from './lessDropout.ts';
import type { Patient } from './patient.ts';
import { isCause } from './remedies.ts';

const STEPS = 30;
/** Ratio of the losses of the same samples with and without dropout. */
const MISFIT = 1.5;
/** Gain in accuracy without dropout. */
const BETTER = 0.2;

export const dropoutTooStrong: Ailment = {
  code: 'dropout-too-strong',
  explains: ['rate-too-high', ...consequences],
  look(patient) {
    const { network, run, stuck, nodes } = patient;
    const drops = strongDropouts(nodes);
    if (network === null || drops.length === 0 || run.step < STEPS) return null;
    const fixes = lessDropout(patient);
    const seen = differs(patient) ?? (stuck ? learnsNothing(patient) : null);
    if (seen === null) return null;
    // A network may not learn for other reasons, so a trial has to confirm it.
    const guilty = seen.certain ? true : isCause(patient, fixes);
    if (guilty === false) return null;
    const names = quotedList(drops.map(({ node }) => node.name));
    const most = percent(Math.max(...drops.map(dropped)));
    return {
      severity: seen.certain ? 'warning' : 'error',
      title: { en: 'Too much dropout', zh: '暂退法过强' },
      message: {
        en: `Up to ${most} of all values are dropped in ${names.en} during training: ${seen.words.en}. Too little information is left to learn from. Use a dropout rate of 0.5 or less.`,
        zh: `${names.zh}在训练时丢弃多达 ${most} 的数值：${seen.words.zh}。保留的信息过少，网络难以学习。请将暂退概率设为 0.5 或更小。`,
      },
      nodes: drops.map(({ node }) => node.id),
      fixes,
      ...(guilty === null && { provisional: true, explains: [] }),
    };
  },
};

interface DropoutEvidence {
  readonly certain: boolean;
  readonly words: Text;
}

/** Much better results in prediction mode, without dropout, show that dropout is too strong. */
function differs({ network, run }: Patient): DropoutEvidence | null {
  if (network === null) return null;
  const { trainingLoss, predictionLoss, score, batch } = network;
  const before = run.history.at(-1)?.train.accuracy ?? null;
  if (before !== null && score.train - before > BETTER) {
    const words = {
      en: `the accuracy is ${percent(before)} in training mode, but ${percent(score.train)} on ${batch} of the same samples in prediction mode`,
      zh: `训练模式下精度为 ${percent(before)}，而预测模式下，其中 ${batch} 个样本的精度为 ${percent(score.train)}`,
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

function learnsNothing({ course, run }: Patient): DropoutEvidence | null {
  if (course === null) return null;
  const [end, start] = [figure(course.end), figure(course.start)];
  return {
    certain: false,
    words: {
      en: `the loss is ${end} after ${run.step} steps and was ${start} initially`,
      zh: `${run.step} 步之后损失为 ${end}，开始时为 ${start}`,
    },
  };
}
