import { embeddedData } from '../engine/files.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { defaultEarlyStopping } from '../graph/recipe.ts';
import { bookTemplates, withBookSettings } from '../plan/bookSettings.ts';
import {
  choiceOption,
  type IntRange,
  intOption,
  listOption,
  type OptionSpec,
  type Options,
  positiveOption,
  stringOption,
  UsageError,
} from './command.ts';
import { mixingOption, withMixing } from './mixingOption.ts';
import { withSource } from './ownData.ts';
import { withSetFields } from './setFields.ts';

export const EPOCHS: IntRange = { least: 1, most: 1_000_000, example: 10 };
export const BATCH: IntRange = { least: 1, most: 1_000_000, example: 32 };
export const SEEDS: IntRange = { least: 1, most: 1000, example: 5 };
const SEED: IntRange = { least: 0, most: Number.MAX_SAFE_INTEGER, example: 1 };
const PATIENCE: IntRange = { least: 1, most: 1_000_000, example: 5 };

export const dataOption: OptionSpec = {
  type: 'string',
  value: 'SPEC',
  help: {
    en: `dataset: ${embeddedData.join(', ')}, generated ones with settings (moons:noise=0.2,samples=500,seed=3), or the path of your own data`,
    zh: `数据集：${embeddedData.join('、')}（生成的数据集可带设置，如 moons:noise=0.2,samples=500,seed=3），或自己数据的路径`,
  },
};

export const recipeOptions: Readonly<Record<string, OptionSpec>> = {
  data: dataOption,
  settings: {
    type: 'string',
    value: 'book',
    help: {
      en: 'training settings, initializers and validation fraction of “Dive into Deep Learning”, for templates of its networks; the book trains image networks on --data fashion-mnist',
      zh: '采用《动手学深度学习》的训练设置、初始化与验证集比例，适用于其中网络的模板；图像网络在书中用 --data fashion-mnist 训练',
    },
  },
  epochs: { type: 'string', value: 'N', help: { en: 'number of epochs', zh: '训练轮数' } },
  batch: { type: 'string', value: 'N', help: { en: 'batch size', zh: '批量大小' } },
  lr: { type: 'string', value: 'X', help: { en: 'learning rate', zh: '学习率' } },
  patience: {
    type: 'string',
    value: 'N',
    help: {
      en: 'early stopping: stop after N epochs without a lower validation loss',
      zh: '早停：验证损失连续 N 轮不下降时停止训练',
    },
  },
  'keep-best': { type: 'boolean', help: { en: 'keep the weights of the best epoch', zh: '保留最佳轮次的权重' } },
  seed: {
    type: 'string',
    value: 'N',
    help: { en: 'random seed (initial weights and sample order)', zh: '随机种子（初始权重与样本顺序）' },
  },
  mixing: mixingOption,
  set: {
    type: 'string',
    value: 'FIELD=VALUE',
    multiple: true,
    help: {
      en: 'any other setting, such as recipe.optimizer.kind=adam, recipe.schedule.kind=cosine, conv1.outChannels=16',
      zh: '其他任意设置项，如 recipe.optimizer.kind=adam、recipe.schedule.kind=cosine、conv1.outChannels=16',
    },
  },
};

/**
 * The document with the training settings and dataset that the options give. Throws UsageError for an unknown setting
 * or a wrong value.
 */
export function withRecipe(given: NetworkDocument, options: Options): NetworkDocument {
  const based = choiceOption(options, 'settings', ['book']) === undefined ? given : withBook(given);
  // The source comes first: another one resets the settings of its predecessor, but not those given with it.
  const placed = { ...based, data: withMixing(withSource(based.data, stringOption(options, 'data')), options) };
  const document = withSetFields(placed, listOption(options, 'set'));
  const { recipe } = document;
  const learningRate = positiveOption(options, 'lr', 0.1) ?? recipe.optimizer.learningRate;
  const patience = intOption(options, 'patience', PATIENCE);
  return {
    ...document,
    recipe: {
      ...recipe,
      optimizer: { ...recipe.optimizer, learningRate },
      batchSize: intOption(options, 'batch', BATCH) ?? recipe.batchSize,
      epochs: intOption(options, 'epochs', EPOCHS) ?? recipe.epochs,
      seed: intOption(options, 'seed', SEED) ?? recipe.seed,
      ...(patience !== undefined && {
        earlyStopping: { ...(recipe.earlyStopping ?? defaultEarlyStopping), patience },
      }),
      ...(options['keep-best'] === true && { keepBest: true }),
    },
  };
}

function withBook(document: NetworkDocument): NetworkDocument {
  const changed = withBookSettings(document);
  if (changed !== null) return changed;
  throw new UsageError({
    en: `“Dive into Deep Learning” has no training settings for “${document.name}”. --settings book is for networks of these templates: ${bookTemplates.join(', ')}`,
    zh: `《动手学深度学习》没有“${document.name}”的训练设置。--settings book 适用于以下模板的网络：${bookTemplates.join('、')}`,
  });
}
