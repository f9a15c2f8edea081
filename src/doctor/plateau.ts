import { endOf } from './course.ts';
import { figure, percent, quotedList } from './figures.ts';
import type { Ailment } from './finding.ts';
import { batchNorms, reluInstead } from './layerRepairs.ts';
import type { Patient } from './patient.ts';
import { again, isUnderWay, longer } from './remedies.ts';

/** Fewer steps are a beginning. */
const STEPS = 30;
/** A loss within this share of that of always giving the same prediction: nothing of the samples is used. */
const IDLE = 0.97;
/** Sigmoids and tanhs of healthy networks have fewer results at their ends. */
const SATURATED = 0.5;
/** Share of the variance, where the predictions are numbers. */
const EXPLAINED = 0.05;

export const plateau: Ailment = {
  code: 'plateau',
  explains: ['one-answer'],
  look(patient) {
    const { course, run, nodes } = patient;
    if (course === null || run.step < STEPS || !learnedNothing(patient)) return null;
    const ended = run.state === 'done' || run.state === 'stopped' || run.state === 'failed';
    if (isUnderWay(patient)) return null;
    const isTried = (patient.trials?.tried.length ?? 0) > 0;
    const full = (patient.network?.activations ?? []).filter(({ saturated }) => saturated > SATURATED);
    const ends = quotedList(full.map(({ name }) => name));
    const flat = nodes.filter(({ layer }) => layer.type === 'sigmoid');
    const chance = percent(patient.chance);
    const [en, zh] =
      endOf(patient.graph)?.layer.output?.answers === 'numbers'
        ? ['no better than always predicting the mean', '与始终预测均值无异']
        : [
            `no better than always predicting the commonest class (${chance})`,
            `与始终预测最常见的类别（${chance}）无异`,
          ];
    return {
      severity: 'warning',
      title: { en: 'The network has learned nothing yet', zh: '网络还没有学到东西' },
      message: {
        en: `The loss is ${figure(course.end)} after ${run.step} steps and was ${figure(course.start)} at the start: ${en}.${flat.length > 0 ? ` A sigmoid passes on a quarter of a gradient at most, and ${flat.length === 1 ? 'one lies' : `${flat.length} lie`} in its way: such networks stay at their start for long.` : ''}${full.length > 0 ? ` In ${ends.en} more than ${percent(SATURATED)} of the results lie at either end, where the slope is next to nothing.` : ''}`,
        zh: `${run.step} 步之后损失为 ${figure(course.end)}，开始时为 ${figure(course.start)}：${zh}。${flat.length > 0 ? `一个 sigmoid 最多传回四分之一的梯度，途中有 ${flat.length} 个：这样的网络常长时间停在起点。` : ''}${full.length > 0 ? `${ends.zh} 超过 ${percent(SATURATED)} 的输出位于两端，那里的斜率几乎为零。` : ''}`,
      },
      nodes: flat.map(({ node }) => node.id),
      // It may be about to begin: only a trial tells, or the end of a run that is too large for trials.
      ...(isTried || (ended && patient.trials?.without === 'large') ? {} : { provisional: true }),
      fixes: [again, longer, ...batchNorms(patient), ...reluInstead(patient)],
    };
  },
};

function learnedNothing({ course, network, graph }: Patient): boolean {
  if (course === null) return false;
  if (endOf(graph)?.layer.output?.answers === 'numbers') return network !== null && network.score.train < EXPLAINED;
  return course.end - course.floor > IDLE * (course.idle - course.floor);
}
