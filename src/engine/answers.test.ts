import { describe, expect, it } from 'vitest';
import { initialParameters } from '../compile/initialize.ts';
import type { Dataset } from '../data/dataset.ts';
import { splitOf } from '../data/split.ts';
import { toySet } from '../data/toySource.ts';
import { type Config, emptyDocument, type NetworkDocument, type Recipe } from '../graph/document.ts';
import { defaultOptimizers, defaultRecipe, defaultSchedules } from '../graph/recipe.ts';
import { matrixOf } from '../metrics/classification.ts';
import type { Evaluation } from '../protocol/results.ts';
import type { RunEvent } from '../protocol/runEvents.ts';
import { directFeed } from './batchFeed.ts';
import { Evaluator } from './evaluator.ts';
import { checkedGraph, samplesFor } from './network.ts';
import { CPU_DEVICE, type Tensors } from './session.ts';
import { Trainer } from './trainer.ts';

type Row = readonly [layer: string, name: string, config: Config, from?: readonly string[]];

/** A network of layers, each after the previous one or after the named ones. */
function draw(source: string, rows: readonly Row[], recipe: Partial<Recipe> = {}): NetworkDocument {
  const nodes = rows.map(([layer, name, config]) => ({ id: name, layer, name, config, position: { x: 0, y: 0 } }));
  const edges = rows.flatMap(([layer, name, , from], i) => {
    const sources = from ?? (layer === 'input' ? [] : [rows[i - 1]?.[1] ?? '']);
    return sources.map((node, k) => ({
      id: `${node}-${name}`,
      from: { node, port: 'y' },
      to: { node: name, port: sources.length > 1 ? `x${k}` : 'x' },
    }));
  });
  const data = { ...emptyDocument.data, source };
  const optimizer = { ...defaultOptimizers.adam, learningRate: 0.01 };
  return { ...emptyDocument, nodes, edges, data, recipe: { ...defaultRecipe, optimizer, epochs: 30, ...recipe } };
}

/** Two hidden layers. */
const mlp = (features: number, out: number, end: Row): readonly Row[] => [
  ['input', 'in', { shape: [features] }],
  ['linear', 'fc1', { outFeatures: 32 }],
  ['tanh', 'act1', {}],
  ['linear', 'fc2', { outFeatures: 32 }],
  ['tanh', 'act2', {}],
  ['linear', 'fc3', { outFeatures: out }],
  end,
];

async function train(document: NetworkDocument, data = toySet(document.data.source) as Dataset, reportNorm = false) {
  const graph = checkedGraph(document);
  const events: RunEvent[] = [];
  let weights: Tensors = new Map();
  const trainer = new Trainer({
    run: 'r',
    document,
    device: CPU_DEVICE,
    paused: false,
    reportNorm,
    openFeed: directFeed,
    emit: (event) => events.push(event),
    onWeights: (latest) => {
      weights = latest;
    },
    load: async () => ({ graph, weights: initialParameters(graph, document.recipe.seed), data }),
  });
  const state = await trainer.train();
  const message = events.findLast((event) => event.kind === 'run')?.message?.en;
  const evaluate = async (): Promise<Evaluation> => {
    const evaluator = await Evaluator.open(graph, CPU_DEVICE);
    const { validation } = splitOf(data, document.data);
    const result = await evaluator.evaluate(samplesFor(graph, data), validation, weights);
    await evaluator.release();
    return result;
  };
  return { state, message, events, weights, evaluate };
}

const sum = (rows: readonly (readonly number[])[]) => rows.flat().reduce((a, b) => a + b, 0);

describe('a network that predicts classes', () => {
  it.each([
    ['xor', 2],
    ['moons', 2],
    ['blobs', 3],
    ['spirals3', 3],
  ])('learns %s, and has metrics per class', async (source, classes) => {
    const { evaluate, state } = await train(draw(source, mlp(2, classes, ['classifier', 'out', { classes }])));
    expect(state).toBe('done');
    const { accuracy, cells, classes: scores, macro, weighted, topK, regression, outputs } = await evaluate();
    const confusion = matrixOf(cells, classes);
    expect(accuracy).toBeGreaterThan(0.95);
    expect(sum(confusion)).toBe(200);
    const right = confusion.map((row, k) => row[k] as number);
    expect(accuracy).toBeCloseTo(sum([right]) / 200, 10);
    expect(scores.map(({ support }) => support)).toEqual(confusion.map((row) => sum([row])));
    for (const [k, { recall, support }] of scores.entries()) expect(recall).toBeCloseTo((right[k] ?? 0) / support, 10);
    expect(weighted?.recall).toBeCloseTo(accuracy as number, 10);
    expect(macro?.f1).toBeCloseTo(sum([scores.map(({ f1 }) => f1)]) / classes, 10);
    expect(topK.map(({ k }) => k)).toEqual(classes === 3 ? [2] : []);
    expect(regression).toBeNull();
    expect(outputs).toMatchObject([{ name: 'out', answers: 'class', accuracy }]);
  });

  it('learns yes and no from the same data', async () => {
    for (const loss of ['bceWithLogits', 'hinge']) {
      const { evaluate } = await train(draw('circles', mlp(2, 1, ['binaryClassifier', 'out', { loss }])));
      const { accuracy, cells, classes, outputs } = await evaluate();
      const confusion = matrixOf(cells, classes.length);
      expect(accuracy).toBeGreaterThan(0.95);
      expect(confusion).toHaveLength(2);
      expect(accuracy).toBeCloseTo(((confusion[0]?.[0] ?? 0) + (confusion[1]?.[1] ?? 0)) / 200, 10);
      expect(outputs[0]?.answers).toBe('binary');
    }
  });
});

describe('a network that predicts numbers', () => {
  it('fits the linear data of “Dive into Deep Learning”', async () => {
    const rows: Row[] = [
      ['input', 'in', { shape: [2] }],
      ['linear', 'fc', { outFeatures: 1 }],
      ['regression', 'out', {}],
    ];
    const optimizer = { ...defaultOptimizers.sgd, learningRate: 0.03 };
    const { events, evaluate, weights } = await train(draw('linear', rows, { optimizer, epochs: 10, batchSize: 10 }));
    const [a, b] = [...(weights.get('fc/weight')?.data ?? [])].map(Number);
    expect([a, b, Number(weights.get('fc/bias')?.data[0])]).toEqual([2, -3.4, 4.2].map((x) => expect.closeTo(x, 2)));
    const { accuracy, cells, regression, macro, loss } = await evaluate();
    expect([accuracy, cells, macro]).toEqual([null, [], null]);
    expect(regression?.mse).toBeCloseTo(loss, 6);
    expect(Math.sqrt(regression?.mse ?? 1)).toBeLessThan(0.02);
    expect(regression?.mae).toBeLessThan(0.02);
    expect(regression?.r2).toBeGreaterThan(0.999);
    const epoch = events.find((event) => event.kind === 'epoch');
    expect([epoch?.train.accuracy, epoch?.validation.accuracy]).toEqual([null, null]);
    const progress = events.find((event) => event.kind === 'progress');
    expect(progress?.accuracy[0]).toBeNaN();
  });

  it('fits a sine', async () => {
    const { evaluate } = await train(draw('sine', mlp(1, 1, ['regression', 'out', { loss: 'huber' }])));
    expect((await evaluate()).regression?.r2).toBeGreaterThan(0.95);
  });
});

it.each([
  false,
  true,
])('gradients with an infinite norm end the run at the next loss, norm reported: %s', async (reportNorm) => {
  const line = toySet('linear') as Dataset;
  // Squared errors of 4e36 and gradients of 4e20 are finite; the squares of the gradients are not.
  const filled = (fields: Dataset['inputs'], value: number) =>
    fields.map(
      (field) => ({ ...field, data: new Float32Array(field.data.length).fill(value) }) as (typeof fields)[number],
    );
  const data: Dataset = { ...line, inputs: filled(line.inputs, 100), targets: filled(line.targets, 2e18) };
  const rows: Row[] = [
    ['input', 'in', { shape: [2] }],
    ['linear', 'fc', { outFeatures: 1 }],
    ['regression', 'out', {}],
  ];
  const document = draw('linear', rows, { epochs: 1, optimizer: { ...defaultOptimizers.sgd, learningRate: 0.1 } });
  const { state, message, weights } = await train(document, data, reportNorm);
  expect(state).toBe('failed');
  expect(message).toMatch(/^The loss became NaN or infinite at step 2/);
  // The weights before the step that made them infinite.
  expect(weights.get('fc/weight')).toEqual(initialParameters(checkedGraph(document), 1).get('fc/weight'));
});

/** A network with two inputs, and an output of each kind after their common layers. */
const twins: readonly Row[] = [
  ['input', 'a', { shape: [2] }],
  ['input', 'b', { shape: [2] }],
  ['concat', 'both', {}, ['a', 'b']],
  ['linear', 'fc1', { outFeatures: 64 }],
  ['relu', 'act1', {}],
  ['linear', 'fc2', { outFeatures: 64 }],
  ['relu', 'act2', {}],
  ['linear', 'side', { outFeatures: 1 }, ['act2']],
  ['binaryClassifier', 'same', {}, ['side']],
  ['linear', 'length', { outFeatures: 1 }, ['act2']],
  ['regression', 'distance', {}, ['length']],
];

it('the loss weight of an output is a factor in the sum', async () => {
  const weighted = (lossWeight: number): NetworkDocument => {
    const drawn = draw('pairs', twins);
    return {
      ...drawn,
      nodes: drawn.nodes.map((node) =>
        node.layer === 'regression' ? { ...node, config: { ...node.config, lossWeight } } : node,
      ),
    };
  };
  const lossWith = async (weight: number): Promise<number> => {
    const graph = checkedGraph(weighted(weight));
    const data = toySet('pairs') as Dataset;
    const evaluator = await Evaluator.open(graph, CPU_DEVICE);
    const { loss } = await evaluator.evaluate(
      samplesFor(graph, data),
      Uint32Array.of(0, 1, 2),
      initialParameters(graph, 1),
    );
    await evaluator.release();
    return loss;
  };
  const [none, half, whole] = [await lossWith(0), await lossWith(0.5), await lossWith(1)];
  expect(whole).toBeGreaterThan(none);
  expect(half).toBeCloseTo((none + whole) / 2, 5);
});

it('several inputs and outputs use the fields of their names, and have their own metrics', async () => {
  const { evaluate, state } = await train(draw('pairs', twins));
  expect(state).toBe('done');
  const { accuracy, outputs, loss } = await evaluate();
  expect(outputs.map(({ name, answers }) => [name, answers])).toEqual([
    ['same', 'binary'],
    ['distance', 'numbers'],
  ]);
  expect(accuracy).toBe(outputs[0]?.accuracy);
  expect(accuracy).toBeGreaterThan(0.9);
  expect(outputs[1]?.regression?.r2).toBeGreaterThan(0.8);
  expect(loss).toBeGreaterThan(outputs[1]?.regression?.mse ?? 1);
});

describe('data that does not fit is refused', () => {
  const renamed = twins.map(([layer, name, config, from]): Row => {
    const other = (each: string) => (each === 'b' ? 'c' : each);
    return from === undefined ? [layer, other(name), config] : [layer, other(name), config, from.map(other)];
  });
  it.each<[string, NetworkDocument, RegExp]>([
    [
      'features of another number',
      draw('xor', mlp(3, 2, ['classifier', 'o', { classes: 2 }])),
      /samples of shape 2, but “in” expects 3/,
    ],
    [
      'too few classes',
      draw('blobs', mlp(2, 2, ['classifier', 'o', { classes: 2 }])),
      /has 3 classes, but “o” predicts 2/,
    ],
    ['yes or no of three', draw('blobs', mlp(2, 1, ['binaryClassifier', 'o', {}])), /3 classes, but “o” .* yes or no/],
    [
      'yes or no, twice',
      draw('xor', mlp(2, 2, ['binaryClassifier', 'o', {}])),
      /1 target per sample, but “o” outputs 2/,
    ],
    ['numbers as classes', draw('sine', mlp(1, 2, ['classifier', 'o', { classes: 2 }])), /numeric targets, but “o”/],
    ['classes as numbers', draw('xor', mlp(2, 1, ['regression', 'o', {}])), /one class per sample, but “o”/],
    ['a name that there is not', draw('pairs', renamed), /inputs a, b and targets same, distance\. Give each/],
    [
      'two inputs for one',
      draw('xor', twins),
      /one input and one target per sample, but the network has 2 inputs and 2/,
    ],
  ])('%s', async (_, document, message) => {
    const { state, message: told } = await train(document);
    expect(state).toBe('failed');
    expect(told).toMatch(message);
  });

  it('a schedule that monitors the accuracy of a regression network is refused', async () => {
    const schedule = { ...defaultSchedules.plateau, mode: 'max' } as const;
    const { state, message } = await train(draw('sine', mlp(1, 1, ['regression', 'out', {}]), { schedule }));
    expect([state, message]).toEqual(['failed', expect.stringMatching(/schedule monitors the accuracy/)]);
  });
});
