import { expect, it } from 'vitest';
import { check } from '../check/check.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { compileInference } from '../compile/inference.ts';
import { initialParameters } from '../compile/initialize.ts';
import { compileTrainStep } from '../compile/trainStep.ts';
import { type Config, type Edge, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { edgeId } from '../graph/edges.ts';
import type { Dense } from '../ir/dense.ts';
import { interpret } from '../ir/interpret.ts';
import type { Program } from '../ir/program.ts';
import { CPU, PORTABLE, type Target } from '../ir/target.ts';
import { elementCount, floatTensor } from '../ir/tensor.ts';
import { OPSETS } from '../opsets.ts';
import { type Random, random } from '../random/philox.ts';
import { exportModel, exportStep } from './exporter.ts';
import { CPU_DEVICE, openProgram } from './session.ts';

/** Random configs per layer. `NETLOOM_SWEEP=1000 npx vitest run src/engine/windows.test.ts` takes minutes. */
const COUNT = Number(process.env.NETLOOM_SWEEP ?? 16);
const BATCH_SIZE = 2;

/** Mostly small values, sometimes far too large ones. */
const upTo = (rng: Random, most: number, rare: number): number => rng.below(rng.below(8) === 0 ? rare + 1 : most + 1);
const pairOf = (draw: () => number): [number, number] => [draw(), draw()];
const pick = <T>(rng: Random, values: readonly T[]): T => values[rng.below(values.length)] as T;

const window = (rng: Random): Config => ({
  kernelSize: pairOf(() => 1 + upTo(rng, 3, 8)),
  stride: pairOf(() => 1 + upTo(rng, 3, 8)),
  padding: pairOf(() => upTo(rng, 2, 6)),
});
const dilation = (rng: Random): [number, number] => pairOf(() => 1 + (rng.below(2) === 0 ? 0 : upTo(rng, 3, 8)));
const flag = (rng: Random): boolean => rng.below(2) === 1;
const ceil = (rng: Random) => ({ ceilMode: rng.below(3) > 0 });
const filters = (rng: Random, channels: number) => ({
  groups: pick(rng, [1, 1, 2, channels]),
  outChannels: pick(rng, [1, 2, 3, 4, channels]),
  bias: flag(rng),
});
const aroundZero = (rng: Random) => pairOf(() => rng.below(6) - 2);

/** Every layer with a sliding window, with arbitrary configs. */
const layers: Readonly<Record<string, (rng: Random, channels: number) => Config>> = {
  conv2d: (rng, channels) => ({
    ...window(rng),
    dilation: dilation(rng),
    ...filters(rng, channels),
    ...(rng.below(5) === 0 && { padding: 'same', stride: [1, 1] }),
  }),
  convTranspose2d: (rng, channels) => ({
    ...window(rng),
    dilation: dilation(rng),
    ...filters(rng, channels),
    outputPadding: pairOf(() => upTo(rng, 2, 7)),
  }),
  maxPool2d: (rng) => ({ ...window(rng), ...ceil(rng), dilation: dilation(rng) }),
  avgPool2d: (rng) => ({ ...window(rng), ...ceil(rng), countIncludePad: flag(rng) }),
  adaptiveAvgPool2d: (rng) => ({ outputSize: pairOf(() => 1 + upTo(rng, 5, 12)) }),
  globalAvgPool2d: () => ({}),
  upsample: (rng) => ({
    mode: pick(rng, ['nearest', 'bilinear']),
    alignCorners: flag(rng),
    ...(flag(rng)
      ? { by: 'scale', scale: pick(rng, [[2], [1], [3, 1], [1.5], [0.5, 2], [0.3], [2.7, 1.1]]) }
      : { by: 'size', size: pairOf(() => 1 + upTo(rng, 8, 15)) }),
  }),
  zeroPad2d: (rng) => ({ before: aroundZero(rng), after: aroundZero(rng) }),
};
const types = Object.keys(layers);

/** A convolution, so that the input of the layer has a gradient; the layer; sometimes a second one; an output. */
function draw(type: string, seed: number): NetworkDocument {
  const rng = random(seed, `window ${type}`);
  const channels = 1 + rng.below(4);
  const second = rng.below(2) === 0 ? pick(rng, types) : null;
  const rows: [string, Config][] = [
    ['input', { shape: [1, 1 + upTo(rng, 7, 11), 1 + upTo(rng, 7, 11)] }],
    ['conv2d', { outChannels: channels, kernelSize: [1, 1] }],
    [type, layers[type](rng, channels)],
    ...(second === null ? [] : [[second, layers[second](rng, channels)] as [string, Config]]),
    ['flatten', {}],
    ['linear', { outFeatures: 2 }],
    ['regression', {}],
  ];
  const nodes = rows.map(([layer, config], i) => ({
    id: `n${i}`,
    name: `${layer}${i}`,
    layer,
    config,
    position: { x: 0, y: i },
  }));
  const edges = nodes.slice(1).map((node, i): Edge => {
    const [from, to] = [
      { node: nodes[i].id, port: 'y' },
      { node: node.id, port: 'x' },
    ];
    return { id: edgeId(from, to), from, to };
  });
  return { ...emptyDocument, name: 'window', nodes, edges };
}

function feedsFor(program: Program, graph: CheckedGraph): Record<string, Dense> {
  const rng = random(7, 'feeds');
  const weights = initialParameters(graph, 1);
  return Object.fromEntries(
    program.inputs.map(({ value, role }) => {
      const shape = value.shape.map((dim) => (typeof dim === 'number' ? dim : BATCH_SIZE));
      const held = weights.get(value.name);
      const draw = () => (role.kind === 'hyper' ? 1 : Math.fround(rng.normal()));
      const data =
        held === undefined
          ? Float64Array.from({ length: elementCount(shape) }, draw)
          : Float64Array.from(held.data as Float32Array);
      return [value.name, { shape, data }];
    }),
  );
}

/** Compares the runtime with the float64 interpreter. */
async function agrees(program: Program, graph: CheckedGraph): Promise<string | null> {
  const feeds = feedsFor(program, graph);
  const expected = interpret(program, feeds);
  const session = await openProgram(program, { ...CPU_DEVICE, threads: 1 });
  const tensors = program.inputs.map(({ value: { name } }) => {
    const { shape, data } = feeds[name];
    return [name, floatTensor(shape, Float32Array.from(data))] as const;
  });
  const results = await session.run(new Map(tensors)).finally(() => session.release());
  for (const { value } of program.outputs) {
    const want = expected[value.name].data;
    const got = results.get(value.name)?.data;
    const scale = want.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    const off = want.reduce((most, x, i) => Math.max(most, Math.abs(x - Number(got?.[i]))), 0);
    if (!(off <= 1e-3 * scale + 1e-4)) return `${value.name} is off by ${off} of ${scale}`;
  }
  return null;
}

const optimizer = { kind: 'sgd', momentum: 0, weightDecay: 0, nesterov: false } as const;
const step = (graph: CheckedGraph, target: Target) => compileTrainStep(graph, { optimizer, batch: BATCH_SIZE, target });

/** Name of the first failing operation on the network; null if all succeed. */
async function failure(graph: CheckedGraph, seed: number): Promise<string | null> {
  const searching = { ...PORTABLE, maxPoolIndices: false };
  const programs = {
    training: () => step(graph, CPU),
    searching: () => step(graph, searching),
    prediction: () => compileInference(graph),
  };
  for (const [name, compile] of Object.entries(programs)) {
    try {
      const off = await agrees(compile(), graph);
      if (off !== null) return `${name}: ${off}`;
    } catch (error) {
      return `${name}: ${(error as Error).message}`;
    }
  }
  const opset = [OPSETS.least, 17, 19, OPSETS.most][seed % 4];
  try {
    await exportModel({ graph, weights: initialParameters(graph, 1), data: null, device: CPU_DEVICE, opset });
    await exportStep({ graph, data: null, opset: Math.max(opset, 16) });
  } catch (error) {
    return `export at ${opset}: ${(error as Error).message}`;
  }
  return null;
}

it.each(types)('%s: valid networks train, predict and export correctly', async (type) => {
  const failures: string[] = [];
  let checked = 0;
  for (let seed = 0; seed < COUNT; seed++) {
    const document = draw(type, seed);
    const { graph } = check(document);
    if (graph === null) continue;
    checked++;
    const found = await failure(graph, seed);
    if (found === null) continue;
    const drawn = document.nodes.slice(0, -3).map(({ layer, config }) => `${layer} ${JSON.stringify(config)}`);
    failures.push(`${seed}: ${drawn.join(' → ')}: ${found}`);
  }
  expect(failures).toEqual([]);
  expect(checked).toBeGreaterThan(COUNT / 6);
});
