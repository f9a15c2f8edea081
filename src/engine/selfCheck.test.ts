import { afterEach, expect, it, vi } from 'vitest';
import { initialParameters } from '../compile/initialize.ts';
import { compileTrainStep } from '../compile/trainStep.ts';
import type { Batch, BatchTensor } from '../data/batches.ts';
import type { Program } from '../ir/program.ts';
import { CPU, PORTABLE } from '../ir/target.ts';
import { elementCount, type Tensor } from '../ir/tensor.ts';
import { random } from '../random/philox.ts';
import { feedsOf, initialState } from './feeds.ts';
import { drawNetwork, readNetworks } from './golden/networks.ts';
import { checkedGraph } from './network.ts';
import { blockSize, trainingTarget } from './selfCheck.ts';
import { CPU_DEVICE, openProgram, type Tensors } from './session.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('allows blocked convolutions only if the runtime has them', async () => {
  expect(await trainingTarget(CPU_DEVICE)).toEqual({ ...CPU, block: await blockSize() });
  expect(await trainingTarget({ provider: 'cuda' })).toBe(PORTABLE);
});

it('can be disabled', async () => {
  vi.stubEnv('NETLOOM_PLAIN_CONVOLUTIONS', '1');
  expect(await trainingTarget(CPU_DEVICE)).toBe(CPU);
});

const BATCH = 16;
const networks = await readNetworks(new URL('../../testdata/networks.json', import.meta.url));
const graph = checkedGraph(drawNetwork(networks.find(({ id }) => id === 'resnet20_cifar')!));
const { recipe } = graph.document;

function sample({ inputs }: Program): Batch {
  const rng = random(1, 'sample');
  const tensors = new Map<string, BatchTensor>();
  for (const { value, role } of inputs) {
    if (role.kind === 'target') {
      const data = BigInt64Array.from({ length: BATCH }, () => BigInt(rng.below(10)));
      tensors.set(value.name, { dtype: 'int64', shape: [BATCH], data });
    } else if (role.kind === 'data') {
      const shape = value.shape.map(Number);
      const data = Float32Array.from({ length: elementCount(shape) }, rng.uniform);
      tensors.set(value.name, { dtype: 'float32', shape, data });
    }
  }
  return { size: BATCH, tensors };
}

/** The results of three steps in a new session. */
async function threeSteps(program: Program): Promise<Tensors> {
  const session = await openProgram(program, { ...CPU_DEVICE, threads: 2 });
  const batch = sample(program);
  const held = new Map([...initialParameters(graph, 1), ...initialState(program)]);
  let results: Tensors = new Map();
  for (let step = 0; step < 3; step++) {
    results = await session.run(feedsOf(program, { batch, held, hypers: { learningRate: 0.01 } }));
    for (const { value, role } of program.outputs) {
      if (role.kind === 'update') held.set(role.of, results.get(value.name) as Tensor);
    }
  }
  await session.release();
  return results;
}

it('the same steps result in the same bits, and in the losses of the plain forms', async () => {
  const optimizer = { ...recipe.optimizer, kind: 'sgd', momentum: 0.9, weightDecay: 1e-4, nesterov: false } as const;
  const fast = compileTrainStep(graph, { optimizer, batch: BATCH, target: await trainingTarget(CPU_DEVICE) });
  const [first, second] = [await threeSteps(fast), await threeSteps(fast)];
  expect(first).toEqual(second);
  const plain = await threeSteps(compileTrainStep(graph, { optimizer, batch: BATCH, target: CPU }));
  const [loss, expected] = [first, plain].map((results) => Number(results.get('loss')?.data[0]));
  expect(Math.abs(loss! - expected!)).toBeLessThan(1e-3 * expected!);
});
