import { describe, expect, it } from 'vitest';
import { initialParameters } from '../compile/initialize.ts';
import { type Dataset, labeledImages } from '../data/dataset.ts';
import { emptyDocument, type NetworkDocument, type Recipe, type TransformStep } from '../graph/document.ts';
import { readProject, writeProject } from '../graph/file.ts';
import { defaultOptimizers, defaultRecipe, defaultSchedules } from '../graph/recipe.ts';
import type { RunEvent } from '../protocol/runEvents.ts';
import { random } from '../random/philox.ts';
import { directFeed } from './batchFeed.ts';
import { type Checkpoint, readCheckpoint, weightsEntry, writeCheckpoint } from './checkpoint.ts';
import { checkedGraph } from './network.ts';
import { CPU_DEVICE } from './session.ts';
import { Trainer } from './trainer.ts';
import { weightsSha256 } from './weights.ts';

/** 50 small noisy images of three patterns. 40 are training samples, in batches of 12, 12, 12 and 4. */
const data: Dataset = (() => {
  const rng = random(3, 'resume');
  const labels = Uint8Array.from({ length: 50 }, (_, i) => i % 3);
  const images = Uint8Array.from({ length: 50 * 36 }, (_, at) => {
    const label = Math.floor(at / 36) % 3;
    return ((at % 36) % 3 === label ? 128 : 0) + rng.below(128);
  });
  return labeledImages('patterns', [1, 6, 6], images, labels);
})();

const STEPS = 4;

/** Convolution, batch normalization and dropout, to have buffers and masks besides weights. */
function documentWith(recipe: Partial<Recipe>): NetworkDocument {
  const node = (name: string, layer: string, config: NetworkDocument['nodes'][number]['config'] = {}) => ({
    id: name,
    layer,
    name,
    config,
    position: { x: 0, y: 0 },
  });
  const nodes = [
    node('in', 'input', { shape: [1, 6, 6] }),
    node('conv', 'conv2d', { outChannels: 4, kernelSize: [3, 3] }),
    node('bn', 'batchNorm2d'),
    node('act', 'relu'),
    node('flat', 'flatten'),
    node('drop', 'dropout', { p: 0.4 }),
    node('fc', 'linear', { outFeatures: 3 }),
    node('out', 'classifier', { classes: 3 }),
  ];
  const edges = nodes.slice(1).map(({ id }, i) => ({
    id: `e${i}`,
    from: { node: nodes[i]?.id ?? '', port: 'y' },
    to: { node: id, port: 'x' },
  }));
  return { ...emptyDocument, nodes, edges, recipe: { ...defaultRecipe, batchSize: 12, epochs: 3, ...recipe } };
}

interface Ran {
  readonly state: string;
  readonly checkpoint: Checkpoint;
  readonly events: readonly RunEvent[];
  /** All checkpoints by completed steps. */
  readonly all: readonly Checkpoint[];
}

async function run(document: NetworkDocument, options: { resume?: Checkpoint; stopAfter?: number } = {}): Promise<Ran> {
  const { resume, stopAfter } = options;
  const graph = checkedGraph(document);
  const events: RunEvent[] = [];
  const all: Checkpoint[] = [];
  const trainer: Trainer = new Trainer({
    run: 'r',
    document,
    device: CPU_DEVICE,
    paused: false,
    ...(stopAfter === undefined ? {} : { stopAfter }),
    openFeed: directFeed,
    emit: (event) => events.push(event),
    onWeights: () => all.push(trainer.checkpoint() as Checkpoint),
    load: async () => {
      const weights = initialParameters(graph, document.recipe.seed);
      return { graph, weights, data, ...(resume === undefined ? {} : { resume }) };
    },
  });
  const state = await trainer.train();
  return { state, checkpoint: trainer.checkpoint() as Checkpoint, events, all };
}

/** Converts a checkpoint to the bytes of a project and back, as for another process. */
function saved(checkpoint: Checkpoint): Checkpoint {
  const entries = writeCheckpoint(checkpoint);
  const bytes = writeProject({ document: checkpoint.document, weights: weightsEntry(entries), others: entries });
  return readCheckpoint(readProject(bytes, 'p').others) as Checkpoint;
}

/** The final state of a run, except times. */
const outcome = ({ weights, state, bestWeights, progress, curves, changes }: Checkpoint) => ({
  curves: { ...curves.points, samplesPerSecond: null },
  changes,
  weights: weightsSha256(weights),
  state: weightsSha256(state),
  best: bestWeights && weightsSha256(bestWeights),
  progress: { ...progress, history: progress.history.map((epoch) => ({ ...epoch, seconds: 0, waited: 0 })) },
});
const lossesOf = ({ events }: Ran) => events.flatMap((event) => (event.kind === 'progress' ? [...event.loss] : []));

const recipes: Record<string, Partial<Recipe>> = {
  'SGD with momentum': { optimizer: { ...defaultOptimizers.sgd, momentum: 0.9, learningRate: 0.05 } },
  Adam: { optimizer: { ...defaultOptimizers.adam, learningRate: 0.01 } },
  'a plateau schedule': {
    schedule: { ...defaultSchedules.plateau, patience: 0, threshold: 1, factor: 0.5, eps: 0 },
    optimizer: { ...defaultOptimizers.sgd, momentum: 0.5 },
  },
  'a cycle of rate and momentum': {
    optimizer: { ...defaultOptimizers.adamw },
    schedule: { ...defaultSchedules.oneCycle, totalSteps: 12 },
    clip: { kind: 'norm', maxNorm: 0.5 },
  },
};

describe.each(Object.entries(recipes))('a run with %s', (_, recipe) => {
  const document = documentWith(recipe);

  it('resumes from any step as if it had not been stopped', { timeout: 120_000 }, async () => {
    const straight = await run(document);
    expect(straight.state).toBe('done');
    // 1: the first step; 3: a smaller batch is next; 4: after an epoch, before its validation; 6: in the middle.
    for (const stopAfter of [1, 3, 4, 6, 11]) {
      const first = await run(document, { stopAfter });
      expect([first.state, first.checkpoint.progress.step]).toEqual(['stopped', stopAfter]);
      const second = await run(document, { resume: saved(first.checkpoint) });
      expect(second.state).toBe('done');
      expect(outcome(second.checkpoint)).toEqual(outcome(straight.checkpoint));
      expect([...lossesOf(first), ...lossesOf(second)]).toEqual(lossesOf(straight));
    }
  });

  it('resumes from every possible checkpoint', { timeout: 120_000 }, async () => {
    const straight = await run(document);
    // One checkpoint after each of twelve steps, and one after the validation of each epoch.
    expect(straight.all.map(({ progress: { step } }) => step)).toEqual([
      1, 2, 3, 4, 4, 5, 6, 7, 8, 8, 9, 10, 11, 12, 12,
    ]);
    for (const checkpoint of [3, 4, 8].map((at) => straight.all[at] as Checkpoint)) {
      const second = await run(document, { resume: saved(checkpoint) });
      expect(outcome(second.checkpoint)).toEqual(outcome(straight.checkpoint));
    }
  });
});

it('resumes with the same random transforms and mixing', { timeout: 60_000 }, async () => {
  const plain = documentWith({});
  const transforms: readonly TransformStep[] = [
    { type: 'RandomHorizontalFlip' },
    { type: 'RandomCrop', size: [6, 6], padding: [1] },
  ];
  const mixing = { type: 'CutMix', alpha: 0.5 } as const;
  const document = { ...plain, data: { ...plain.data, transforms, mixing } };
  const straight = await run(document);
  expect(outcome(straight.checkpoint).weights).not.toBe(outcome((await run(plain)).checkpoint).weights);
  for (const stopAfter of [3, 6]) {
    const first = await run(document, { stopAfter });
    const second = await run(document, { resume: saved(first.checkpoint) });
    expect(outcome(second.checkpoint)).toEqual(outcome(straight.checkpoint));
    expect(saved(first.checkpoint).document.data.transforms).toEqual(transforms);
  }
});

describe('a finished run', () => {
  const longer = documentWith({ epochs: 4 });
  const shorter = documentWith({ epochs: 2 });

  it('is extended as if it had been planned with more epochs', async () => {
    const straight = await run(longer);
    const first = await run(shorter);
    const second = await run(longer, { resume: saved(first.checkpoint) });
    const changes = [{ step: 2 * STEPS, epochs: { from: 2, to: 4 } }];
    expect(outcome(second.checkpoint)).toEqual({ ...outcome(straight.checkpoint), changes });
    expect(second.events.filter(({ kind }) => kind === 'epoch')).toHaveLength(2);
  });

  it('has no steps left with the same number of epochs', async () => {
    const first = await run(shorter);
    const again = await run(shorter, { resume: saved(first.checkpoint) });
    expect([again.state, again.checkpoint.progress.step]).toEqual(['done', 2 * STEPS]);
  });

  it('keeps its history and the weights of its best epoch', async () => {
    const { checkpoint, all } = await run(longer);
    const { history, best } = checkpoint.progress;
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
    const accuracies = history.map(({ validation }) => validation.accuracy ?? 0);
    expect(accuracies[(best ?? 0) - 1]).toBe(Math.max(...accuracies));
    const then = all.find(({ progress }) => progress.epoch === best) as Checkpoint;
    expect(checkpoint.bestWeights).toBe(then.weights);
  });

  it('uses a new learning rate from its current step on', async () => {
    const first = await run(shorter);
    const optimizer = { ...longer.recipe.optimizer, learningRate: 1e-30 };
    const second = await run({ ...longer, recipe: { ...longer.recipe, optimizer } }, { resume: first.checkpoint });
    const fc = ({ weights }: Checkpoint) => weights.get('fc/weight')?.data;
    expect(fc(second.checkpoint)).toEqual(fc(first.checkpoint));
  });
});

describe('a run cannot be resumed', () => {
  it.each<[string, (document: NetworkDocument) => NetworkDocument, RegExp]>([
    [
      'in another network',
      (document) => ({
        ...document,
        nodes: document.nodes.map((node) => (node.layer === 'relu' ? { ...node, layer: 'tanh' } : node)),
      }),
      /network was changed/,
    ],
    ['with another seed', (d) => ({ ...d, recipe: { ...d.recipe, seed: 9 } }), /training settings were changed/],
    [
      'with another optimizer',
      (d) => ({ ...d, recipe: { ...d.recipe, optimizer: defaultOptimizers.adam } }),
      /training settings/,
    ],
    ['with another split', (d) => ({ ...d, data: { ...d.data, splitSeed: 5 } }), /training settings were changed/],
    [
      'with other transforms',
      (d) => ({ ...d, data: { ...d.data, transforms: [{ type: 'RandomHorizontalFlip' }] } }),
      /transforms or the mixing of samples were changed/,
    ],
    [
      'with mixing',
      (d) => ({ ...d, data: { ...d.data, mixing: { type: 'MixUp', alpha: 1 } } }),
      /transforms or the mixing of samples were changed/,
    ],
    [
      'with folds',
      (d) => ({ ...d, data: { ...d.data, split: { kind: 'folds', folds: 5, fold: 1, stratified: true } } }),
      /training settings were changed/,
    ],
  ])('%s', async (_, change, message) => {
    const document = documentWith({});
    const { checkpoint } = await run(document, { stopAfter: 2 });
    const second = await run(change(document), { resume: checkpoint });
    expect(second.state).toBe('failed');
    const told = second.events.findLast((event) => event.kind === 'run');
    expect(told?.message?.en).toMatch(message);
  });

  it('if its files are damaged', async () => {
    const { checkpoint } = await run(documentWith({}), { stopAfter: 1 });
    const entries = writeCheckpoint(checkpoint);
    const { 'runs/last/optimizer.safetensors': _, ...without } = entries;
    expect(() => readCheckpoint(without)).toThrow(/optimizer\.safetensors: missing/);
    const json = entries['runs/last/run.json'] as Uint8Array;
    expect(() => readCheckpoint({ ...entries, 'runs/last/run.json': json.subarray(9) })).toThrow(/run\.json: JSON/);
    expect(readCheckpoint({})).toBeNull();
  });
});

it('after a NaN, the last finite checkpoint can be resumed', async () => {
  const { optimizer } = documentWith({}).recipe;
  const wild = documentWith({ epochs: 20, optimizer: { ...optimizer, learningRate: 1e30 } });
  const { state, checkpoint } = await run(wild);
  expect(state).toBe('failed');
  for (const { data: numbers } of checkpoint.weights.values()) {
    expect([...numbers].every((x) => Number.isFinite(Number(x)))).toBe(true);
  }
});
