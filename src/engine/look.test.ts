import { beforeAll, describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import { compileActivations } from '../compile/activations.ts';
import { initialParameters } from '../compile/initialize.ts';
import { type Dataset, type Field, sampleAt } from '../data/dataset.ts';
import { splitOf } from '../data/split.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { type Dense, interpret } from '../ir/interpret.ts';
import { elementCount } from '../ir/tensor.ts';
import { lookedAt } from '../look/ends.ts';
import type { LookArgs, LookResult } from '../protocol/look.ts';
import { UserError } from '../text.ts';
import { Engine } from './engine.ts';
import { connect } from './engineTestClient.ts';
import { filesBeside, openDataset } from './files.ts';
import { checkedGraph } from './network.ts';
import { CPU_DEVICE } from './session.ts';

const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);
const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const graph = checkedGraph(lenet);
const weights = initialParameters(graph, lenet.recipe.seed);

let digits: Dataset;
let validation: Uint32Array;
beforeAll(async () => {
  digits = await openDataset('mnist', files);
  validation = splitOf(digits, lenet.data).validation;
});

/** One call to a new engine. */
function look(change: Partial<LookArgs>): Promise<LookResult> {
  const { call } = connect(new Engine({ files, device: CPU_DEVICE }));
  return call('look', { document: lenet, nodes: [], weights: false, maps: 64, side: 64, sample: null, ...change });
}

const dense = (shape: readonly number[], data: ArrayLike<number>): Dense => ({ shape, data: Float64Array.from(data) });

/** Output of a layer for one sample, in float64. */
function computed(of: CheckedGraph, node: CheckedNode, input: ArrayLike<number>, held = weights): Float64Array {
  const { program, outputs } = compileActivations(of, [node]);
  const feeds = program.inputs.map(({ value, role }): [string, Dense] => {
    const shape = value.shape.map((dim) => (typeof dim === 'number' ? dim : 1));
    return [value.name, dense(shape, role.kind === 'data' ? input : (held.get(value.name)?.data as Float32Array))];
  });
  return interpret(program, Object.fromEntries(feeds))[outputs.get(node.node.id) as string]?.data as Float64Array;
}

it('all weights of a network are described, in data order', async () => {
  const { call } = connect(new Engine({ files, device: CPU_DEVICE }));
  const frozen = { ...lenet, nodes: lenet.nodes.map((node) => ({ ...node, frozen: node.name === 'conv1' })) };
  const { tensors, trained } = await call('tensors', { document: frozen });
  expect(trained).toBe(false);
  expect(tensors.map(({ path, param }) => `${path}/${param}`)).toEqual([...weights.keys()]);
  for (const { path, param, shape, now, start, moved, frozen: kept, layer } of tensors) {
    const numbers = weights.get(`${path}/${param}`)?.data as Float32Array;
    expect([now.count, now.min, now.max]).toEqual([numbers.length, Math.min(...numbers), Math.max(...numbers)]);
    expect([shape, start, moved]).toEqual([weights.get(`${path}/${param}`)?.shape, null, null]);
    expect([kept, layer]).toEqual([path === 'conv1', path.startsWith('conv') ? 'conv2d' : 'linear']);
  }
});

describe('looking inside LeNet', () => {
  it('returns the filters of the network with their statistics', async () => {
    const { layers, sample, trained } = await look({ nodes: ['conv1', 'conv2', 'fc1'], weights: true });
    expect([sample, trained]).toEqual([null, false]);
    expect(layers.map(({ maps }) => maps)).toEqual([null, null, null]);
    for (const { path, weights: shown } of layers) {
      for (const { param, shape, now, images } of shown) {
        const numbers = weights.get(`${path}/${param}`)?.data as Float32Array;
        expect(shape).toEqual(weights.get(`${path}/${param}`)?.shape);
        expect([now.count, now.min, now.max]).toEqual([numbers.length, Math.min(...numbers), Math.max(...numbers)]);
        expect(images?.data ?? null).toEqual(path !== 'fc1' && param === 'weight' ? numbers : null);
      }
    }
  });

  it('returns the layer outputs for a validation sample, as computed in float64', async () => {
    const { nodes } = graph;
    const paths = nodes.map(({ node }) => node.name);
    const { layers, sample, problem } = await look({ nodes: paths, sample: { kind: 'validation', index: 5 } });
    const of = validation[5] as number;
    const input = sampleAt(digits.inputs[0] as Field, of);
    expect(problem).toBeNull();
    expect(sample).toMatchObject({ index: 5, count: 2000, label: digits.targets[0]?.data[of] });
    expect(sample?.inputs[0]?.data).toEqual(input);
    expect(layers.map(({ path }) => path)).toEqual(paths);
    layers.forEach(({ maps }, i) => {
      const expected = computed(graph, nodes[i] as CheckedNode, input);
      expect(maps?.data.length).toBe(expected.length);
      const furthest = expected.reduce((most, x, at) => Math.max(most, Math.abs(x - (maps?.data[at] as number))), 0);
      expect(furthest).toBeLessThan(1e-5);
    });
    expect(sample?.probabilities).toEqual(layers.at(-1)?.maps?.data);
    expect(sample?.probabilities?.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  });

  it.each([
    ['without a loss', { classes: { layer: 'output', config: {} } }],
    [
      'with other classes than the data',
      {
        fc3: { layer: 'linear', config: { outFeatures: 3 } },
        classes: { layer: 'classifier', config: { classes: 3 } },
      },
    ],
  ])('a network %s is computed on samples of the data', async (_, changes) => {
    const nodes = lenet.nodes.map((node) => ({ ...node, ...(changes as Record<string, object>)[node.id] }));
    const sample = { kind: 'validation', index: 5 } as const;
    const looked = await look({ document: { ...lenet, nodes }, nodes: ['conv1', 'fc3'], sample });
    const input = sampleAt(digits.inputs[0] as Field, validation[5] as number);
    expect(looked.problem).toBeNull();
    expect(looked.sample).toMatchObject({
      label: digits.targets[0]?.data[validation[5] as number],
      inputs: [{ data: input }],
    });
    const expected = computed(graph, graph.nodes.find(({ node }) => node.id === 'conv1') as CheckedNode, input);
    expect([...(looked.layers[0]?.maps?.data ?? [])]).toEqual([...expected].map((x) => expect.closeTo(x, 5)));
    expect(looked.layers[1]?.maps).not.toBeNull();
  });

  it('wraps sample indices around, and accepts custom samples', async () => {
    const at = (index: number) => look({ nodes: ['conv1'], sample: { kind: 'validation', index } });
    expect([(await at(2003)).sample?.index, (await at(-1)).sample?.index]).toEqual([3, 1999]);
    const input = Float32Array.from({ length: 784 }, (_, i) => (i % 28) / 28);
    const { layers, sample } = await look({ nodes: ['act1'], sample: { kind: 'own', input } });
    expect(sample).toMatchObject({ index: null, label: null });
    const expected = computed(graph, lookedAt(graph, 'act1')?.end as CheckedNode, input);
    expect([...(layers[0]?.maps?.data ?? [])]).toEqual([...expected].map((x) => expect.closeTo(x, 5)));
    const wrong = { kind: 'own', input: new Float32Array(7) } as const;
    await expect(look({ nodes: ['conv1'], sample: wrong })).rejects.toThrow(UserError);
  });

  it('refuses missing layers and checkpoints', async () => {
    await expect(look({ nodes: ['conv9'] })).rejects.toThrow(/Layer “conv9” no longer exists/);
    const elsewhere = { ...lenet, data: { ...lenet.data, source: '/nowhere/images-idx3-ubyte' } };
    const sample = { kind: 'validation', index: 0 } as const;
    const { layers, ...rest } = await look({ document: elsewhere, nodes: ['conv1'], weights: true, sample });
    expect(rest).toMatchObject({ sample: null, problem: { en: expect.stringMatching(/nowhere/) } });
    expect([layers[0]?.maps, layers[0]?.weights.length]).toEqual([null, 2]);
  });
});

it('the output of a block is that of its last layer; large answers are truncated', async () => {
  const document = templateOf('resnet18_d2l')?.document as NetworkDocument;
  const checked = checkedGraph(document);
  const block = document.nodes.find(({ name }) => checked.nodes.some(({ node }) => node.name.startsWith(`${name}/`)));
  const path = block?.name as string;
  const input = new Float32Array(elementCount(Object.values(checked.nodes[0]?.outputs ?? {})[0] ?? [])).fill(0.5);
  const sample = { kind: 'own', input } as const;
  const whole = await look({ document, nodes: [path], sample, maps: 64, side: 128 });
  const { end } = lookedAt(checked, path) ?? {};
  const at = await look({ document, nodes: [end?.node.name as string], sample, maps: 64, side: 128 });
  expect(whole.layers[0]?.maps).toEqual(at.layers[0]?.maps);
  expect(whole.layers[0]?.weights).toEqual([]);
  const { layers } = await look({ document, nodes: [path], sample, maps: 5, side: 4 });
  expect(layers[0]?.maps).toMatchObject({ shown: 5, height: 4, width: 4, count: whole.layers[0]?.maps?.count });
});
