import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { initialParameters } from '../compile/initialize.ts';
import type { NetworkDocument } from '../graph/document.ts';
import type { LookArgs } from '../protocol/look.ts';
import { Engine } from './engine.ts';
import { connect } from './engineTestClient.ts';
import { filesBeside } from './files.ts';
import { checkedGraph } from './network.ts';
import { CPU_DEVICE } from './session.ts';
import { readWeights, weightsSha256 } from './weights.ts';

const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);
const softmax = templateOf('softmax_regression')?.document as NetworkDocument;
const document: NetworkDocument = { ...softmax, recipe: { ...softmax.recipe, batchSize: 400, epochs: 1 } };
const initial = initialParameters(checkedGraph(document), document.recipe.seed);
const layer = document.nodes.find((node) => node.layer === 'linear')?.name as string;

let runs: string;
let client: ReturnType<typeof connect>;
beforeAll(async () => {
  runs = await mkdtemp(join(tmpdir(), 'netloom-past-'));
  client = connect(new Engine({ files, device: CPU_DEVICE, runs }));
  const ended = client.ended('a');
  client.call('train', { run: 'a', document, weights: 'fresh', paused: false });
  expect(await ended).toMatchObject({ state: 'done', step: 20 });
});
afterAll(() => rm(runs, { recursive: true, force: true, maxRetries: 5 }));

const look = (change: Partial<LookArgs>) =>
  client.call('look', { document, nodes: [layer], weights: true, maps: 1, side: 1, sample: null, ...change });
const held = async () => {
  const { weights } = await client.call('getWeights', {});
  return weightsSha256(readWeights(weights, 'weights'));
};

it('weights of a checkpoint can be shown, with their distance from the current ones', async () => {
  const numbers = initial.get(`${layer}/weight`)?.data as Float32Array;
  const then = await look({ at: { run: 'a', step: 0 }, start: { run: 'a', step: 0 } });
  const [weight] = then.layers[0]?.weights ?? [];
  expect(weight?.images?.data).toEqual(numbers);
  expect(weight?.moved).toBe(0);

  const now = await look({ start: { run: 'a', step: 0 } });
  const [moved] = now.layers[0]?.weights ?? [];
  expect(moved?.start).toEqual(weight?.now);
  const last = moved?.images?.data ?? new Float32Array();
  const [way, length] = [numbers.map((x, i) => x - (last[i] as number)), numbers].map((v) => Math.hypot(...v));
  expect(moved?.moved).toBeCloseTo((way as number) / (length as number), 5);
  expect(moved?.moved).toBeGreaterThan(0);
});

it('all weights are compared with those of a checkpoint, by name and shape', async () => {
  const { tensors, trained } = await client.call('tensors', { document, start: { run: 'a', step: 0 } });
  const then = await client.call('tensors', { document, at: { run: 'a', step: 0 } });
  expect(trained).toBe(true);
  expect(tensors.map(({ start }) => start)).toEqual(then.tensors.map(({ now }) => now));
  expect(tensors.every(({ moved }) => moved === null || moved > 0)).toBe(true);
  const renamed = { ...document, nodes: document.nodes.map((n) => (n.name === layer ? { ...n, name: 'other' } : n)) };
  const others = await client.call('tensors', { document: renamed, start: { run: 'a', step: 0 } });
  expect(others.tensors.map(({ path, start }) => [path, start])).toEqual(tensors.map(() => ['other', null]));
});

it('a removed checkpoint is not used for comparison and cannot be shown', async () => {
  const missing = { run: 'a', step: 7_000 };
  expect((await look({ start: missing })).layers[0]?.weights[0]?.start).toBeNull();
  await expect(look({ at: missing })).rejects.toThrow(/7,?000/);
});

it('the weights of a checkpoint become those of the network, bit for bit', async () => {
  const trained = await held();
  expect(trained).not.toBe(weightsSha256(initial));
  await client.call('takeWeights', { at: { run: 'a', step: 0 } });
  expect(await held()).toBe(weightsSha256(initial));
  await client.call('takeWeights', { at: { run: 'a', step: 20 } });
  expect(await held()).toBe(trained);
});

it.each([
  [0, true],
  [20, false],
])('a project with the weights of step %i reports whether they differ from those of its run: %s', async (step, hasOthers) => {
  const { entries } = await client.call('getLastRun', {});
  await client.call('takeWeights', { at: { run: 'a', step } });
  const { weights } = await client.call('getWeights', {});
  // Opens a project.
  await client.call('setWeights', { weights });
  await client.call('setLastRun', { entries });
  expect(await client.call('readLast', {})).toMatchObject({ last: { step: 20, hasOthers } });
});
