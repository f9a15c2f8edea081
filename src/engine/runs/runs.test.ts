import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { templateOf } from '../../../templates/index.ts';
import type { NetworkDocument, Recipe } from '../../graph/document.ts';
import type { RunEvent, RunEventOf } from '../../protocol/runEvents.ts';
import type { TrainArgs } from '../../protocol/training.ts';
import type { RunRecord } from '../../runs/record.ts';
import { Engine } from '../engine.ts';
import { connect } from '../engineTestClient.ts';
import { filesBeside } from '../files.ts';
import { CPU_DEVICE } from '../session.ts';
import { readWeights, weightsSha256 } from '../weights.ts';

// The thread that prepares batches needs a built file.
const files = filesBeside(new URL('../../../out/main/engine.js', import.meta.url).href);

const softmax = templateOf('softmax_regression')?.document as NetworkDocument;
const withRecipe = (change: Partial<Recipe>): NetworkDocument => ({
  ...softmax,
  recipe: { ...softmax.recipe, batchSize: 200, epochs: 2, ...change },
});
/** 8,000 samples: 40 steps per epoch. */
const document = withRecipe({});

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) {
    await chmod(folder, 0o700);
    // A paused run may still be written.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'netloom-runs-'));
  folders.push(folder);
  return folder;
}

const open = (runs: string) => connect(new Engine({ files, device: CPU_DEVICE, runs }));
type Client = ReturnType<typeof open>;

const train = (run: string, change: Partial<TrainArgs> = {}): TrainArgs => ({
  run,
  document,
  weights: 'fresh',
  paused: false,
  ...change,
});

const list = async (client: Client): Promise<readonly RunRecord[]> => (await client.call('listRuns', {})).runs;
const read = (client: Client, run: string) => client.call('readRun', { run });

/** Trains to the end, and waits until everything is on disk. */
async function ran(client: Client, request: ReturnType<typeof train>) {
  const ended = client.ended(request.run);
  client.call('train', request);
  const event = await ended;
  await read(client, request.run);
  return event;
}

async function weightsOf(client: Client): Promise<string> {
  const { weights } = await client.call('getWeights', {});
  return weightsSha256(readWeights(weights, 'weights'));
}

/** Changes the record file of a run. */
async function rewrite(folder: string, run: string, { owner, ...change }: { owner: number; state?: string }) {
  const path = join(folder, run, 'record.json');
  const file = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...file, owner, started: null, record: { ...file.record, ...change } }));
}

const begun = (client: Client, wanted: string) =>
  client.until((event): event is RunEventOf<'progress'> => event.kind === 'progress' && event.run === wanted);

const paused = (client: Client, run: string, step: number) =>
  client.until(
    (event): event is RunEventOf<'run'> =>
      event.kind === 'run' && event.run === run && event.state === 'paused' && event.step === step,
  );

describe('a run that is kept', () => {
  it('has its record, curves, history and checkpoints', async () => {
    const client = open(await newFolder());
    await ran(client, train('a', { reportNorm: true, name: 'first', varied: { rate: 0.1 } }));
    const [record] = await list(client);
    expect(record).toMatchObject({
      id: 'a',
      name: 'first',
      state: 'done',
      step: 80,
      steps: 80,
      epoch: 2,
      params: 7850,
    });
    expect(record?.varied).toEqual({ rate: 0.1 });
    expect(record?.last?.validation.accuracy).toBeGreaterThan(0.7);
    expect(record?.dataSha256).toMatch(/^[0-9a-f]{64}$/);
    const { history, curves, checkpoints, changes } = await read(client, 'a');
    expect((await client.call('listCheckpoints', { run: 'a' })).checkpoints).toEqual(checkpoints);
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect([...curves.points.step]).toEqual(Array.from({ length: 80 }, (_, i) => i + 1));
    expect(curves.points.gradientNorm.every((norm) => norm > 0)).toBe(true);
    expect(changes).toEqual([]);
    expect(checkpoints[0]).toEqual({ step: 0, epoch: 0 });
    expect(checkpoints.at(-1)).toEqual({ step: 80, epoch: 2 });
    expect(checkpoints.length).toBeGreaterThan(4);
  });

  it('can be read and resumed from any of its checkpoints', { timeout: 60_000 }, async () => {
    const client = open(await newFolder());
    await ran(client, train('a'));
    const end = await weightsOf(client);
    const { checkpoints } = await read(client, 'a');
    const input = new Float32Array(784).fill(0.5);
    const answers = [];
    for (const { step } of checkpoints) {
      const at = { run: 'a', step };
      answers.push((await client.call('predict', { document, input, at })).outputs);
    }
    const now = await client.call('predict', { document, input });
    expect(answers.at(-1)).toEqual(now.outputs);
    expect(new Set(answers.map(([output]) => String(output?.values))).size).toBe(answers.length);
    for (const { step } of [checkpoints[0], checkpoints[2], checkpoints.at(-1)] as { step: number }[]) {
      await ran(client, train(`branch-${step}`, { weights: 'resume', from: { run: 'a', step } }));
      expect(await weightsOf(client)).toBe(end);
    }
    expect((await list(client)).map(({ from }) => from?.run)).toEqual(['a', 'a', 'a', undefined]);
    await expect(client.call('predict', { document, input, at: { run: 'a', step: 1234 } })).rejects.toThrow(
      /step 1234 was removed/,
    );
  });

  it('records changes of learning rate, batch size and length during training', { timeout: 60_000 }, async () => {
    const client = open(await newFolder());
    const first = paused(client, 'a', 0);
    client.call('train', train('a', { paused: true, stopAfter: 60 }));
    await first;
    const second = paused(client, 'a', 1);
    client.call('control', { run: 'a', action: 'step' });
    await second;
    const changed = client.until((event): event is RunEvent => event.kind === 'changed');
    client.call('change', { run: 'a', learningRate: 0.02, batchSize: 100, epochs: 3 });
    expect(await changed).toMatchObject({
      change: {
        step: 1,
        learningRate: { from: softmax.recipe.optimizer.learningRate, to: 0.02 },
        batchSize: { from: 200, to: 100 },
        epochs: { from: 2, to: 3 },
      },
    });
    const ended = client.ended('a');
    client.call('control', { run: 'a', action: 'resume' });
    // One step with batch size 200, then 78 with 100 in the first epoch, and 80 in each of the others.
    expect(await ended).toMatchObject({ state: 'stopped', step: 60, steps: 1 + 78 + 160, epochs: 3 });
    const { curves, changes, document: kept } = await read(client, 'a');
    expect(changes).toHaveLength(1);
    expect(kept.recipe).toMatchObject({ batchSize: 100, epochs: 3 });
    expect(curves.points.learningRate[0]).toBeCloseTo(softmax.recipe.optimizer.learningRate, 6);
    expect(curves.points.learningRate[1]).toBeCloseTo(0.02, 6);
  });

  it('trains to the end of an epoch, and pauses there', async () => {
    const client = open(await newFolder());
    const first = paused(client, 'a', 0);
    client.call('train', train('a', { paused: true }));
    await first;
    const second = paused(client, 'a', 40);
    client.call('control', { run: 'a', action: 'epoch' });
    expect(await second).toMatchObject({ epoch: 1 });
    client.call('control', { run: 'a', action: 'stop' });
  });
});

describe('a queue of runs', () => {
  it('is trained one after the other; a removed run never starts', { timeout: 60_000 }, async () => {
    const client = open(await newFolder());
    const short = withRecipe({ epochs: 1 });
    client.call('train', train('a', { document: short }));
    for (const run of ['b', 'c', 'd']) {
      client.call('train', train(run, { document: short, queued: true, group: 'sweep', keep: 'ends' }));
    }
    client.call('control', { run: 'c', action: 'stop' });
    await client.ended('d');
    await read(client, 'd');
    const records = await list(client);
    expect(records.map(({ id, state, step }) => [id, state, step]).sort()).toEqual([
      ['a', 'done', 40],
      ['b', 'done', 40],
      ['c', 'stopped', 0],
      ['d', 'done', 40],
    ]);
    expect((await read(client, 'd')).checkpoints).toHaveLength(1);
  });

  it('continues aside if another network is opened, without affecting its weights and run', {
    timeout: 60_000,
  }, async () => {
    const client = open(await newFolder());
    const short = withRecipe({ epochs: 1 });
    await ran(client, train('own', { document: short }));
    const [weights, checkpoint] = [await weightsOf(client), await client.call('getLastRun', {})];
    const ends = client.ended('aside2');
    client.call('train', train('aside1', { document: withRecipe({ seed: 2 }), queued: true, aside: true }));
    client.call('train', train('waits', { document: short, queued: true }));
    client.call('train', train('aside2', { document: withRecipe({ seed: 3, epochs: 1 }), queued: true, aside: true }));
    expect(await weightsOf(client)).toBe(weights);
    expect(await client.call('getLastRun', {})).toMatchObject({
      entries: (checkpoint as { entries: object }).entries,
    });
    await client.call('setWeights', { weights: new Uint8Array() });
    await ends;
    await read(client, 'aside2');
    expect((await list(client)).map(({ id, state, step }) => [id, state, step]).sort()).toEqual([
      ['aside1', 'done', 80],
      ['aside2', 'done', 40],
      ['own', 'done', 40],
      ['waits', 'done', 40],
    ]);
    expect(await client.call('getWeights', {})).toMatchObject({ weights: new Uint8Array() });
    expect(await client.call('getLastRun', {})).toMatchObject({ entries: {} });
  });

  it('continues aside if other weights are restored', { timeout: 60_000 }, async () => {
    const client = open(await newFolder());
    await ran(client, train('before', { stopAfter: 5 }));
    const taken = await weightsOf(client);
    const under = paused(client, 'own', 0);
    client.call('train', train('own', { paused: true }));
    await under;
    const ends = client.ended('waits');
    client.call('train', train('waits', { document: withRecipe({ seed: 2, epochs: 1 }), queued: true }));
    await client.call('takeWeights', { at: { run: 'before', step: 5 } });
    expect(await ends).toMatchObject({ state: 'done', step: 40 });
    expect(await weightsOf(client)).toBe(taken);
  });

  it('if aside, is interrupted for a run of the open network, and resumed with the same bits', {
    timeout: 60_000,
  }, async () => {
    const client = open(await newFolder());
    const series = { document: withRecipe({ seed: 2 }), queued: true, aside: true, group: 'series' };
    await ran(client, train('straight', series));
    const started = begun(client, 'first');
    client.call('train', train('first', series));
    client.call('train', train('second', { ...series, document: withRecipe({ seed: 3, epochs: 1 }) }));
    await started;
    const states: string[] = [];
    const ends = client.until((event): event is RunEventOf<'run'> => {
      if (event.kind === 'run' && ['queued', 'stopped', 'done'].includes(event.state)) {
        states.push(`${event.run} ${event.state}`);
      }
      return event.kind === 'run' && event.run === 'second' && event.state === 'done';
    });
    client.call('train', train('own', { document: withRecipe({ epochs: 1 }) }));
    await client.ended('own');
    const own = await weightsOf(client);
    await ends;
    expect(states).toEqual(['first queued', 'own done', 'first done', 'second done']);
    expect(await weightsOf(client)).toBe(own);
    const [first, straight] = [await read(client, 'first'), await read(client, 'straight')];
    expect(first.record).toMatchObject({ state: 'done', step: 80, group: 'series' });
    expect(first.curves.points.loss).toEqual(straight.curves.points.loss);
  });

  it('is reported, and an interrupted run can be removed from it', { timeout: 60_000 }, async () => {
    const client = open(await newFolder());
    const series = { document, queued: true, aside: true };
    const started = begun(client, 'first');
    client.call('train', train('first', series));
    await started;
    const waits = paused(client, 'own', 0);
    client.call('train', train('own', { paused: true }));
    client.call('train', train('next', { queued: true }));
    await waits;
    expect(await client.call('listRuns', {})).toMatchObject({
      present: { run: 'own', aside: false },
      waiting: [
        { run: 'first', aside: true },
        { run: 'next', aside: false },
      ],
    });
    const [{ step = 0 } = {}] = (await list(client)).filter(({ id }) => id === 'first');
    for (const run of ['first', 'next', 'own']) client.call('control', { run, action: 'stop' });
    await client.ended('own');
    const { record, checkpoints } = await read(client, 'first');
    expect(record).toMatchObject({ state: 'stopped', step });
    expect(step).toBeGreaterThan(0);
    expect(checkpoints.at(-1)?.step).toBe(step);
  });
});

describe('the library', () => {
  it('renames, groups and deletes runs, but does not delete current ones', { timeout: 60_000 }, async () => {
    const folder = await newFolder();
    const client = open(folder);
    await ran(client, train('a', { stopAfter: 5 }));
    const change = { run: 'a', name: 'best so far', group: 'rates' };
    expect((await client.call('changeRun', change)).record).toMatchObject({ name: 'best so far', group: 'rates' });
    const waits = paused(client, 'b', 0);
    client.call('train', train('b', { paused: true }));
    await waits;
    await expect(client.call('deleteRuns', { runs: ['a', 'b'] })).rejects.toThrow(/is running and cannot be deleted/);
    // Another window sees the run as running, because its owner is a running process.
    await read(client, 'b');
    await rewrite(folder, 'b', { owner: process.ppid });
    expect((await list(open(folder))).map(({ id, state }) => [id, state])).toEqual([
      ['b', 'paused'],
      ['a', 'stopped'],
    ]);
    await client.call('deleteRuns', { runs: ['a'] });
    expect((await list(client)).map(({ id }) => id)).toEqual(['b']);
    await expect(client.call('readRun', { run: 'a' })).rejects.toThrow(/no longer exists/);
  });

  it('reports a run whose engine has ended as interrupted, and resumes it under its id', {
    timeout: 60_000,
  }, async () => {
    const folder = await newFolder();
    const first = open(folder);
    await ran(first, train('straight'));
    const straight = await weightsOf(first);
    await ran(first, train('a', { stopAfter: 47 }));
    // A record as left by a killed process: no process has this id.
    await rewrite(folder, 'a', { owner: 2 ** 22 + 1, state: 'running' });
    const second = open(folder);
    const found = (await list(second)).find(({ id }) => id === 'a');
    expect(found).toMatchObject({ state: 'interrupted', step: 47, epoch: 1 });
    await ran(second, train('a', { weights: 'resume', from: { run: 'a', step: 47 } }));
    expect(await weightsOf(second)).toBe(straight);
    const [one, other] = [await read(second, 'a'), await read(second, 'straight')];
    expect(one.curves.points.loss).toEqual(other.curves.points.loss);
    expect(one.record.created).toBe(found?.created);
  });

  it('pauses a run that cannot be saved, and allows to resume it anyway', { timeout: 60_000 }, async () => {
    const folder = await newFolder();
    const client = open(folder);
    const waits = client.until(
      (event): event is RunEventOf<'run'> => event.kind === 'run' && event.state === 'paused' && event.message !== null,
    );
    // A file at the path of the folder makes writing fail even for users with all permissions.
    await writeFile(join(folder, 'a'), '');
    client.call('train', train('a', { stopAfter: 30 }));
    expect((await waits).message?.en).toMatch(/could not be saved to disk/);
    const ended = client.ended('a');
    client.call('control', { run: 'a', action: 'resume' });
    expect(await ended).toMatchObject({ state: 'stopped', step: 30 });
    expect(await readdir(folder)).toEqual(['a']);
  });
});

describe('samples of a run', () => {
  const split = { kind: 'share', test: 0.1, stratified: true } as const;
  const withTest: NetworkDocument = { ...document, data: { ...document.data, validation: 0.1, split } };

  it('are in its record, with the split that chose them', async () => {
    const client = open(await newFolder());
    await ran(client, train('a', { document: withTest, stopAfter: 1 }));
    const [record] = await list(client);
    expect(record?.samples).toEqual({
      train: 8000,
      validation: 1000,
      test: 1000,
      unused: 0,
      kind: 'share',
      seed: 1,
      stratified: true,
      fold: null,
    });
    expect(record?.tested).toBe(0);
  });

  it('of the test set are evaluated only when asked, and each time is kept with the run', async () => {
    const folder = await newFolder();
    const client = open(folder);
    await ran(client, train('a', { document: withTest, stopAfter: 1 }));
    const first = await client.call('evaluateTest', { document: withTest });
    expect(first).toMatchObject({ samples: 1000, asked: 1, made: { run: 'a' } });
    const again = await client.call('evaluateTest', { document: withTest });
    expect(again.evaluation.loss).toBe(first.evaluation.loss);
    const validated = await client.call('evaluate', { document: withTest });
    expect(validated.loss).not.toBe(first.evaluation.loss);
    expect(again.asked).toBe(2);
    const [record] = await list(open(folder));
    expect(record?.tested).toBe(2);
  });

  it('are refused where there is no test set', async () => {
    const client = open(await newFolder());
    await expect(client.call('evaluateTest', { document })).rejects.toThrow(/has no test set/);
  });

  it('of every part are counted by class', async () => {
    const client = open(await newFolder());
    const { samples, classes } = await client.call('describeSplit', { document: withTest });
    expect(samples).toMatchObject({ train: 8000, validation: 1000, test: 1000 });
    const sum = (part: 'train' | 'validation' | 'test') => classes.reduce((total, row) => total + row[part], 0);
    expect([sum('train'), sum('validation'), sum('test')]).toEqual([8000, 1000, 1000]);
    const column = { kind: 'column', column: 'part', parts: {} } as const;
    const unfit = { ...document, data: { ...document.data, split: column } };
    await expect(client.call('describeSplit', { document: unfit })).rejects.toThrow(/no column “part”/);
  });
});
