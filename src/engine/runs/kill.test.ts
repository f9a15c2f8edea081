import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { chain, type Row } from '../../../templates/chain.ts';
import { emptyDocument } from '../../graph/document.ts';
import { connectEngine, type EngineClient } from '../../protocol/client.ts';
import type { RunEvent } from '../../protocol/runEvents.ts';
import type { TrainArgs } from '../../protocol/training.ts';
import { random } from '../../random/philox.ts';
import { filesBeside } from '../files.ts';
import { CPU_DEVICE } from '../session.ts';
import { readWeights, weightsSha256 } from '../weights.ts';

const files = filesBeside(new URL('../../../out/main/engine.js', import.meta.url).href);

const rows: readonly Row[] = [
  ['input', 'input', { shape: [2] }],
  ['fc1', 'linear', { outFeatures: 16 }],
  ['bn', 'batchNorm1d'],
  ['act', 'relu'],
  ['drop', 'dropout', { p: 0.2 }],
  ['fc2', 'linear', { outFeatures: 2 }],
  ['classes', 'classifier', { classes: 2 }],
];
/**
 * 1,200 small steps, 400 per epoch; starting engines takes longer. Statistics, masks, momentum and learning rate are
 * also resumed.
 */
const document = chain([rows], {
  name: 'moons',
  data: { ...emptyDocument.data, source: 'moons' },
  recipe: {
    ...emptyDocument.recipe,
    batchSize: 2,
    epochs: 3,
    optimizer: { kind: 'sgd', learningRate: 0.05, momentum: 0.9, weightDecay: 0, nesterov: false },
    schedule: { kind: 'cosine', unit: 'step', etaMin: 0 },
  },
});

/** An engine in another process that forwards messages. */
const CHILD = `
const { Worker } = require('node:worker_threads');
process.once('message', (options) => {
  const engine = new Worker(options.files.worker, { workerData: options, execArgv: [] });
  engine.on('message', (event) => process.send(event));
  process.on('message', (request) => engine.postMessage(request));
});
process.on('disconnect', () => process.exit());
`;

interface Engine {
  readonly child: ChildProcess;
  readonly call: EngineClient['call'];
  until(matches: (event: RunEvent) => boolean): Promise<RunEvent>;
  kill(): Promise<void>;
}

const children = new Set<ChildProcess>();
const folders: string[] = [];
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

function start(runs: string): Engine {
  const child = spawn(process.execPath, ['-e', CHILD], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
    env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
  });
  children.add(child);
  child.send({ files, device: CPU_DEVICE, runs });
  const looking = new Set<(event: RunEvent) => void>();
  const { call } = connectEngine(
    {
      post: (message) => child.send(message as object),
      onMessage: (listener) => child.on('message', listener),
    },
    {
      onRun(event) {
        for (const look of looking) look(event);
      },
      onUnreadable(reason) {
        throw new Error(reason);
      },
    },
  );
  return {
    child,
    call,
    until: (matches) =>
      new Promise((resolve) => {
        looking.add(function look(event) {
          if (!matches(event)) return;
          looking.delete(look);
          resolve(event);
        });
      }),
    kill: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
        children.delete(child);
      }),
  };
}

const ended = (engine: Engine) =>
  engine.until((event) => event.kind === 'run' && ['done', 'stopped', 'failed'].includes(event.state));

const train = (from?: { run: string; step: number }): TrainArgs => ({
  run: 'a',
  document,
  paused: false,
  reportNorm: true,
  ...(from === undefined ? { weights: 'fresh' } : { weights: 'resume', from }),
});

/** The final state of the run, except times. */
async function outcome(engine: Engine) {
  const { weights } = await engine.call('getWeights', {});
  const { history, curves, record } = await engine.call('readRun', { run: 'a' });
  const { samplesPerSecond: _, ...points } = curves.points;
  return {
    weights: weightsSha256(readWeights(weights, 'weights')),
    history: history.map(({ seconds: _, waited: __, ...epoch }) => epoch),
    points,
    state: record.state,
    step: record.step,
  };
}

/** Waits until a checkpoint after this step is kept. */
async function keptBeyond(engine: Engine, step: number): Promise<void> {
  for (;;) {
    const { checkpoints } = await engine.call('listCheckpoints', { run: 'a' });
    if ((checkpoints.at(-1)?.step ?? 0) > step) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'netloom-kill-'));
  folders.push(folder);
  return folder;
}

/** Number of kills; more with NETLOOM_KILLS. */
const KILLS = Number(process.env.NETLOOM_KILLS ?? 3);

it(`a run whose process is killed ${KILLS} times ends in the same bits`, { timeout: 600_000 }, async () => {
  const straight = start(await newFolder());
  const first = ended(straight);
  straight.call('train', train());
  await first;
  const expected = await outcome(straight);
  expect(expected).toMatchObject({ state: 'done', step: 1200 });
  await straight.kill();

  const runs = await newFolder();
  const delays = random(6, 'kills');
  const reached: number[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const engine = start(runs);
    const [record] = (await engine.call('listRuns', {})).runs;
    if (record?.state === 'done') break;
    if (record !== undefined) expect(record.state).toBe('interrupted');
    const { checkpoints } = record === undefined ? { checkpoints: [] } : await engine.call('readRun', { run: 'a' });
    const step = checkpoints.at(-1)?.step;
    if (step !== undefined) reached.push(step);
    // Every other time an epoch later, so that the run ends at some point.
    const goal = (step ?? 0) + delays.below(20) + (kill % 2 === 0 ? 450 : 0);
    const far = engine.until((event) =>
      event.kind === 'progress' ? (event.step.at(-1) ?? 0) >= goal : event.kind === 'run' && event.state === 'done',
    );
    engine.call('train', train(step === undefined ? undefined : { run: 'a', step }));
    await far;
    if (kill % 2 === 0) await keptBeyond(engine, step ?? 0);
    // Killed in the middle of a step or of a write.
    await new Promise((resolve) => setTimeout(resolve, delays.below(40)));
    await engine.kill();
  }
  const last = start(runs);
  const { checkpoints } = await last.call('readRun', { run: 'a' });
  reached.push(checkpoints.at(-1)?.step ?? 0);
  const end = ended(last);
  last.call('train', train({ run: 'a', step: checkpoints.at(-1)?.step ?? 0 }));
  await end;
  expect(await outcome(last)).toEqual(expected);
  // The run never lost a kept checkpoint, and made progress.
  expect(reached).toEqual([...reached].sort((a, b) => a - b));
  expect(new Set(reached).size).toBeGreaterThan(1);
  console.info(`killed after the steps ${reached.join(', ')}`);
});
