import { sameValue } from '../check/sameValue.ts';
import { withOtherSource } from '../data/known.ts';
import { type KnownSet, knownSet } from '../data/knownSets.ts';
import type { DataConfig, NetworkDocument } from '../graph/document.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import { defaultOptimizers, type Recipe } from '../graph/recipe.ts';
import { type WeightInit, weightInitOptions } from '../layers/initializers.ts';
import type { Text } from '../text.ts';
import { changeInitializer } from './applyInitializer.ts';

/** An experiment of “Dive into Deep Learning” (second Chinese edition): plain SGD with a constant learning rate. */
export interface BookSettings {
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly weightInit: WeightInit;
  /** Fraction of the training samples held out for validation. */
  readonly validation: number;
  /** Name of a published dataset, or a generated dataset. */
  readonly source: string;
}

/** The book trains on all 60,000 training images and reads the test set after each epoch; here 600 of them take its place. */
const SMALL_SHARE = 0.01;

const onFashion = (
  learningRate: number,
  batchSize: number,
  weightInit: WeightInit = 'xavierUniform',
): BookSettings => ({
  learningRate,
  batchSize,
  epochs: 10,
  weightInit,
  validation: SMALL_SHARE,
  source: 'fashion-mnist',
});

/** Section 4.4: 100 samples for training, 100 for validation. */
const polynomial = (powers: number, epochs: number): BookSettings => ({
  learningRate: 0.01,
  batchSize: 10,
  epochs,
  weightInit: 'torch',
  validation: 0.5,
  source: `cubic${powers}:samples=200`,
});

/** By id of the template. */
const byTemplate: ReadonlyMap<string, BookSettings> = new Map([
  [
    'linear_regression',
    { learningRate: 0.03, batchSize: 10, epochs: 3, weightInit: 'normal', validation: SMALL_SHARE, source: 'linear' },
  ],
  ['poly_fit_4', polynomial(4, 400)],
  ['poly_fit_2', polynomial(2, 400)],
  ['poly_fit_20', polynomial(20, 1500)],
  ['softmax_regression', onFashion(0.1, 256, 'normal')],
  ['mlp', onFashion(0.1, 256, 'normal')],
  ['mlp_dropout', onFashion(0.5, 256, 'normal')],
  ['lenet', onFashion(0.9, 256)],
  ['alexnet_d2l', onFashion(0.01, 128)],
  ['vgg11_d2l_small', onFashion(0.05, 128)],
  ['nin_d2l', onFashion(0.1, 128)],
  ['googlenet_d2l', onFashion(0.1, 128)],
  ['bn_lenet', onFashion(1, 256)],
  ['resnet18_d2l', onFashion(0.05, 256)],
  ['densenet_d2l', onFashion(0.1, 256)],
]);

/** Ids of the templates with settings of the book. */
export const bookTemplates: readonly string[] = [...byTemplate.keys()];

/** Settings with which the book trains the network that this one was made from; null if the book does not train it. */
export const bookSettings = ({ template }: Pick<NetworkDocument, 'template'>): BookSettings | null =>
  byTemplate.get(template ?? '') ?? null;

/** The published dataset on which the book trains the network; null if the network has it, recognized by its classes, or the data is generated. */
export function missingSet({ source }: BookSettings, data: Pick<DataConfig, 'source' | 'facts'>): KnownSet | null {
  const set = knownSet(source);
  const isHere = set?.name === knownSet(data.source)?.name || sameValue(set?.classes, data.facts?.targets[0]?.names);
  return isHere ? null : set;
}

function bookRecipe({ learningRate, batchSize, epochs }: BookSettings, { seed }: Recipe): Recipe {
  return { optimizer: { ...defaultOptimizers.sgd, learningRate }, batchSize, epochs, seed };
}

/** Generated data is set; a published dataset has to be found by the user. */
function bookData(settings: BookSettings, before: DataConfig): DataConfig {
  const isSet = knownSet(settings.source) !== null || settings.source === before.source;
  const data = isSet ? before : withOtherSource(before, settings.source);
  const { mixing: _, ...rest } = data;
  return { ...rest, validation: settings.validation };
}

/**
 * Edits that give the network the training settings, initializers and validation fraction of the book; the random seed,
 * the transforms and the files stay. Empty if it has them; null if the book does not train this network.
 */
export function bookEdits(doc: NetworkDocument): readonly Edit[] | null {
  const settings = bookSettings(doc);
  if (settings === null) return null;
  const recipe = bookRecipe(settings, doc.recipe);
  const data = bookData(settings, doc.data);
  return [
    ...(sameValue(recipe, doc.recipe) ? [] : [{ kind: 'setRecipe', recipe } as const]),
    ...(sameValue(data, doc.data) ? [] : [{ kind: 'setData', data } as const]),
    ...changeInitializer(doc, doc.nodes, settings.weightInit),
  ];
}

/** The network with the settings of the book; null if the book does not train it. */
export function withBookSettings(doc: NetworkDocument): NetworkDocument | null {
  const edits = bookEdits(doc);
  return edits === null ? null : applyEdits(doc, edits);
}

/** The settings in one line. */
export function bookText({ learningRate, batchSize, epochs, validation, weightInit }: BookSettings): Text {
  const init = weightInitOptions.find(({ value }) => value === weightInit)?.label;
  return {
    en: `SGD, learning rate ${learningRate}, batch size ${batchSize}, ${epochs} epochs, validation fraction ${validation}, initializer ${init?.en}`,
    zh: `SGD，学习率 ${learningRate}，批量大小 ${batchSize}，${epochs} 轮，验证集比例 ${validation}，初始化 ${init?.zh}`,
  };
}
