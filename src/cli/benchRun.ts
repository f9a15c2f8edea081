import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineFiles } from '../engine/files.ts';
import type { Device } from '../engine/session.ts';
import type { NetworkDocument } from '../graph/document.ts';
import type { RunEventOf } from '../protocol/runEvents.ts';
import { UserError } from '../text.ts';
import { type EngineClient, startEngine } from './engineClient.ts';
import { type Output, table } from './output.ts';

type RunStatus = RunEventOf<'run'>;

/** The state of the run after `step` steps, as printed by `--json`. */
interface Row {
  readonly step: number;
  readonly epoch: number;
  /** Resident memory of the whole process. */
  readonly rssMb: number;
  /** Disk use of the run, and the number of points of its curves. */
  readonly diskMb: number;
  readonly checkpoints: number;
  readonly points: number;
  readonly samplesPerSecond: number;
}

const ROWS = 10;
const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 18) / 4;

/**
 * Trains `steps` steps with checkpoints, as the app does, and measures memory and disk use, the latency of a pause,
 * and the cost of the checkpoints. Resolves when the run has ended.
 */
export async function benchRun(
  given: NetworkDocument,
  steps: number,
  { output, files, device }: { readonly output: Output; readonly files: EngineFiles; readonly device: Device },
): Promise<void> {
  const runs = await mkdtemp(join(tmpdir(), 'netloom-bench-'));
  const document = { ...given, recipe: { ...given.recipe, epochs: steps } };
  const engine = startEngine({ files, device, runs });
  const follow = follower(engine);
  try {
    const rows: Row[] = [];
    for (let row = 1; row <= ROWS; row++) {
      const stopAfter = Math.round((row * steps) / ROWS);
      const from = rows.at(-1)?.step;
      const weights =
        from === undefined
          ? ({ weights: 'fresh' } as const)
          : ({ weights: 'resume', from: { run: 'bench', step: from } } as const);
      const ended = follow.ended();
      await engine.call('train', { run: 'bench', document, paused: false, reportNorm: true, stopAfter, ...weights });
      const { step, epoch } = await ended;
      const kept = await engine.call('readRun', { run: 'bench' });
      rows.push({
        step,
        epoch,
        rssMb: megabytes(process.memoryUsage().rss),
        diskMb: megabytes(kept.record.bytes),
        checkpoints: kept.checkpoints.length,
        points: kept.curves.points.step.length,
        samplesPerSecond: Math.round(follow.rate()),
      });
      output.progress(`${step} / ${steps}`);
      output.printJson(rows.at(-1));
    }
    const obeys = await latencies(engine, follow, document);
    output.printJson({ event: 'control', ...obeys });
    const { words, print } = output;
    const head = ['step', 'epoch', 'MB', 'MB on disk', 'checkpoints', 'points', 'samples/s'];
    const cells = rows.map((row) => Object.values(row).map(String));
    for (const line of table([head, ...cells], [0, 1, 2, 3, 4, 5, 6])) print(line);
    print(
      words({
        en: `A pause takes effect after ${obeys.pauseMs.toFixed(0)} ms (median; max ${obeys.longestMs.toFixed(0)}); a step takes ${obeys.stepMs.toFixed(1)} ms.`,
        zh: `暂停在 ${obeys.pauseMs.toFixed(0)} 毫秒后生效（中位数；最长 ${obeys.longestMs.toFixed(0)}），每步耗时 ${obeys.stepMs.toFixed(1)} 毫秒。`,
      }),
    );
  } finally {
    await engine.close();
    await rm(runs, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Follower {
  ended(): Promise<RunStatus>;
  until(state: RunStatus['state']): Promise<RunStatus>;
  /** Samples per second over the latest messages. */
  rate(): number;
}

function follower(engine: EngineClient): Follower {
  let rate = 0;
  let waiting: { readonly states: readonly RunStatus['state'][]; readonly resolve: (event: RunStatus) => void } | null =
    null;
  engine.onRun((event) => {
    if (event.kind === 'progress') {
      rate = rate === 0 ? event.samplesPerSecond : 0.9 * rate + 0.1 * event.samplesPerSecond;
    }
    if (event.kind !== 'run') return;
    if (event.state === 'failed') throw new UserError(event.message ?? { en: 'Training failed.', zh: '训练失败。' });
    if (waiting === null || !waiting.states.includes(event.state)) return;
    const { resolve } = waiting;
    waiting = null;
    resolve(event);
  });
  const until = (...states: RunStatus['state'][]) =>
    new Promise<RunStatus>((resolve) => {
      waiting = { states, resolve };
    });
  return { ended: () => until('done', 'stopped'), until, rate: () => rate };
}

/** Milliseconds from the request of a pause to its report, for twenty requests at irregular intervals. */
async function latencies(engine: EngineClient, follow: Follower, document: NetworkDocument) {
  const run = 'control';
  const begun = follow.until('running');
  await engine.call('train', { run, document, weights: 'fresh', paused: false });
  await begun;
  const times: number[] = [];
  const started = performance.now();
  let paused = 0;
  let steps = 0;
  for (let i = 0; i < 20; i++) {
    await new Promise((resolve) => setTimeout(resolve, 37 + 11 * i));
    const asked = performance.now();
    const waits = follow.until('paused');
    await engine.call('control', { run, action: 'pause' });
    steps = (await waits).step;
    times.push(performance.now() - asked);
    const goes = follow.until('running');
    await engine.call('control', { run, action: 'resume' });
    await goes;
    paused += performance.now() - asked;
  }
  const stepMs = (performance.now() - started - paused) / Math.max(1, steps);
  const ends = follow.ended();
  await engine.call('control', { run, action: 'stop' });
  await ends;
  times.sort((a, b) => a - b);
  return { pauseMs: times[10] ?? Number.NaN, longestMs: times.at(-1) ?? Number.NaN, stepMs };
}
