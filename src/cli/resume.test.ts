import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { readProject, writeDocument } from '../graph/file.ts';
import { defaultOptimizers } from '../graph/recipe.ts';
import type { BatchOrder } from './batchOrder.ts';

const script = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'netloom-resume-'));
afterAll(() => rmSync(folder, { recursive: true }));

const mlp = templateOf('mlp')?.document as NetworkDocument;
const recipe = { ...mlp.recipe, optimizer: { ...defaultOptimizers.adam }, batchSize: 300, epochs: 2 };
writeFileSync(join(folder, 'mlp.json'), writeDocument({ ...mlp, recipe }));

type Line = Record<string, unknown> & { event: string };

/** Trains in another process and sends it `signal` as soon as it prints an event of this kind. */
async function train(args: readonly string[], interrupt?: { at: string; signal: NodeJS.Signals }) {
  const child = spawn(process.execPath, [script, 'train', ...args, '--json', '--threads', '1'], { cwd: folder });
  let [stdout, stderr] = ['', ''];
  let interrupted = false;
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    // Only once, because a second interrupt ends the process without saving.
    if (interrupt === undefined || interrupted || !stdout.includes(`"event":"${interrupt.at}"`)) return;
    interrupted = true;
    child.kill(interrupt.signal);
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  const lines = stdout
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as Line);
  return { code, stderr, lines, done: lines.find(({ event }) => event === 'done') };
}

/** Completed steps of the run in a project. */
const stepsIn = (file: string): number => {
  const { others } = readProject(readFileSync(join(folder, file)), file);
  const { progress } = JSON.parse(new TextDecoder().decode(others['runs/last/run.json'])) as {
    progress: { step: number };
  };
  return progress.step;
};

describe('train --resume', () => {
  const straight = train(['mlp.json', '--epochs', '3']);

  it.each([13, 26, 27])('in a new process results in the same bits after a stop at step %i', async (step) => {
    const out = `stopped-${step}.netloom`;
    const first = await train(['mlp.json', '--epochs', '3', '-o', out, '--stop-after', `${step}`]);
    expect(first.done).toMatchObject({ state: 'stopped', steps: step });
    expect(stepsIn(out)).toBe(step);
    const second = await train(['mlp.json', '-o', out, '--resume']);
    expect(second.lines[0]).toMatchObject({ event: 'start', epochs: 3, resumed: { step } });
    expect(second.done).toMatchObject({ state: 'done', epochs: 3, steps: 81 });
    expect(second.done?.weightsSha256).toBe((await straight).done?.weightsSha256);
  });

  it('extends a run', async () => {
    expect((await train(['mlp.json', '-o', 'two.netloom'])).done).toMatchObject({ epochs: 2 });
    const more = await train(['two.netloom', '--epochs', '3', '--resume', '-o', 'three.netloom']);
    expect(more.lines.filter(({ event }) => event === 'epoch').map(({ epoch }) => epoch)).toEqual([3]);
    expect(more.done?.weightsSha256).toBe((await straight).done?.weightsSha256);
  });

  it('a finished run stays as it is, weights included', async () => {
    const first = await train(['mlp.json', '--epochs', '1', '-o', 'done.netloom']);
    const before = readFileSync(join(folder, 'done.netloom'));
    const { done } = await train(['mlp.json', '--epochs', '1', '-o', 'done.netloom', '--resume']);
    expect(done).toMatchObject({ state: 'done', weightsSha256: first.done?.weightsSha256, output: 'done.netloom' });
    const { weights } = readProject(readFileSync(join(folder, 'done.netloom')), 'done.netloom');
    expect(weights).toEqual(readProject(before, 'done.netloom').weights);
    expect(weights?.length).toBeGreaterThan(0);
    const fewer = await train(['done.netloom', '--epochs', '1', '--stop-after', '90', '--resume']);
    expect(fewer.stderr).toContain('The run has already completed 1 epoch.');
    expect(fewer.stderr).not.toContain('Going on');
  });

  it.each([5, 13])('refuses --stop-after %i for a run with 13 completed steps', async (step) => {
    await train(['mlp.json', '--epochs', '3', '-o', 'past.netloom', '--stop-after', '13', '--force']);
    const { code, stderr, done } = await train(['past.netloom', '--resume', '--stop-after', `${step}`]);
    expect(stderr).toContain(
      `The run has already completed 13 steps, and --stop-after ${step} counts from the first step`,
    );
    expect({ code, done }).toMatchObject({ code: 0, done: { steps: 13 } });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('resumes after %s, which saves the run', async (signal) => {
    const out = `${signal}.netloom`;
    const first = await train(['mlp.json', '--epochs', '3', '-o', out], { at: 'epoch', signal });
    expect(first).toMatchObject({ code: 0, done: { state: 'stopped', output: out } });
    expect(stepsIn(out)).toBe(first.done?.steps);
    const second = await train(['mlp.json', '-o', out, '--resume']);
    expect(second.done?.weightsSha256).toBe((await straight).done?.weightsSha256);
  });

  it.skipIf(process.platform === 'win32')('resumes a killed process from its last completed epoch', async () => {
    // The operating system kills the process at once, as soon as the first save exists.
    const child = spawn(process.execPath, [script, 'train', 'mlp.json', '--epochs', '60', '-o', 'kill.netloom'], {
      cwd: folder,
    });
    while (!readdirSync(folder).includes('kill.netloom')) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.on('close', resolve));
    expect(stepsIn('kill.netloom')).toBeGreaterThanOrEqual(27);
    const second = await train(['mlp.json', '-o', 'kill.netloom', '--epochs', '3', '--resume']);
    expect(second.done?.weightsSha256).toBe((await straight).done?.weightsSha256);
  });

  it('reports that there is no run to resume', async () => {
    const none = await train(['mlp.json', '--resume', '-o', 'none.netloom']);
    expect(none.code).toBe(1);
    expect(none.stderr).toMatch(/no run to resume in 'none\.netloom' or 'mlp\.json'/);
    const other = await train(['lenet_modern', '--resume', '-o', 'two.netloom']);
    expect(other.stderr).toMatch(/“two\.netloom” belongs to a network other than “lenet_modern”/);
    const seed = await train(['two.netloom', '--resume', '--epochs', '4', '--seed', '8']);
    expect([seed.code, seed.stderr]).toEqual([
      1,
      expect.stringMatching(/training settings were changed after this run/),
    ]);
  });
});

describe('a run that diverges', () => {
  const linear = templateOf('linear_regression')?.document as NetworkDocument;
  writeFileSync(join(folder, 'linear.json'), writeDocument({ ...linear, recipe: { ...linear.recipe, epochs: 2 } }));

  it('in its first epoch saves its last good weights, and can be resumed', async () => {
    const failed = await train(['linear.json', '--lr', '1.5', '-o', 'diverged.netloom']);
    const step = stepsIn('diverged.netloom');
    expect(step).toBeGreaterThan(0);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain(`“diverged.netloom” contains the run up to step ${step}`);
    const { weights, others } = readProject(readFileSync(join(folder, 'diverged.netloom')), 'diverged.netloom');
    expect(weights).toEqual(others['runs/last/weights.safetensors']);
    const args = ['linear.json', '--lr', '0.01', '-o', 'diverged.netloom', '--resume', '--stop-after', `${step + 1}`];
    expect(await train(args)).toMatchObject({ code: 0, done: { steps: step + 1 } });
  });

  it('later leaves the file as saved after the last epoch', async () => {
    await train(['linear.json', '--epochs', '1', '-o', 'epoch.netloom']);
    const before = readFileSync(join(folder, 'epoch.netloom'));
    const args = ['linear.json', '--epochs', '2', '--lr', '100', '-o', 'epoch.netloom', '--resume'];
    const { code, stderr } = await train(args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/“epoch\.netloom” contains the last saved state of the run/);
    expect(readFileSync(join(folder, 'epoch.netloom')).equals(before)).toBe(true);
  });

  it('in its first step writes nothing', async () => {
    const { code, stderr } = await train(['linear.json', '--lr', '1e38', '-o', 'nothing.netloom']);
    expect([code, stderr]).toEqual([1, expect.not.stringContaining('nothing.netloom')]);
    expect(readdirSync(folder)).not.toContain('nothing.netloom');
  });
});

it('--stop-after 0 saves the initial weights, and --export-order the sample order', async () => {
  const args = [
    'mlp.json',
    '--stop-after',
    '0',
    '-o',
    'start.netloom',
    '--export-order',
    'order.json',
    '--epochs',
    '2',
  ];
  expect((await train(args)).done).toMatchObject({ steps: 0, output: 'start.netloom' });
  expect(stepsIn('start.netloom')).toBe(0);
  const { weights } = readProject(readFileSync(join(folder, 'start.netloom')), 'start.netloom');
  expect(weights?.length).toBeGreaterThan(4 * 203_530);
  const order = JSON.parse(readFileSync(join(folder, 'order.json'), 'utf8')) as BatchOrder;
  expect(order).toMatchObject({ data: 'mnist', samples: 10_000, batchSize: 300, seed: recipe.seed });
  const [first = [], second = []] = order.epochs;
  expect(first).not.toEqual(second);
  const all = Array.from({ length: 10_000 }, (_, i) => i);
  for (const epoch of order.epochs) expect([...epoch, ...order.validation].sort((a, b) => a - b)).toEqual(all);
});

it.each([
  [[], 'fresh'],
  [['--from', 'held'], 'held'],
] as const)('--stop-after 0 %j saves the %s weights as the start of a trained project', async (from, kind) => {
  await train(['mlp.json', '--stop-after', '2', '-o', 'held.netloom', '--force']);
  const start = await train(['held.netloom', '--stop-after', '0', '-o', 'begun.netloom', '--force', ...from]);
  const { weights, others } = readProject(readFileSync(join(folder, 'begun.netloom')), 'begun.netloom');
  const held = readProject(readFileSync(join(folder, 'held.netloom')), 'held.netloom').weights;
  expect(weights).toEqual(others['runs/last/weights.safetensors']);
  expect(Buffer.from(weights ?? []).equals(Buffer.from(held ?? []))).toBe(kind === 'held');
  expect(start.done?.steps).toBe(0);
});

it('--report-norm prints the norm of the gradients', async () => {
  const { lines } = await train(['mlp.json', '--epochs', '1', '--report-norm']);
  const { gradientNorm } = lines.find(({ event }) => event === 'epoch') as { gradientNorm?: Record<string, number> };
  expect(gradientNorm?.mean).toBeGreaterThan(0);
  expect(gradientNorm?.max).toBeGreaterThanOrEqual(gradientNorm?.mean as number);
});
