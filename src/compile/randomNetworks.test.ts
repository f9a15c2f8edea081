import { describe, expect, it } from 'vitest';
import { check } from '../check/check.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { randomConfig } from '../engine/randomDrawing.ts';
import { CPU_DEVICE, openProgram } from '../engine/session.ts';
import { type Config, type DocumentNode, type Edge, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { edgeId } from '../graph/edges.ts';
import type { Dense } from '../ir/dense.ts';
import { interpret } from '../ir/interpret.ts';
import type { Program } from '../ir/program.ts';
import { CPU } from '../ir/target.ts';
import { elementCount, floatTensor, type Tensor } from '../ir/tensor.ts';
import { verifyProgram } from '../ir/verify.ts';
import { readConfig } from '../layers/config.ts';
import { layerOf, layers } from '../layers/index.ts';
import { inputPorts, type Shape } from '../layers/layer.ts';
import { validateModel } from '../onnx/validate.ts';
import { writeModel } from '../onnx/write.ts';
import { type Random, random } from '../random/philox.ts';
import { compileInference } from './inference.ts';
import { initialParameters } from './initialize.ts';
import { compileTrainStep } from './trainStep.ts';

const BATCH_SIZE = 3;
const MOST_LAYERS = 30;

/** Configs for small images. A layer without a row gets random values of its fields. */
const configs: Readonly<Record<string, (rng: Random) => Config>> = {
  conv2d: (rng): Config =>
    rng.below(2) === 1
      ? { outChannels: 3, kernelSize: [3, 2], padding: 'same' }
      : {
          outChannels: 2 * (1 + rng.below(2)),
          kernelSize: [1 + rng.below(3), 1 + rng.below(3)],
          stride: [1 + rng.below(2), 1],
          padding: [rng.below(2), rng.below(2)],
          dilation: [1, 1 + rng.below(2)],
          groups: 1 + rng.below(2),
          bias: rng.below(2) === 1,
        },
  convTranspose2d: (rng) => ({ outChannels: 2, kernelSize: [2, 2], stride: [1 + rng.below(2), 1] }),
  maxPool2d: (rng) => ({
    kernelSize: [2, 2],
    stride: [1 + rng.below(2), 2],
    padding: [rng.below(2), 0],
    ceilMode: rng.below(2) === 1,
  }),
  avgPool2d: (rng) => ({
    kernelSize: [2, 3],
    stride: [1, 2],
    padding: [1, 1],
    ceilMode: rng.below(2) === 1,
    countIncludePad: rng.below(2) === 1,
  }),
  adaptiveAvgPool2d: () => ({ outputSize: [2, 3] }),
  groupNorm: (rng) => ({ groups: 1 + rng.below(2) }),
  localResponseNorm: () => ({ size: 3, alpha: 0.5 }),
  dropout: () => ({ p: 0.3 }),
  dropout2d: () => ({ p: 0.3 }),
  linear: (rng) => ({ outFeatures: 2 + rng.below(6), bias: rng.below(2) === 1 }),
  upsample: (rng) => ({ scale: [2], mode: rng.below(2) === 1 ? 'nearest' : 'bilinear' }),
  zeroPad2d: () => ({}),
  add: () => ({ count: 2 }),
  mul: () => ({ count: 2 }),
  concat: (rng) => ({ count: 2 + rng.below(2) }),
};

/** Every layer between input and output through which a gradient passes. */
const choices = layers.filter(({ lower, flat }) => lower !== undefined && flat !== 'everywhere');

/** A valid random network of up to 30 layers: layers are appended wherever their shape rule accepts an output. */
function randomNetwork(rng: Random): NetworkDocument {
  const nodes: DocumentNode[] = [];
  const edges: Edge[] = [];
  const shapes = new Map<string, Shape>();
  const append = (layer: string, config: Config, sources: readonly string[]): boolean => {
    const def = layerOf(layer);
    if (def === undefined) throw new Error(`no layer '${layer}'`);
    const read = readConfig(def.config, config).config;
    const ports = inputPorts(def, read);
    const x = Object.fromEntries(
      ports.map((port, i) => [port, shapes.get(sources[i % Math.max(1, sources.length)]) ?? []]),
    );
    const inferred = def.infer(x, read);
    if ('problems' in inferred) return false;
    const y = inferred.outputs.y ?? [];
    if (elementCount(y) > 120 || (def.overBatch && y.length === 3 && elementCount(y.slice(1)) < 2)) return false;
    const id = `${layer}${nodes.length}`;
    nodes.push({ id, layer, name: id, config, position: { x: 0, y: 100 * nodes.length } });
    ports.forEach((port, i) => {
      const [from, to] = [
        { node: sources[i % sources.length], port: 'y' },
        { node: id, port },
      ];
      edges.push({ id: edgeId(from, to), from, to });
    });
    shapes.set(id, y);
    return true;
  };
  append('input', { shape: rng.below(4) === 0 ? [6] : [2, 5 + rng.below(2), 5] }, []);
  const length = 2 + rng.below(MOST_LAYERS - 5);
  for (let tries = 0; nodes.length < length && tries < 400; tries++) {
    const { type, config } = choices[rng.below(choices.length)];
    // Usually the last node is continued; sometimes an older one branches off.
    const pick = () => nodes[rng.below(3) === 0 ? rng.below(nodes.length) : nodes.length - 1].id;
    const sources = [pick(), pick(), pick()];
    const drawn = configs[type]?.(rng) ?? randomConfig(rng, config, shapes.get(sources[0]) ?? []);
    append(type, drawn, sources);
  }
  const open = nodes.filter(({ id }) => !edges.some(({ from }) => from.node === id)).map(({ id }) => id);
  const flat = open.map((id) => {
    append('flatten', {}, [id]);
    return nodes.at(-1)?.id as string;
  });
  const joined =
    flat.length > 1 && append('concat', { count: flat.length }, flat) ? (nodes.at(-1)?.id as string) : flat[0];
  append('linear', { outFeatures: 3 }, [joined]);
  const scores = nodes.at(-1)?.id as string;
  const ends: readonly [string, Config][] = [
    ['classifier', { classes: 3, labelSmoothing: 0.1 }],
    ['classifier', { classes: 3 }],
    ['binaryClassifier', {}],
    ['regression', { loss: 'huber' }],
  ];
  const [end, config] = ends[rng.below(ends.length)];
  append(end, config, [scores]);
  return { ...emptyDocument, name: 'random', nodes, edges };
}

/** Feeds for every input: small random values, valid targets, initial weights. */
function feedsFor(program: Program, graph: CheckedGraph, rng: Random): Record<string, Dense> {
  const weights = initialParameters(graph, 1);
  return Object.fromEntries(
    program.inputs.map(({ value, role }) => {
      const shape = value.shape.map((dim) => (typeof dim === 'number' ? dim : BATCH_SIZE));
      const draw = (): number => {
        if (role.kind === 'target') return value.dtype === 'int64' ? rng.below(3) : rng.below(2);
        if (role.kind === 'random') return Number(rng.uniform() < role.keep);
        if (role.kind === 'hyper') return 1;
        return Math.fround(rng.normal());
      };
      const held = weights.get(value.name);
      if (held === undefined)
        return [value.name, { shape, data: Float64Array.from({ length: elementCount(shape) }, draw) }];
      // Shifted slightly, because a bias of exactly 0 can put an activation on its kink.
      const moved = role.kind === 'parameter' ? 0.1 : 0;
      const data = Float64Array.from(held.data as Float32Array, (x) => Math.fround(x + moved * rng.normal()));
      return [value.name, { shape, data }];
    }),
  );
}

async function runtime(
  program: Program,
  feeds: Readonly<Record<string, Dense>>,
): Promise<Record<string, Float32Array>> {
  expect(validateModel(writeModel(program))).toEqual([]);
  const session = await openProgram(program, CPU_DEVICE);
  const tensors = program.inputs.map(({ value: { name, dtype } }): [string, Tensor] => {
    const { shape, data } = feeds[name];
    if (dtype === 'int64') return [name, { dtype, shape, data: BigInt64Array.from(data, (x) => BigInt(x)) }];
    return [name, floatTensor(shape, Float32Array.from(data))];
  });
  const results = await session.run(new Map(tensors));
  await session.release();
  return Object.fromEntries([...results].map(([name, { data }]) => [name, data as Float32Array]));
}

const sgd = { kind: 'sgd', momentum: 0, weightDecay: 0, nesterov: false } as const;

describe('random networks', () => {
  // NETLOOM_SWEEP=1000 tests 1000 networks.
  const seeds = Array.from({ length: Number(process.env.NETLOOM_SWEEP ?? 40) }, (_, seed) => seed);

  it.each(seeds)('number %i checks, compiles, verifies, loads, steps, and has the right gradient', async (seed) => {
    const rng = random(seed, 'network');
    const document = randomNetwork(rng);
    const { graph, diagnostics } = check(document);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    if (graph === null) return;
    const inference = compileInference(graph);
    const step = compileTrainStep(graph, { optimizer: sgd, batch: BATCH_SIZE, target: CPU });
    expect(verifyProgram(inference)).toEqual([]);
    expect(verifyProgram(step)).toEqual([]);

    const feeds = feedsFor(step, graph, rng);
    const here = interpret(step, feeds);
    const ran = await runtime(step, feeds);
    for (const { value } of step.outputs) {
      const expected = here[value.name].data;
      const scale = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      const error = expected.reduce((most, x, i) => Math.max(most, Math.abs(x - Number(ran[value.name][i]))), 0);
      expect(error, value.name).toBeLessThan(2e-3 * scale + 1e-4);
    }
    const predicted = interpret(inference, feeds);
    const ranPredicted = await runtime(inference, feeds);
    for (const { value } of inference.outputs) {
      for (const [i, x] of predicted[value.name].data.entries()) {
        expect(Number(ranPredicted[value.name][i])).toBeCloseTo(x, 3);
      }
    }

    // With learning rate 1, the step subtracts the gradient, whose component along a random direction must equal the
    // slope of the loss.
    const trained = step.outputs.flatMap(({ role }) =>
      role.kind === 'update' && !role.of.includes('running_') ? [role.of] : [],
    );
    const direction = new Map(trained.map((name) => [name, feeds[name].data.map(() => rng.normal())]));
    const h = 1e-6;
    const lossAt = (t: number): number => {
      const moved = Object.fromEntries(
        trained.map((name) => {
          const v = direction.get(name) as Float64Array;
          return [name, { shape: feeds[name].shape, data: feeds[name].data.map((x, i) => x + t * v[i]) }];
        }),
      );
      return interpret(step, { ...feeds, ...moved }).loss.data[0];
    };
    const slope = (lossAt(h) - lossAt(-h)) / (2 * h);
    const along = trained.reduce((sum, name) => {
      const v = direction.get(name) as Float64Array;
      return sum + v.reduce((part, dv, i) => part + dv * (feeds[name].data[i] - here[`${name}_new`].data[i]), 0);
    }, 0);
    expect(Math.abs(along - slope)).toBeLessThan(1e-4 * Math.max(1, Math.abs(slope)));
  });

  it('are made of every layer between input and output', () => {
    const drawn = new Set<string>();
    for (const seed of seeds) for (const { layer } of randomNetwork(random(seed, 'network')).nodes) drawn.add(layer);
    const missing = choices.map(({ type }) => type).filter((type) => !drawn.has(type));
    expect(missing).toEqual([]);
    expect(Math.max(...seeds.map((seed) => randomNetwork(random(seed, 'network')).nodes.length))).toBeGreaterThan(20);
  });
});
