import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { initialParameters } from '../compile/initialize.ts';
import { batchBuffers, fillBatch } from '../data/batches.ts';
import { labeledImages } from '../data/dataset.ts';
import { blockLayer, type Config, type DocumentNode, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { defaultRecipe } from '../graph/recipe.ts';
import { reversed, type WeightMoves } from '../graph/weightMoves.ts';
import { elementCount, floatTensor } from '../ir/tensor.ts';
import type { EngineClient } from '../protocol/client.ts';
import type { TrainArgs } from '../protocol/training.ts';
import { random } from '../random/philox.ts';
import { Engine } from './engine.ts';
import { connect } from './engineTestClient.ts';
import { Evaluator } from './evaluator.ts';
import { filesBeside } from './files.ts';
import { checkedGraph, samplesFor } from './network.ts';
import { CPU_DEVICE, type Tensors } from './session.ts';
import { TrainStep } from './trainStep.ts';
import { readWeights, writeWeights } from './weights.ts';

const node = (layer: string, name: string, config: Config = {}, frozen = false): DocumentNode => ({
  id: name,
  layer,
  name,
  config,
  position: { x: 0, y: 0 },
  frozen,
});

const chain = (nodes: readonly DocumentNode[]): NetworkDocument['edges'] =>
  nodes.slice(1).map(({ id }, i) => ({
    id: `to-${id}`,
    from: { node: nodes[i]?.id ?? '', port: 'y' },
    to: { node: id, port: 'x' },
  }));

const drawn = (...nodes: readonly DocumentNode[]): NetworkDocument => ({
  ...emptyDocument,
  nodes,
  edges: chain(nodes),
});

describe('frozen batch norm normalizes with its running statistics and does not change them', () => {
  const SHAPE = [2, 6, 6];
  const COUNT = 16;
  const rng = random(3, 'frozen');
  const noise = Uint8Array.from({ length: COUNT * elementCount(SHAPE) }, () => rng.below(256));
  const labels = Uint8Array.from({ length: COUNT }, (_, i) => i % 3);
  const data = labeledImages('noise', SHAPE, noise, labels);

  const input = node('input', 'in', { shape: SHAPE });
  const conv = node('conv2d', 'conv', { outChannels: 4 });
  const flat = node('flatten', 'flat');
  const end = [node('linear', 'fc', { outFeatures: 3 }), node('classifier', 'out', { classes: 3 })];
  const images = (...norm: readonly DocumentNode[]) => drawn(input, conv, ...norm, flat, ...end);
  const own = (frozenInside: boolean, frozen: boolean): NetworkDocument => {
    const inside = [node('batchNorm2d', 'bn', {}, frozenInside), node('relu', 'act')];
    const block = {
      id: 'own',
      title: 'own',
      nodes: inside,
      edges: chain(inside),
      inputs: [{ name: 'x', to: [{ node: 'bn', port: 'x' }] }],
      outputs: [{ name: 'y', from: { node: 'act', port: 'y' } }],
      exposed: [],
    };
    return { ...images({ ...node(blockLayer('own'), 'b', {}, frozen), repeat: 2 }), blocks: [block] };
  };

  it.each<[string, NetworkDocument]>([
    ['2d', images(node('batchNorm2d', 'bn', {}, true))],
    ['2d without scale and shift', images(node('batchNorm2d', 'bn', { affine: false }, true))],
    ['1d', drawn(input, flat, node('linear', 'fc1', { outFeatures: 8 }), node('batchNorm1d', 'bn', {}, true), ...end)],
    ['in a frozen built-in block', images(node('convUnit', 'unit', { channels: 4 }, true))],
    ['in a frozen residual block', images(node('residual', 'res', {}, true))],
    ['in a frozen block of the document, repeated', own(false, true)],
    ['frozen within a block of the document', own(true, false)],
  ])('%s', async (_, document) => {
    const graph = checkedGraph(document);
    const norms = graph.nodes.filter(({ buffers }) => Object.keys(buffers).length > 0);
    expect(norms.length).toBeGreaterThan(0);
    const samples = samplesFor(graph, data);
    const batch = fillBatch(
      samples,
      Uint32Array.from({ length: COUNT }, (_, i) => i),
      batchBuffers(COUNT, samples),
    );
    const weights = new Map(initialParameters(graph, 1));
    for (const [name, { shape }] of weights) {
      if (!name.includes('/running_')) continue;
      const least = name.endsWith('mean') ? -0.5 : 0.5;
      const statistics = new Float32Array(elementCount(shape)).map(() => least + rng.uniform());
      weights.set(name, floatTensor(shape, statistics));
    }
    const step = new TrainStep(graph, defaultRecipe, { weights }, CPU_DEVICE);
    const { loss } = await step.run(batch, { learningRate: 0.1 }, { seed: 1, step: 0 });
    await step.release();
    const evaluator = await Evaluator.open(graph, CPU_DEVICE);
    expect(loss).toBeCloseTo((await evaluator.run(batch, weights)).loss, 5);
    await evaluator.release();
    for (const { node: norm } of norms) {
      const kept = [...weights.keys()].filter((name) => name.startsWith(`${norm.name}/`));
      expect(kept.length).toBeGreaterThanOrEqual(2);
      for (const name of kept) expect(step.weights.get(name)?.data, name).toEqual(weights.get(name)?.data);
    }
    // Other layers learn, even those connected to the loss only through it.
    const first = graph.nodes.find(({ node: { frozen }, params }) => frozen !== true && 'weight' in params);
    const learnt = `${first?.node.name}/weight`;
    expect(step.weights.get(learnt)?.data, learnt).not.toEqual(weights.get(learnt)?.data);
  });
});

it('frozen batch norm in train mode normalizes with the batch and updates its running statistics, not its weights', async () => {
  const nodes = [
    node('input', 'in', { shape: [2, 4, 4] }),
    node('batchNorm2d', 'bn', {}, true),
    node('flatten', 'flat'),
    node('linear', 'fc', { outFeatures: 2 }),
    node('classifier', 'out', { classes: 2 }),
  ];
  const rng = random(5, 'frozen');
  const data = labeledImages(
    'noise',
    [2, 4, 4],
    Uint8Array.from({ length: 8 * 32 }, () => rng.below(256)),
    Uint8Array.from({ length: 8 }, (_, i) => i % 2),
  );
  const trained = async (frozenBatchNorm?: 'batch') => {
    const recipe = { ...defaultRecipe, ...(frozenBatchNorm && { frozenBatchNorm }) };
    const graph = checkedGraph({ ...drawn(...nodes), recipe });
    const samples = samplesFor(graph, data);
    const batch = fillBatch(
      samples,
      Uint32Array.from({ length: 8 }, (_, i) => i),
      batchBuffers(8, samples),
    );
    const weights = initialParameters(graph, 1);
    const step = new TrainStep(graph, recipe, { weights }, CPU_DEVICE);
    await step.run(batch, { learningRate: 0.1 }, { seed: 1, step: 0 });
    await step.release();
    const changed = (name: string) => String(step.weights.get(name)?.data) !== String(weights.get(name)?.data);
    return Object.fromEntries(
      ['weight', 'bias', 'running_mean', 'running_var'].map((key) => [key, changed(`bn/${key}`)]),
    );
  };
  const still = { weight: false, bias: false };
  expect(await trained()).toEqual({ ...still, running_mean: false, running_var: false });
  expect(await trained('batch')).toEqual({ ...still, running_mean: true, running_var: true });
});

describe('the initial weights of a run', () => {
  const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);
  const nodes = [
    node('input', 'in', { shape: [2] }),
    node('linear', 'fc1', { outFeatures: 8 }),
    node('batchNorm1d', 'bn1'),
    node('relu', 'act'),
    node('linear', 'fc2', { outFeatures: 2 }),
    node('classifier', 'out', { classes: 2 }),
  ];
  const document: NetworkDocument = {
    ...drawn(...nodes),
    data: { ...emptyDocument.data, source: 'moons' },
    recipe: { ...defaultRecipe, batchSize: 64, epochs: 1 },
  };
  const frozen = (...names: readonly string[]): NetworkDocument => ({
    ...document,
    nodes: nodes.map((each) => (names.includes(each.name) ? { ...each, frozen: true } : each)),
  });
  const graph = checkedGraph(document);
  const initial = initialParameters(graph, document.recipe.seed);
  const trained: Tensors = new Map(
    [...initial].map(([name, { shape, data }]) => [
      name,
      floatTensor(
        shape,
        Float32Array.from(data as Float32Array, (x) => x + 1),
      ),
    ]),
  );

  /** Weights before the first step, by layer: held, initial or other. */
  async function started(
    request: Pick<TrainArgs, 'document'> & Partial<TrainArgs>,
    prepare: (call: EngineClient['call']) => void = () => {},
  ) {
    const client = connect(new Engine({ files, device: CPU_DEVICE }));
    await client.call('setWeights', { weights: writeWeights(trained) });
    prepare(client.call);
    const paused = client.until(
      (event): event is typeof event => event.kind === 'run' && event.run === 'a' && event.state === 'paused',
    );
    client.call('train', { run: 'a', weights: 'fresh', paused: true, ...request });
    await paused;
    const answer = await client.call('getLastRun', {});
    client.call('control', { run: 'a', action: 'stop' });
    const weights = readWeights(answer.entries['runs/last/weights.safetensors'] as Uint8Array, 'weights');
    const from = (name: string): string => {
      const bits = String(weights.get(name)?.data);
      return bits === String(trained.get(name)?.data)
        ? 'held'
        : bits === String(initial.get(name)?.data)
          ? 'fresh'
          : 'other';
    };
    return Object.fromEntries(['fc1', 'bn1', 'fc2'].map((layer) => [layer, from(`${layer}/weight`)]));
  }

  it('a replaced head is random, and all other layers keep their weights', async () => {
    const renewed: NetworkDocument = {
      ...document,
      nodes: nodes.map((each) => (each.name === 'fc2' ? { ...each, renewed: 1 } : each)),
    };
    const moves: WeightMoves[] = [[{ from: 'fc2', to: 'fc2#1' }]];
    const replaced = await started({ document: renewed, weights: 'current' }, (call) => call('moveWeights', { moves }));
    expect(replaced).toEqual({ fc1: 'held', bn1: 'held', fc2: 'fresh' });
    const undone = await started({ document, weights: 'current' }, (call) => {
      call('moveWeights', { moves });
      call('moveWeights', { moves: reversed(moves) });
    });
    expect(undone).toEqual({ fc1: 'held', bn1: 'held', fc2: 'held' });
  });

  const evaluated = (client: ReturnType<typeof connect>, of: NetworkDocument) =>
    client.call('evaluate', { document: of });

  it.each<[string, Partial<TrainArgs>, readonly string[], Record<string, string>]>([
    ['fresh', { weights: 'fresh' }, [], { fc1: 'fresh', bn1: 'fresh', fc2: 'fresh' }],
    ['fresh, some layers frozen', { weights: 'fresh' }, ['fc1', 'bn1'], { fc1: 'held', bn1: 'held', fc2: 'fresh' }],
    ['fresh, all frozen', { weights: 'fresh' }, ['fc1', 'bn1', 'fc2'], { fc1: 'held', bn1: 'held', fc2: 'held' }],
    ['all redrawn', { weights: 'redrawn' }, ['fc1', 'bn1'], { fc1: 'fresh', bn1: 'fresh', fc2: 'fresh' }],
    ['from the present weights', { weights: 'current' }, ['fc1'], { fc1: 'held', bn1: 'held', fc2: 'held' }],
  ])('%s', async (_, request, names, expected) => {
    expect(await started({ document: frozen(...names), ...request })).toEqual(expected);
  });

  it('frozen layers keep their weights in a queued run, even if they were renamed in the meantime', async () => {
    const busy: TrainArgs = {
      run: 'before',
      weights: 'current',
      paused: true,
      document: frozen('fc1', 'bn1', 'fc2'),
    };
    const expected = { fc1: 'held', bn1: 'fresh', fc2: 'fresh' };
    const queued = await started({ document: frozen('fc1'), queued: true }, (call) => {
      call('train', busy);
      // The layers are renamed while the run waits in the queue.
      setTimeout(() => {
        call('moveWeights', { moves: [[{ from: 'fc1', to: 'first' }]] });
        call('control', { run: 'before', action: 'stop' });
      }, 100);
    });
    expect(queued).toEqual(expected);
  });

  it('frozen layers keep the weights of the time at which a run aside was requested', async () => {
    const client = connect(new Engine({ files, device: CPU_DEVICE }));
    await client.call('setWeights', { weights: writeWeights(trained) });
    const waits = client.until((event): event is typeof event => event.kind === 'run' && event.state === 'paused');
    client.call('train', { run: 'before', weights: 'fresh', paused: true, document });
    await waits;
    const all = frozen('fc1', 'bn1', 'fc2');
    const ends = client.ended('aside');
    client.call('train', {
      run: 'aside',
      weights: 'fresh',
      paused: false,
      document: all,
      queued: true,
      aside: true,
    });
    const { loss } = await evaluated(client, all);
    await client.call('setWeights', { weights: new Uint8Array() });
    expect(await ends).toMatchObject({ state: 'done' });
    const epoch = client.events.find((event) => event.kind === 'epoch' && event.run === 'aside');
    expect(epoch).toMatchObject({ validation: { loss } });
  });
});

it('start weights of another file are matched, corrected by hand, and used by the next run', async () => {
  const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);
  const client = connect(new Engine({ files, device: CPU_DEVICE }));
  const path = fileURLToPath(new URL('../../testdata/weights/torch.safetensors', import.meta.url));
  const document = drawn(
    node('input', 'in', { shape: [1, 4, 4] }),
    node('conv2d', 'conv', { outChannels: 2, kernelSize: [3, 3], bias: false }),
    node('batchNorm2d', 'bn'),
    node('flatten', 'flat'),
    node('linear', 'fc', { outFeatures: 8 }),
    node('classifier', 'out', { classes: 8 }),
  );
  await expect(client.call('useWeights', { document, chosen: {} })).rejects.toThrow('Choose the file again');
  const { name, tensors } = await client.call('openWeights', { source: { kind: 'file', path } });
  expect(name).toBe('torch.safetensors');
  expect(tensors).toContainEqual({ name: 'fc.weight', shape: [8, 8] });
  const { taken } = await client.call('useWeights', { document, chosen: { 'fc/bias': null } });
  expect(taken).toBe(6);
  const { weights } = await client.call('getWeights', {});
  const held = readWeights(weights, 'weights');
  expect([...held.keys()].sort()).toEqual(
    ['bn/bias', 'bn/running_mean', 'bn/running_var', 'bn/weight', 'conv/weight', 'fc/weight'].sort(),
  );
  await expect(client.call('openWeights', { source: { kind: 'file', path: `${path}.nowhere` } })).rejects.toThrow(
    'There is no file',
  );
});
