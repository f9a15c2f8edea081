import { trainedBatchNorms } from './batchNorms.ts';
import { quotedList } from './figures.ts';
import type { Ailment, Repair } from './finding.ts';
import { isTop, type LayerRepair } from './repair.ts';

/**
 * Wu and He 2018 (Group Normalization): with batches of 32 ResNet-50 errs on 23.6 %, of 4 on 27.3 %, of 2 on 34.7 %. A
 * feature without places has nothing but the batch to be averaged over, so its limit is higher.
 */
const SMALL = { pictures: 4, features: 7 };
const ENOUGH = 32;

export const smallBatchNorm: Ailment = {
  code: 'small-batch-norm',
  explains: ['modes-differ', 'underfitting', 'rate-too-low'],
  look({ nodes, recipe: { batchSize }, data }) {
    const norms = trainedBatchNorms(nodes);
    const features = norms.filter(({ layer }) => layer.type === 'batchNorm1d');
    const limit = features.length > 0 ? SMALL.features : SMALL.pictures;
    const single = features.length > 0 && data !== null && data.train % batchSize === 1;
    if (norms.length === 0 || (batchSize > limit && !single)) return null;
    const names = quotedList(norms.map(({ node }) => node.name));
    const small = batchSize <= limit;
    const more: Repair = {
      title: { en: `Set the batch size to ${ENOUGH}`, zh: `把批量大小设为 ${ENOUGH}` },
      recipe: (recipe) => ({ ...recipe, batchSize: ENOUGH }),
    };
    // One more sample a batch, and nothing is left over.
    const other: Repair = {
      title: { en: `Set the batch size to ${batchSize + 1}`, zh: `把批量大小设为 ${batchSize + 1}` },
      recipe: (recipe) => ({ ...recipe, batchSize: batchSize + 1 }),
    };
    const become = norms.filter(isTop).map(
      ({ node, layer }): LayerRepair => ({
        kind: 'become',
        node: node.id,
        layer: layer.type === 'batchNorm2d' ? 'groupNorm' : 'layerNorm',
        // One group goes with any number of channels.
        ...(layer.type === 'batchNorm2d' && { config: { groups: 1 } }),
      }),
    );
    const group: Repair = {
      title: { en: 'Replace batch norm by norms that need no batch', zh: '把批量规范化换成不依赖批量的规范化' },
      layers: become,
    };
    return {
      severity: 'warning',
      title: { en: 'Batches are too small for batch norm', zh: '批量太小，不适合批量规范化' },
      message: small
        ? {
            en: `Mean and variance in ${names.en} come from batches of ${batchSize}. Over so few samples they are mostly chance: training is noisy, and the running statistics that predicting uses fit badly. Take 16 and more, 32 best.`,
            zh: `${names.zh} 用大小为 ${batchSize} 的批量估计均值与方差。样本这么少，结果主要是偶然：训练噪声大，预测所用的移动统计量也不准。建议至少 16，最好 32。`,
          }
        : {
            en: `The ${data?.train} training samples leave a last batch of 1 at batch size ${batchSize}: a single sample has no variance, and batch norm (${names.en}) turns it into zeros.`,
            zh: `${data?.train} 个训练样本按批量大小 ${batchSize} 划分后，最后一批只剩 1 个样本：单个样本没有方差，${names.zh} 会把它变成全零。`,
          },
      nodes: norms.map(({ node }) => node.id),
      fixes: small ? [more, group] : [other, group],
    };
  },
};
