import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Engine } from '../engine.ts';
import { connect } from '../engineTestClient.ts';
import { filesBeside } from '../files.ts';
import { CPU_DEVICE } from '../session.ts';

const files = filesBeside(new URL('../../../out/main/engine.js', import.meta.url).href);
/** The folder of run `a`, as version 1 wrote it: its checkpoints are in `moments`. */
const written = fileURLToPath(new URL('../../../testdata/runs/version1', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netloom-version1-'));
  await cp(written, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () => connect(new Engine({ files, device: CPU_DEVICE, runs: folder }));
const version = async (run: string): Promise<unknown> =>
  (JSON.parse(await readFile(join(folder, run, 'record.json'), 'utf8')) as { version: unknown }).version;

it('a run of version 1 has its curves and checkpoints, each with its weights', async () => {
  const client = open();
  const { record, checkpoints, curves } = await client.call('readRun', { run: 'a' });
  expect(record).toMatchObject({ name: 'small', state: 'done', step: 4, epoch: 2 });
  expect(checkpoints.map(({ step }) => step)).toEqual([0, 1, 2, 4]);
  expect(curves.points.step).toHaveLength(4);
  for (const { step } of checkpoints) {
    const { entries } = await client.call('readCheckpoint', { at: { run: 'a', step } });
    expect(Object.keys(entries)).toContain('runs/last/weights.safetensors');
  }
});

it('a run resumed from a checkpoint of version 1 has the same result, in a folder of version 2', async () => {
  const client = open();
  const { document, curves } = await client.call('readRun', { run: 'a' });
  const ended = client.ended('b');
  client.call('train', { run: 'b', document, weights: 'resume', from: { run: 'a', step: 2 }, paused: false });
  await ended;
  const branch = await client.call('readRun', { run: 'b' });
  expect(branch.curves.points.loss).toEqual(curves.points.loss);
  expect([await version('a'), await version('b')]).toEqual([1, 2]);
  expect(await readdir(join(folder, 'b', 'checkpoints'))).toContain('4.2.netloom');
});

it('a run of version 1 keeps its version when its record is written again', async () => {
  const client = open();
  await client.call('changeRun', { run: 'a', name: 'renamed' });
  expect(await version('a')).toBe(1);
  expect((await open().call('readRun', { run: 'a' })).checkpoints).toHaveLength(4);
});
