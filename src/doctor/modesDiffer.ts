import { trainedBatchNorms } from './batchNorms.ts';
import { figure, quotedList } from './figures.ts';
import type { Ailment, Repair } from './finding.ts';
import { longer } from './remedies.ts';
import { isTop, type LayerRepair } from './repair.ts';

/** Statistics that fit give the same samples nearly the same loss; so much more, and a share of the idle loss besides, is a misfit. */
const MISFIT = 1.5;
const OF_IDLE = 0.1;
/** At the usual momentum of 0.1 the first statistics count for 4 % after so many steps. */
const STEPS = 30;
/** With less the statistics need more than a hundred steps to follow; PyTorch's default is 0.1. */
const SLOW = 0.01;
const USUAL = 0.1;

export const modesDiffer: Ailment = {
  code: 'modes-differ',
  explains: ['overfitting', 'underfitting', 'plateau', 'one-answer'],
  look({ network, course, run, nodes }) {
    const norms = trainedBatchNorms(nodes);
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
      .filter(isTop)
      .map(({ node }): LayerRepair => ({ kind: 'set', node: node.id, key: 'momentum', value: USUAL }));
    const repair: Repair = {
      title: { en: `Set the momentum of batch norm to ${USUAL}`, zh: `把批量规范化的动量设为 ${USUAL}` },
      layers: set,
    };
    return {
      severity: 'error',
      title: { en: 'Predicting is not what was trained', zh: '预测与训练时不一致' },
      message: {
        en: `The same ${batch} training samples have a loss of ${figure(trainingLoss)} in training mode and ${figure(predictionLoss)} in prediction mode. Predicting uses the running statistics of ${names.en}, and they do not fit${slow.length > 0 ? `: at momentum ${momentum} they have hardly moved in ${run.step} steps` : ''}. Validation and predictions are worse than the network is.`,
        zh: `同样的 ${batch} 个训练样本，训练模式下损失为 ${figure(trainingLoss)}，预测模式下为 ${figure(predictionLoss)}。预测使用${names.zh}的移动统计量，而它们不符${slow.length > 0 ? `：动量为 ${momentum}，${run.step} 步里几乎没动` : ''}。验证和预测的结果比网络的真实水平差。`,
      },
      nodes: odd.map(({ node }) => node.id),
      fixes: slow.length > 0 ? [repair] : [longer],
    };
  },
};
