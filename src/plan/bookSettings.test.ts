import { describe, expect, it } from 'vitest';
import { templateOf, templates } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import { withRecipe } from '../cli/recipeOptions.ts';
import { knownSet } from '../data/knownSets.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { applyEdit } from '../graph/edits.ts';
import { bookEdits, bookSettings, bookTemplates, missingSet, withBookSettings } from './bookSettings.ts';
import { planBlock } from './makeBlock.ts';

const templateDocument = (id: string): NetworkDocument => {
  const template = templateOf(id);
  if (template === undefined) throw new Error(`There is no template “${id}”.`);
  return template.document;
};

/** Learning rate, batch size, epochs, validation fraction, initializer of all layers with weights. */
const rows: Readonly<Record<string, readonly [number, number, number, number, string]>> = {
  linear_regression: [0.03, 10, 3, 0.01, 'normal'],
  poly_fit_4: [0.01, 10, 400, 0.5, 'torch'],
  poly_fit_2: [0.01, 10, 400, 0.5, 'torch'],
  poly_fit_20: [0.01, 10, 1500, 0.5, 'torch'],
  softmax_regression: [0.1, 256, 10, 0.01, 'normal'],
  mlp: [0.1, 256, 10, 0.01, 'normal'],
  mlp_dropout: [0.5, 256, 10, 0.01, 'normal'],
  lenet: [0.9, 256, 10, 0.01, 'xavierUniform'],
  alexnet_d2l: [0.01, 128, 10, 0.01, 'xavierUniform'],
  vgg11_d2l_small: [0.05, 128, 10, 0.01, 'xavierUniform'],
  nin_d2l: [0.1, 128, 10, 0.01, 'xavierUniform'],
  googlenet_d2l: [0.1, 128, 10, 0.01, 'xavierUniform'],
  bn_lenet: [1, 256, 10, 0.01, 'xavierUniform'],
  resnet18_d2l: [0.05, 256, 10, 0.01, 'xavierUniform'],
  densenet_d2l: [0.1, 256, 10, 0.01, 'xavierUniform'],
};

/** Settings of every kind that the book does not have. */
const changed = (doc: NetworkDocument): NetworkDocument => ({
  ...doc,
  recipe: {
    ...doc.recipe,
    optimizer: { kind: 'adam', learningRate: 1, beta1: 0.8, beta2: 0.9, eps: 1, weightDecay: 1, amsgrad: true },
    clip: { kind: 'value', clipValue: 1 },
    groups: [{ match: '', learningRateScale: 0.1 }],
    schedule: { kind: 'exponential', unit: 'epoch', gamma: 0.9 },
    earlyStopping: { monitor: 'loss', patience: 1, minDelta: 0 },
    keepBest: true,
    start: 'held',
    decayBiasAndNorm: false,
    batchSize: 7,
    seed: 42,
  },
  data: { ...doc.data, mixing: { type: 'MixUp', alpha: 1 }, validation: 0.3 },
  nodes: doc.nodes.map((node) =>
    node.config.weightInit === undefined ? node : { ...node, config: { ...node.config, weightInit: 'zeros' } },
  ),
});

it('every template of the book has a row', () => {
  expect(Object.keys(rows)).toEqual(bookTemplates);
});

describe.each(Object.entries(rows))('%s', (id, [learningRate, batchSize, epochs, validation, weightInit]) => {
  const plain = templateDocument(id);
  const doc = withBookSettings(changed(plain));

  it('gets exactly the settings of the book, and keeps its seed', () => {
    expect(doc?.recipe).toEqual({
      optimizer: { kind: 'sgd', learningRate, momentum: 0, weightDecay: 0, nesterov: false },
      batchSize,
      epochs,
      seed: 42,
    });
    const { mixing: _, ...data } = changed(plain).data;
    expect(doc?.data).toMatchObject({ ...data, source: expect.any(String), validation });
    expect(doc?.data).not.toHaveProperty('mixing');
    const inits = check(doc as NetworkDocument).graph?.nodes.flatMap(({ config }) => config.weightInit ?? []);
    expect(inits).not.toEqual([]);
    expect(new Set(inits)).toEqual(new Set([weightInit]));
  });

  it('is not changed twice', () => {
    expect(bookEdits(doc as NetworkDocument)).toEqual([]);
  });

  it('takes them with --settings book, except those that are given', () => {
    const trained = withRecipe(changed(plain), {
      settings: 'book',
      data: 'mnist',
      epochs: '2',
      set: ['data.validation=0.4'],
    });
    expect(trained.recipe).toEqual({ ...doc?.recipe, epochs: 2 });
    expect(trained.data).toMatchObject({ source: 'mnist', validation: 0.4 });
    expect(trained.nodes).toEqual(doc?.nodes);
  });
});

it.each([
  ['poly_fit_2', 'cubic2:samples=200', null],
  ['linear_regression', 'linear', null],
  ['lenet', 'mnist', 'Fashion-MNIST'],
])('%s: data %s', (id, source, missing) => {
  const plain = templateDocument(id);
  const settings = bookSettings(plain);
  expect(withBookSettings(plain)?.data.source).toBe(source);
  expect(settings && missingSet(settings, plain.data)?.title).toBe(missing ?? undefined);
});

it('Fashion-MNIST is recognized by its name and by its classes', () => {
  const settings = bookSettings(templateDocument('lenet'));
  if (settings === null) throw new Error('LeNet has no settings of the book.');
  const target = { name: 'label', shape: [], classes: 10, yesNo: false };
  const facts = {
    count: 70_000,
    inputs: [],
    targets: [{ ...target, names: knownSet('fashion-mnist')?.classes ?? [] }],
  };
  expect(missingSet(settings, { source: 'fashion-mnist' })).toBeNull();
  expect(missingSet(settings, { source: '/data/clothes', facts })).toBeNull();
  expect(missingSet(settings, { source: '/data/clothes', facts: { ...facts, targets: [target] } })).not.toBeNull();
});

it('layers inside blocks of the document get the initializer, too, and keep their weights', () => {
  const plain = templateDocument('mlp');
  const ids = plain.nodes.filter(({ layer }) => layer === 'linear' || layer === 'relu').map(({ id }) => id);
  const { edit } = planBlock(plain, ids, 'Own');
  const after = edit && withBookSettings(applyEdit(plain, edit));
  const inside = after?.blocks[0]?.nodes.filter(({ layer }) => layer === 'linear') ?? [];
  expect(inside.map(({ config, renewed }) => [config.weightInit, renewed])).toEqual([
    ['normal', undefined],
    ['normal', undefined],
  ]);
});

it('other networks have none', () => {
  const others = templates.filter(({ id }) => !bookTemplates.includes(id));
  expect(others.length).toBeGreaterThan(20);
  for (const { document } of others) expect(bookEdits(document)).toBeNull();
  expect(() => withRecipe(templateDocument('vgg16'), { settings: 'book' })).toThrow(
    /no training settings for “VGG-16”.*lenet/,
  );
  expect(() => withRecipe(templateDocument('lenet'), { settings: 'bok' })).toThrow(/--settings must be one of book/);
});
