import { endOf } from './course.ts';
import { figure, percent, quotedList } from './figures.ts';
import type { Ailment } from './finding.ts';
import { batchNorms, reluInstead, saturationOf } from './layerRepairs.ts';
import type { Patient } from './patient.ts';
import { isUnderWay, longer, trainFromScratch } from './remedies.ts';

/** Min number of steps. */
const STEPS = 30;
/** Fraction of the loss of a constant prediction; above it, the network makes no use of the inputs. */
const IDLE = 0.97;
/** Fraction of saturated sigmoid and tanh outputs; healthy networks have fewer. */
const SATURATED = 0.5;
/** For regression: fraction of the variance explained below which nothing was learned. */
const EXPLAINED = 0.05;

export const plateau: Ailment = {
  code: 'plateau',
  explains: ['one-class'],
  look(patient) {
    const { course, run, nodes } = patient;
    if (course === null || run.step < STEPS || !learnedNothing(patient)) return null;
    const ended = run.state === 'done' || run.state === 'stopped' || run.state === 'failed';
    if (isUnderWay(patient)) return null;
    const isTried = (patient.trials?.tried.length ?? 0) > 0;
    const full = (patient.network?.activations ?? []).filter(({ saturated }) => saturated > SATURATED);
    const ends = quotedList(full.map(({ name }) => name));
    const flat = nodes.filter(({ layer }) => (saturationOf(layer)?.steepest ?? 1) < 1);
    const chance = percent(patient.chance);
    const [en, zh] =
      endOf(patient.graph)?.layer.output?.answers === 'numbers'
        ? ['no better than always predicting the mean', '与始终预测均值无异']
        : [
            `no better than always predicting the most frequent class (${chance})`,
            `与始终预测最常见的类别（${chance}）无异`,
          ];
    return {
      severity: 'warning',
      title: { en: 'The network has learned nothing yet', zh: '网络尚未学到任何内容' },
      message: {
        en: `The loss is ${figure(course.end)} after ${run.step} steps and was ${figure(course.start)} initially: ${en}.${flat.length > 0 ? ` The network has ${flat.length} sigmoid ${flat.length === 1 ? 'layer' : 'layers'}; each passes on at most a quarter of a gradient, so training may stall for a long time.` : ''}${full.length > 0 ? ` In ${ends.en}, more than ${percent(SATURATED)} of the outputs are saturated, where the slope is almost 0.` : ''}`,
        zh: `${run.step} 步之后损失为 ${figure(course.end)}，开始时为 ${figure(course.start)}：${zh}。${flat.length > 0 ? `网络中有 ${flat.length} 个 sigmoid 层，每层最多传回四分之一的梯度，因此训练可能长时间停滞。` : ''}${full.length > 0 ? `${ends.zh}超过 ${percent(SATURATED)} 的输出已饱和，那里的导数几乎为 0。` : ''}`,
      },
      nodes: flat.map(({ node }) => node.id),
      // Learning may be about to start, so a trial has to confirm it, or the end of a run too large for trials.
      ...(isTried || (ended && patient.trials?.without === 'large') ? {} : { provisional: true }),
      fixes: [trainFromScratch, longer, ...batchNorms(patient), ...reluInstead(patient)],
    };
  },
};

function learnedNothing({ course, network, graph }: Patient): boolean {
  if (course === null) return false;
  if (endOf(graph)?.layer.output?.answers === 'numbers') return network !== null && network.score.train < EXPLAINED;
  return course.end - course.floor > IDLE * (course.idle - course.floor);
}
