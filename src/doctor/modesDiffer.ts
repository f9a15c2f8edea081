import { trainedBatchNorms } from './batchNorms.ts';
import { figure, quotedList } from './figures.ts';
import type { Ailment, Repair } from './finding.ts';
import { longer } from './remedies.ts';
import { isTopLevel, type LayerRepair } from './repair.ts';

/** Ratio of the losses in prediction and training mode from which the running statistics are inaccurate. */
const MISFIT = 1.5;
const OF_IDLE = 0.1;
/** Min number of steps; at the usual momentum of 0.1, the initial statistics then have a weight of 4%. */
const STEPS = 30;
/** Momentum below which the statistics need more than a hundred steps to follow; the default of PyTorch is 0.1. */
const SLOW = 0.01;
const USUAL = 0.1;

export const modesDiffer: Ailment = {
  code: 'modes-differ',
  explains: ['overfitting', 'underfitting', 'plateau', 'one-class'],
  look(patient) {
    const { network, course, run } = patient;
    const norms = trainedBatchNorms(patient);
    if (network === null || norms.length === 0 || run.step < STEPS) return null;
    const { trainingLoss, predictionLoss, batch } = network;
    const limit = MISFIT * trainingLoss + OF_IDLE * (course?.idle ?? trainingLoss);
    if (!(predictionLoss > limit)) return null;
    const slow = norms.filter(({ config }) => (config.momentum as number) < SLOW);
    const odd = slow.length > 0 ? slow : norms;
    const names = quotedList(odd.map(({ node }) => node.name));
    const [first] = odd;
    const momentum = figure(first?.config.momentum as number);
    const set = odd
      .filter(isTopLevel)
      .map(({ node }): LayerRepair => ({ kind: 'set', node: node.id, key: 'momentum', value: USUAL }));
    const repair: Repair = {
      title: { en: `Set the momentum of batch norm to ${USUAL}`, zh: `将批量规范化的动量设为 ${USUAL}` },
      layers: set,
    };
    return {
      severity: 'error',
      title: { en: 'Training and prediction modes disagree', zh: '训练模式与预测模式不一致' },
      message: {
        en: `The same ${batch} training samples have a loss of ${figure(trainingLoss)} in training mode and ${figure(predictionLoss)} in prediction mode. Prediction uses the running statistics of ${names.en}, which are inaccurate${slow.length > 0 ? `: with momentum ${momentum}, they hardly changed in ${run.step} steps` : ''}. Validation and predictions are therefore worse than training. Use a momentum of ${USUAL}.`,
        zh: `同样的 ${batch} 个训练样本，训练模式下损失为 ${figure(trainingLoss)}，预测模式下为 ${figure(predictionLoss)}。预测使用${names.zh}的移动统计量，而这些统计量不准确${slow.length > 0 ? `：动量为 ${momentum}，${run.step} 步内几乎没有变化` : ''}。因此验证和预测的结果比训练时差。请将动量设为 ${USUAL}。`,
      },
      nodes: odd.map(({ node }) => node.id),
      fixes: slow.length > 0 ? [repair] : [longer],
    };
  },
};
