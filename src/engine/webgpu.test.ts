import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { chain, type Row } from '../../templates/chain.ts';
import { softwareVulkan } from '../../tools/softwareVulkan.mjs';
import { initialParameters } from '../compile/initialize.ts';
import { compileTrainStep } from '../compile/trainStep.ts';
import { Builder } from '../ir/builder.ts';
import { PORTABLE } from '../ir/target.ts';
import { floatTensor, numbersOf, type Tensor } from '../ir/tensor.ts';
import { hyperValues } from '../optim/optimizer.ts';
import type { Hyper } from '../optim/rule.ts';
import { initialState } from './feeds.ts';
import { type CaseSet, openCases } from './golden/cases.ts';
import { runCase } from './golden/run.ts';
import { checkedGraph } from './network.ts';
import { withPlacement } from './placement.ts';
import { probeProviders } from './providers.ts';
import { CPU_DEVICE, type Device, openProgram, type Tensors, targetOf } from './session.ts';

const WEBGPU_DEVICE: Device = { provider: 'webgpu' };

const { file, missing } = softwareVulkan();
// The loader reads this when the first session of the provider is opened.
if (file !== null) process.env.VK_DRIVER_FILES = file;
else console.warn(`\n*** The tests of the WebGPU provider are SKIPPED: ${missing}. ***\n`);

/** Kinds whose ops the provider lacks, computes differently or once computed wrongly, with their smallest cases. */
const SUBSET = [
  /^layer-conv2d-(06|21|24)$/,
  /^layer-conv-transpose2d-(02|05)$/,
  /^layer-max-pool2d-/,
  /^layer-batch-norm1d-/,
  /^layer-(lrn|log-softmax|layer-norm|prelu|dropout)-01$/,
  /^loss-(cross-entropy-0[1-5]|multi-margin-01|l1-01|bce-with-logits-01)$/,
  /^optimizer-(adam-0[15]|sgd-09)$/,
  /^block-inception-01$/,
];

/** Ops that stay on the CPU: those with 64-bit integers, which are class indices. */
const ON_CPU = new Set(['Cast', 'Equal', 'Where']);

const SIDE = 14;
const rows: readonly Row[] = [
  ['input', 'input', { shape: [1, SIDE, SIDE] }],
  ['conv1', 'conv2d', { outChannels: 4, kernelSize: [5, 5], padding: [2, 2] }],
  ['act1', 'relu'],
  ['pool', 'maxPool2d'],
  ['conv2', 'conv2d', { outChannels: 6, kernelSize: [5, 5] }],
  ['act2', 'relu'],
  ['flatten', 'flatten'],
  ['fc', 'linear', { outFeatures: 10 }],
  ['classes', 'classifier'],
];
/** All kinds of layers in LeNet with their gradients; each additional layer needs its own shaders. */
const convolutions = chain([rows], { name: 'convolutions' });

// A long time limit, because the processor compiles shaders on first use.
describe.skipIf(missing !== null)('WebGPU on a software driver', { timeout: 180_000 }, () => {
  it('passes its test', async () => {
    expect((await probeProviders()).find(({ provider }) => provider === 'webgpu')).toMatchObject({ usable: true });
  });

  it.each(SUBSET)('computes golden cases, with only class indices on the CPU: %s', async (pattern) => {
    const set: CaseSet = await openCases(fileURLToPath(new URL('../../testdata/golden/cases.json', import.meta.url)));
    const cases = set.cases.filter(({ id }) => pattern.test(id));
    expect(cases).not.toEqual([]);
    for (const test of cases) {
      const { result, placement } = await withPlacement(WEBGPU_DEVICE, (device) => runCase(test, set, device));
      expect(result).toMatchObject({ id: test.id, status: 'pass' });
      expect(
        Object.keys(placement.cpu ?? {}).filter((op) => !ON_CPU.has(op)),
        test.id,
      ).toEqual([]);
      expect(Object.keys(placement.webgpu ?? {}).length, test.id).toBeGreaterThan(0);
    }
  });

  it('trains convolutions like the CPU', async () => {
    const [onCpu, onWebGpu] = [await trained(CPU_DEVICE), await trained(WEBGPU_DEVICE)];
    expect(Math.abs(onWebGpu.loss - onCpu.loss)).toBeLessThan(1e-4);
    for (const [name, tensor] of onCpu.weights) {
      const [wanted, found] = [numbersOf(tensor), numbersOf(onWebGpu.weights.get(name) as Tensor)];
      const size = Math.max(1e-3, ...wanted.map(Math.abs));
      const off = Math.max(...wanted.map((x, i) => Math.abs(x - found[i])));
      expect(off / size, name).toBeLessThan(1e-4);
    }
  });

  it('reports a failure during use, and suggests the CPU', async () => {
    // Accepted when the session is opened, refused when it runs.
    const g = new Builder('indices', PORTABLE);
    const x = g.input('x', 'float32', [1, 1, 2, 2], { kind: 'data' });
    const [, indices] = g.emit('MaxPool', [x], { kernel_shape: [2, 2] });
    const program = g.finish([{ name: 'y', value: indices, role: { kind: 'prediction' } }]);
    const session = await openProgram(program, WEBGPU_DEVICE);
    const feeds = new Map([['x', floatTensor([1, 1, 2, 2], [1, 2, 3, 4])]]);
    await expect(session.run(feeds)).rejects.toMatchObject({
      name: 'UserError',
      text: {
        en: expect.stringMatching(/“webgpu” cannot run.*Indices.*Use the CPU/),
        zh: expect.stringMatching(/CPU/),
      },
    });
    await session.release();
  });
});

/** Three steps on two random batches, from the same weights. */
async function trained(device: Device): Promise<{ loss: number; weights: Tensors }> {
  const graph = checkedGraph(convolutions);
  const { recipe } = convolutions;
  const batch = 4;
  const program = compileTrainStep(graph, { ...recipe, batch, target: targetOf(device) });
  const session = await openProgram(program, device);
  const initial = initialParameters(graph, recipe.seed);
  let held: Tensors = new Map([...initial, ...initialState(program)]);
  let loss = Number.NaN;
  for (let step = 0; step < 3; step++) {
    const images = Float32Array.from({ length: batch * SIDE * SIDE }, (_, i) => Math.sin(i * (1 + (step % 2))) ** 2);
    const labels = BigInt64Array.from([3n, 1n, 4n, BigInt(step % 2)]);
    const hypers = hyperValues(recipe.optimizer, { learningRate: recipe.optimizer.learningRate, step: step + 1 });
    const given: Record<string, Tensor> = {
      data: { dtype: 'float32', shape: [batch, 1, SIDE, SIDE], data: images },
      target: { dtype: 'int64', shape: [batch], data: labels },
    };
    const feeds = program.inputs.map(({ value: { name }, role }) => {
      const tensor =
        role.kind === 'hyper'
          ? floatTensor([], [hypers[role.hyper as Hyper] as number])
          : (given[role.kind] ?? held.get(name));
      return [name, tensor as Tensor] as const;
    });
    const results = await session.run(new Map(feeds));
    const next = new Map(held);
    for (const { value, role } of program.outputs) {
      const result = results.get(value.name);
      if (result === undefined) continue;
      if (role.kind === 'update') next.set(role.of, result);
      if (role.kind === 'loss') loss = Number(result.data[0]);
    }
    held = next;
  }
  await session.release();
  return { loss, weights: new Map([...held].filter(([name]) => initial.has(name))) };
}
