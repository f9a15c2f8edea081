import type { CheckedNode } from '../check/checkedGraph.ts';
import type { Text } from '../text.ts';
import { trainedBatchNorms } from './batchNorms.ts';
import { figure, quotedList, roundToOneDigit } from './figures.ts';
import { type Ailment, type Code, consequences, type Repair, type Symptom } from './finding.ts';
import type { Patient } from './patient.ts';
import { usualRate } from './rates.ts';
import { isTopLevel, type LayerRepair } from './repair.ts';
import { ENOUGH, largerBatch } from './smallBatch.ts';

/**
 * Batch sizes that are too small. Wu and He 2018 (Group Normalization): the error of ResNet-50 is 23.6% at batch size 32,
 * 27.3% at 4 and 34.7% at 2. Features without positions average over the batch alone, so their limit is higher.
 */
const SMALL = { images: 4, features: 7 };
/** Max learning rate, as a multiple of the usual one. */
const MOST = 3;

/** Findings that follow if no signal passes batch norm. */
const everything: readonly Code[] = ['loss-exploding', 'rate-too-high', ...consequences];

export const smallBatchNorm: Ailment = {
  code: 'small-batch-norm',
  explains: ['modes-differ', 'underfitting', 'rate-too-low', 'plateau', 'one-class'],
  look(patient) {
    const { recipe, data } = patient;
    const norms = trainedBatchNorms(patient);
    if (norms.length === 0) return null;
    const { batchSize } = recipe;
    const blocked = batchSize === 1 ? norms.filter((norm) => placesOf(norm) === 1) : [];
    if (blocked.length > 0)
      return findingOf(blocked, zeros(blocked, patient), [...enough(patient), group(norms)], everything);
    const features = norms.some((norm) => placesOf(norm) === 1);
    if (batchSize <= (features ? SMALL.features : SMALL.images)) {
      return findingOf(norms, noisy(norms, batchSize), [...enough(patient), group(norms)]);
    }
    const single = features && data !== null && data.train % batchSize === 1;
    // With one more sample per batch, no single sample remains.
    return single
      ? findingOf(norms, leftOver(norms, data.train, batchSize), [largerBatch(batchSize + 1), group(norms)])
      : null;
  },
};

/** Values of a sample that share a mean: the positions of a feature map; 1 for a feature. */
const placesOf = ({ outputs }: CheckedNode): number =>
  (Object.values(outputs)[0] ?? []).slice(1).reduce((a, b) => a * b, 1);

const findingOf = (
  norms: readonly CheckedNode[],
  message: Text,
  fixes: readonly Repair[],
  explains?: readonly Code[],
): Symptom => ({
  severity: explains === undefined ? 'warning' : 'error',
  title: { en: 'The batch size is too small for batch norm', zh: '批量大小过小，不适合批量规范化' },
  message,
  nodes: norms.map(({ node }) => node.id),
  fixes,
  ...(explains === undefined ? {} : { explains }),
});

function zeros(norms: readonly CheckedNode[], { run, course }: Patient): Text {
  const names = quotedList(norms.map(({ node }) => node.name));
  const loss = course === null ? '–' : figure(course.end);
  return {
    en: `With batch size 1, ${names.en} has one value per feature, which equals its mean, so the normalized value is always 0. No signal passes, and the layers before it receive no gradient (loss ${loss} after ${run.step} steps). Use a larger batch size.`,
    zh: `批量大小为 1 时，${names.zh}的每个特征只有一个值，均值就是它本身，因此规范化后的值恒为 0。信号无法通过，前面的层也得不到梯度（${run.step} 步之后损失为 ${loss}）。请增大批量大小。`,
  };
}

function noisy(norms: readonly CheckedNode[], batchSize: number): Text {
  const names = quotedList(norms.map(({ node }) => node.name));
  return {
    en: `Mean and variance in ${names.en} are estimated from batches of ${batchSize}. Such small batches make these estimates noisy and the running statistics inaccurate. Use a batch size of at least 16, ideally 32.`,
    zh: `${names.zh}用大小为 ${batchSize} 的小批量估计均值与方差。样本过少，估计值波动很大，预测所用的移动统计量也不准确。批量大小建议至少 16，最好 32。`,
  };
}

function leftOver(norms: readonly CheckedNode[], train: number, batchSize: number): Text {
  const names = quotedList(norms.map(({ node }) => node.name));
  return {
    en: `With batch size ${batchSize}, the last batch of the ${train} training samples has one sample. A single sample has no variance, so batch norm (${names.en}) outputs zeros for it. Use another batch size.`,
    zh: `${train} 个训练样本按批量大小 ${batchSize} 划分后，最后一批只剩 1 个样本：单个样本没有方差，${names.zh}会输出全零。请更换批量大小。`,
  };
}

/** Larger batches mean fewer steps, so the learning rate grows with them: linearly for SGD (Goyal et al. 2017), else by the square root. */
function enough({ recipe: { optimizer, batchSize } }: Patient): Repair[] {
  const times = ENOUGH / batchSize;
  const grown = optimizer.learningRate * (optimizer.kind === 'sgd' ? times : Math.sqrt(times));
  const rate = roundToOneDigit(Math.min(grown, Math.max(optimizer.learningRate, MOST * usualRate(optimizer))));
  const faster: Repair = {
    title: {
      en: `Set the batch size to ${ENOUGH} and the learning rate to ${figure(rate)}`,
      zh: `将批量大小设为 ${ENOUGH}，学习率设为 ${figure(rate)}`,
    },
    recipe: (recipe) => ({ ...recipe, batchSize: ENOUGH, optimizer: { ...recipe.optimizer, learningRate: rate } }),
  };
  return rate > optimizer.learningRate ? [largerBatch(), faster] : [largerBatch()];
}

const group = (norms: readonly CheckedNode[]): Repair => ({
  title: {
    en: 'Replace batch norm with normalization that does not depend on the batch',
    zh: '将批量规范化替换为不依赖小批量的规范化',
  },
  layers: norms.filter(isTopLevel).flatMap(({ node, layer: { overBatch } }): LayerRepair[] => {
    return overBatch === undefined ? [] : [{ kind: 'become', node: node.id, ...overBatch.instead }];
  }),
});
