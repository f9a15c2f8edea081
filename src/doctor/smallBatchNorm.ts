import type { CheckedNode } from '../check/checkedGraph.ts';
import type { Text } from '../text.ts';
import { trainedBatchNorms } from './batchNorms.ts';
import { figure, oneDigit, quotedList } from './figures.ts';
import type { Ailment, Code, Repair, Symptom } from './finding.ts';
import type { Patient } from './patient.ts';
import { usualRate } from './rates.ts';
import { isTop, type LayerRepair } from './repair.ts';
import { ENOUGH, largerBatch } from './smallBatch.ts';

/**
 * Wu and He 2018 (Group Normalization): with batches of 32 ResNet-50 errs on 23.6 %, of 4 on 27.3 %, of 2 on 34.7 %. A
 * feature without places has nothing but the batch to be averaged over, so its limit is higher.
 */
const SMALL = { pictures: 4, features: 7 };
/** So many times the usual rate at most. */
const MOST = 3;

/** Where nothing passes the norm, all else follows from that. */
const everything: readonly Code[] = [
  'loss-exploding',
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
];

export const smallBatchNorm: Ailment = {
  code: 'small-batch-norm',
  explains: ['modes-differ', 'underfitting', 'rate-too-low', 'plateau', 'one-answer'],
  look(patient) {
    const { nodes, recipe, data } = patient;
    const norms = trainedBatchNorms(nodes);
    if (norms.length === 0) return null;
    const { batchSize } = recipe;
    const blocked = batchSize === 1 ? norms.filter((norm) => placesOf(norm) === 1) : [];
    if (blocked.length > 0)
      return said(blocked, zeros(blocked, patient), [...enough(patient), group(norms)], everything);
    const features = norms.some(({ layer }) => layer.type === 'batchNorm1d');
    if (batchSize <= (features ? SMALL.features : SMALL.pictures)) {
      return said(norms, noisy(norms, batchSize), [...enough(patient), group(norms)]);
    }
    const single = features && data !== null && data.train % batchSize === 1;
    // One more sample a batch, and nothing is left over.
    return single
      ? said(norms, leftOver(norms, data.train, batchSize), [largerBatch(batchSize + 1), group(norms)])
      : null;
  },
};

/** Numbers of a sample that share a mean: the places of a map; 1 for a feature. */
const placesOf = ({ outputs }: CheckedNode): number =>
  (Object.values(outputs)[0] ?? []).slice(1).reduce((a, b) => a * b, 1);

const said = (
  norms: readonly CheckedNode[],
  message: Text,
  fixes: readonly Repair[],
  explains?: readonly Code[],
): Symptom => ({
  severity: explains === undefined ? 'warning' : 'error',
  title: { en: 'Batches are too small for batch norm', zh: '批量太小，不适合批量规范化' },
  message,
  nodes: norms.map(({ node }) => node.id),
  fixes,
  ...(explains === undefined ? {} : { explains }),
});

function zeros(norms: readonly CheckedNode[], { run, course }: Patient): Text {
  const names = quotedList(norms.map(({ node }) => node.name));
  const loss = course === null ? '–' : figure(course.end);
  return {
    en: `With a batch of 1, ${names.en} has one number per feature, and that number is its own mean: the normalised value is exactly 0, whatever the sample is. Nothing passes, and the layers before it get no gradient (loss ${loss} after ${run.step} steps).`,
    zh: `批量为 1 时，${names.zh} 的每个特征只有一个数，均值就是它自己：无论样本如何，规范化后的值恰为 0。信号无法通过，前面的层也得不到梯度（${run.step} 步之后损失为 ${loss}）。`,
  };
}

function noisy(norms: readonly CheckedNode[], batchSize: number): Text {
  const names = quotedList(norms.map(({ node }) => node.name));
  return {
    en: `Mean and variance in ${names.en} come from batches of ${batchSize}. Over so few samples they are mostly chance: training is noisy, and the running statistics that predicting uses fit badly. Take 16 and more, 32 best.`,
    zh: `${names.zh} 用大小为 ${batchSize} 的批量估计均值与方差。样本这么少，结果主要是偶然：训练噪声大，预测所用的移动统计量也不准。建议至少 16，最好 32。`,
  };
}

function leftOver(norms: readonly CheckedNode[], train: number, batchSize: number): Text {
  const names = quotedList(norms.map(({ node }) => node.name));
  return {
    en: `The ${train} training samples leave a last batch of 1 at batch size ${batchSize}: a single sample has no variance, and batch norm (${names.en}) turns it into zeros.`,
    zh: `${train} 个训练样本按批量大小 ${batchSize} 划分后，最后一批只剩 1 个样本：单个样本没有方差，${names.zh} 会把它变成全零。`,
  };
}

/** Larger batches make fewer steps, so the rate grows with them: linearly for SGD (Goyal et al. 2017), else by the root. */
function enough({ recipe: { optimizer, batchSize } }: Patient): Repair[] {
  const times = ENOUGH / batchSize;
  const grown = optimizer.learningRate * (optimizer.kind === 'sgd' ? times : Math.sqrt(times));
  const rate = oneDigit(Math.min(grown, Math.max(optimizer.learningRate, MOST * usualRate(optimizer))));
  const faster: Repair = {
    title: {
      en: `Set the batch size to ${ENOUGH} and the learning rate to ${figure(rate)}`,
      zh: `把批量大小设为 ${ENOUGH}，学习率设为 ${figure(rate)}`,
    },
    recipe: (recipe) => ({ ...recipe, batchSize: ENOUGH, optimizer: { ...recipe.optimizer, learningRate: rate } }),
  };
  return rate > optimizer.learningRate ? [largerBatch(), faster] : [largerBatch()];
}

const group = (norms: readonly CheckedNode[]): Repair => ({
  title: { en: 'Replace batch norm by norms that need no batch', zh: '把批量规范化换成不依赖批量的规范化' },
  layers: norms.filter(isTop).map(
    ({ node, layer }): LayerRepair => ({
      kind: 'become',
      node: node.id,
      layer: layer.type === 'batchNorm2d' ? 'groupNorm' : 'layerNorm',
      // One group goes with any number of channels.
      ...(layer.type === 'batchNorm2d' && { config: { groups: 1 } }),
    }),
  ),
});
