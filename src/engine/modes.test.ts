import { describe, expect, it } from 'vitest';
import { initialParameters } from '../compile/initialize.ts';
import { compileTrainStep } from '../compile/trainStep.ts';
import { batchBuffers, fillBatch } from '../data/batches.ts';
import { labeledImages } from '../data/dataset.ts';
import { type Config, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { defaultOptimizers, defaultRecipe } from '../graph/recipe.ts';
import { CPU } from '../ir/target.ts';
import { elementCount, floatTensor, type Tensor } from '../ir/tensor.ts';
import { random } from '../random/philox.ts';
import { Evaluator } from './evaluator.ts';
import { feedsOf, initialState } from './feeds.ts';
import { checkedGraph, samplesFor } from './network.ts';
import { CPU_DEVICE, type Tensors } from './session.ts';
import { TrainStep } from './trainStep.ts';

const SHAPE = [2, 5, 5];
const COUNT = 40;
const data = (() => {
  const rng = random(6, 'modes');
  const images = Uint8Array.from({ length: COUNT * elementCount(SHAPE) }, () => rng.below(256));
  return labeledImages(
    'noise',
    SHAPE,
    images,
    Uint8Array.from({ length: COUNT }, (_, i) => i % 3),
  );
})();

const rows: readonly (readonly [layer: string, name: string, config: Config])[] = [
  ['input', 'in', { shape: SHAPE }],
  ['batchNorm2d', 'bn0', { momentum: 0.2 }],
  ['conv2d', 'conv', { outChannels: 4 }],
  ['batchNorm2d', 'bn1', {}],
  ['relu', 'act', {}],
  ['dropout2d', 'drop2', { p: 0.25 }],
  ['flatten', 'flat', {}],
  ['linear', 'fc1', { outFeatures: 300 }],
  ['dropout', 'drop', { p: 0.5 }],
  ['linear', 'fc2', { outFeatures: 3 }],
  ['classifier', 'out', { classes: 3 }],
];

/** The network with some nodes frozen, and some replaced by an identity. */
function graphWith({ frozen = [], without = [] }: { frozen?: readonly string[]; without?: readonly string[] } = {}) {
  const nodes = rows.map(([layer, name, config]) => ({
    id: name,
    layer: without.includes(name) ? 'identity' : layer,
    name,
    config: without.includes(name) ? {} : config,
    position: { x: 0, y: 0 },
    frozen: frozen.includes(name),
  }));
  const edges: NetworkDocument['edges'] = nodes.slice(1).map(({ id }, i) => ({
    id,
    from: { node: nodes[i]?.id ?? '', port: 'y' },
    to: { node: id, port: 'x' },
  }));
  return checkedGraph({ ...emptyDocument, nodes, edges });
}

const graph = graphWith();
const samples = samplesFor(graph, data);
const weights = initialParameters(graph, 1);
const indices = Uint32Array.from({ length: COUNT }, (_, i) => i);
const batchOf = (chosen: Uint32Array) => fillBatch(samples, chosen, batchBuffers(chosen.length, samples));
const optimizer = { ...defaultOptimizers.adamw, learningRate: 0.01, weightDecay: 0.1 };
const recipe = { ...defaultRecipe, optimizer };

/** Several steps on the same batch, with the result of each and the final weights. */
async function steps(from: typeof graph, { count = 3, seed = 1, start = weights as Tensors, at = 0 } = {}) {
  const trained = new TrainStep(from, recipe, { weights: start, reportNorm: true }, CPU_DEVICE);
  const results = [];
  for (let step = at; step < at + count; step++) {
    results.push(await trained.run(batchOf(indices.subarray(0, 32)), { learningRate: 0.01 }, { seed, step }));
  }
  await trained.release();
  return { results, losses: results.map(({ loss }) => loss), weights: trained.weights, state: trained.state };
}

async function logits(of: typeof graph, held: Tensors, chosen = indices): Promise<Float32Array> {
  const evaluator = await Evaluator.open(of, CPU_DEVICE);
  const result = await evaluator.run(batchOf(chosen), held);
  await evaluator.release();
  return result.outputs[0]?.prediction as Float32Array;
}

const changed = (after: Tensors) =>
  [...after]
    .filter(([name, { data: now }]) => {
      const before = weights.get(name)?.data;
      return before === undefined || now.some((x, i) => !Object.is(x, before[i]));
    })
    .map(([name]) => name);

describe('frozen layers', () => {
  it('keep every bit of their parameters, and have no optimizer state', async () => {
    const { weights: after, state } = await steps(graphWith({ frozen: ['bn0', 'conv', 'bn1', 'fc2'] }));
    expect(changed(after).sort()).toEqual(['fc1/bias', 'fc1/weight']);
    expect([...state.keys()].every((name) => name.includes('/fc1/'))).toBe(true);
  });

  it('do not affect the first step of the layers before them', async () => {
    const [free, frozen] = [
      await steps(graph, { count: 1 }),
      await steps(graphWith({ frozen: ['fc2'] }), { count: 1 }),
    ];
    expect(frozen.losses).toEqual(free.losses);
    const difference = (name: string) => {
      const [a, b] = [free, frozen].map(({ weights: after }) => after.get(name)?.data as Float32Array);
      return (a as Float32Array).reduce((most, x, i) => Math.max(most, Math.abs(x - (b?.[i] as number))), 0);
    };
    expect(difference('fc1/weight')).toBeLessThan(1e-6);
    expect(difference('fc2/weight')).toBeGreaterThan(1e-3);
  });

  it('may be all layers: the loss is reported and no weight changes', async () => {
    const { weights: after, losses } = await steps(graphWith({ frozen: rows.map(([, name]) => name) }));
    expect(changed(after)).toEqual([]);
    expect(losses.every(Number.isFinite)).toBe(true);
  });
});

describe('batch normalization', () => {
  it('moves its running statistics towards the batch during training, with the unbiased variance', async () => {
    const { weights: after } = await steps(graph, { count: 1 });
    const { data: pixels } = batchOf(indices.subarray(0, 32)).tensors.get('in') as { data: Float32Array };
    for (const channel of [0, 1]) {
      const own = [...pixels].filter((_, i) => Math.floor(i / 25) % 2 === channel);
      const mean = own.reduce((a, b) => a + b, 0) / own.length;
      const variance = own.reduce((a, b) => a + (b - mean) ** 2, 0) / (own.length - 1);
      expect(after.get('bn0/running_mean')?.data[channel]).toBeCloseTo(0.2 * mean, 6);
      expect(after.get('bn0/running_var')?.data[channel]).toBeCloseTo(0.8 + 0.2 * variance, 6);
    }
  });

  it('does not change them in prediction, where samples are independent', async () => {
    const { weights: after } = await steps(graph);
    const copy = new Map(
      [...after].map(([name, { shape, data: numbers }]) => [
        name,
        floatTensor(shape, Float32Array.from(numbers as Float32Array)),
      ]),
    );
    const whole = await logits(graph, after);
    const single = await logits(graph, after, indices.subarray(7, 8));
    for (const [i, x] of single.entries()) expect(x).toBeCloseTo(whole[21 + i] as number, 5);
    for (const [name, { data: numbers }] of after) expect(numbers).toEqual(copy.get(name)?.data);
  });
});

describe('dropout', () => {
  it('has no effect in prediction', async () => {
    const held = (await steps(graph)).weights;
    const [once, again] = [await logits(graph, held), await logits(graph, held)];
    expect(again).toEqual(once);
    const bare = await logits(graphWith({ without: ['drop', 'drop2'] }), held);
    for (const [i, x] of bare.entries()) expect(x).toBeCloseTo(once[i] as number, 6);
  });

  it('has the same masks for the same seed and step, and different ones otherwise', async () => {
    const { losses } = await steps(graph);
    expect((await steps(graph)).losses).toEqual(losses);
    expect((await steps(graph, { seed: 2 })).losses[0]).not.toBe(losses[0]);
    expect((await steps(graph, { at: 5 })).losses[0]).not.toBe(losses[0]);
  });

  it('keeps its fraction of single values or of whole channels', async () => {
    const program = compileTrainStep(graph, { ...recipe, batch: 32, target: CPU });
    const feeds = feedsOf(program, {
      batch: batchOf(indices.subarray(0, 32)),
      held: new Map([...weights, ...initialState(program)]),
      hypers: { learningRate: 0, biasCorrection1: 1, biasCorrection2: 1 },
      noise: { seed: 1, step: 0 },
    });
    const [units, channels] = ['drop/mask', 'drop2/mask'].map((name) => feeds.get(name));
    expect([units?.shape, channels?.shape]).toEqual([
      [32, 300],
      [32, 4, 1, 1],
    ]);
    const share = ({ data: mask }: Tensor) => [...mask].map(Number).reduce((a, b) => a + b, 0) / mask.length;
    expect(Math.abs(share(units as Tensor) - 0.5)).toBeLessThan(0.02);
    expect(Math.abs(share(channels as Tensor) - 0.75)).toBeLessThan(0.1);
  });
});

describe('the norm of the gradients', () => {
  it('is reported if requested', async () => {
    const { results } = await steps(graph, { count: 2 });
    for (const { gradientNorm } of results) expect(gradientNorm).toBeGreaterThan(0);
    const silent = new TrainStep(graph, recipe, { weights }, CPU_DEVICE);
    const result = await silent.run(batchOf(indices.subarray(0, 8)), { learningRate: 0.1 }, { seed: 1, step: 0 });
    await silent.release();
    expect(result.gradientNorm).toBeNull();
  });
});
