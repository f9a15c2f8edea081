import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { draw } from '../check/mistakes/mistake.ts';
import { writeDocument } from '../graph/file.ts';

const script = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'netloom-split-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  code: number;
  lines: Record<string, unknown>[];
  stdout: string;
  stderr: string;
}

function netloom(...args: readonly string[]): Promise<Run> {
  const { LANG: _, LC_ALL: __, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { cwd: folder, env }, (error, stdout, stderr) => {
      const lines = args.includes('--json')
        ? stdout
            .split('\n')
            .filter((line) => line !== '')
            .map((line) => JSON.parse(line) as Record<string, unknown>)
        : [];
      resolve({ code: error === null ? 0 : Number(error.code), lines, stdout, stderr });
    });
  });
}

const classifier = draw(
  [
    ['input x', { shape: [2] }],
    ['linear fc', { outFeatures: 2 }],
    ['classifier y', { classes: 2 }],
  ],
  'moons',
);
writeFileSync(
  join(folder, 'points.json'),
  writeDocument({ ...classifier, recipe: { ...classifier.recipe, epochs: 1 } }),
);
const rows = Array.from({ length: 40 }, (_, at) => {
  const label = at % 2;
  return `${label - 0.5 + 0.01 * at},${at % 7},${['train', 'train', 'val', 'test'][(at >> 1) % 4]},c${label}`;
});
writeFileSync(join(folder, 'rows.csv'), `a,b,part,class\n${rows.join('\n')}\n`);
writeFileSync(join(folder, 'few.csv'), 'a,b,class\n1,2,c0\n2,3,c1\n');

describe('--split', () => {
  it('trains every fold once, and prints mean and sample deviation', async () => {
    const { code, lines, stderr } = await netloom('train', 'points.json', '--split', 'folds:4', '--json');
    expect(code, stderr).toBe(0);
    expect(lines.map(({ event }) => event)).toEqual(['plan', 'run', 'run', 'run', 'run', 'done']);
    const values = lines
      .filter(({ event }) => event === 'run')
      .map((line) => (line.last as { validation: { accuracy: number } }).validation.accuracy);
    const mean = values.reduce((a, b) => a + b, 0) / 4;
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3);
    const last = (lines.at(-1) as { last: { n: number; mean: number; sd: number } }).last;
    expect(last.n).toBe(4);
    expect(last.mean).toBeCloseTo(mean, 12);
    expect(last.sd).toBeCloseTo(sd, 12);
    expect(new Set(values).size).toBeGreaterThan(1);
  });

  it('says which samples are used for what, keeps the split, and tests only when asked', async () => {
    const common = ['--data', 'rows.csv', '--split', 'column:part'];
    const trained = await netloom('train', 'points.json', ...common, '-o', 'rows.netloom', '--json');
    expect(trained.code, trained.stderr).toBe(0);
    expect(trained.lines.find(({ event }) => event === 'samples')).toMatchObject({
      train: 20,
      validation: 10,
      test: 10,
      kind: 'column',
      seed: null,
    });
    const validated = await netloom('evaluate', 'rows.netloom', '--json');
    expect(validated.lines).toMatchObject([{ set: 'validation set', samples: 10 }]);
    const tested = await netloom('evaluate', 'rows.netloom', '--test', '--json');
    expect(tested.lines).toMatchObject([{ set: 'test set', samples: 10 }]);
    expect(tested.stderr).toMatch(/second validation set/);
    const other = await netloom('evaluate', 'rows.netloom', '--split', '50/50');
    expect(other.code).toBe(1);
    expect(other.stderr).toMatch(/standardized by other rows/);
  });

  it('points out a split that the network was not trained with', async () => {
    await netloom('train', 'points.json', '-o', 'points.netloom');
    const same = await netloom('evaluate', 'points.netloom', '--json');
    expect(same.lines).toMatchObject([{ set: 'validation set', samples: 200 }]);
    expect(same.stderr).toBe('');
    const other = await netloom('evaluate', 'points.netloom', '--split', '50/50', '--json');
    expect(other.lines).toMatchObject([{ set: 'validation set', samples: 500 }]);
    expect(other.stderr).toMatch(/may have been trained on/);
  });

  it('data counts every class in every part', async () => {
    const { lines } = await netloom('data', 'rows.csv', '--split', '60/20/20', '--json');
    expect(lines[0]?.split).toMatchObject({
      train: 24,
      validation: 8,
      test: 8,
      perClass: [
        { name: 'c0', train: 12, validation: 4, test: 4 },
        { name: 'c1', train: 12, validation: 4, test: 4 },
      ],
    });
    const shown = await netloom('data', 'rows.csv', '--split', '60/20/20');
    expect(shown.stdout).toMatch(/Samples: 24 for training, 8 for validation, 8 held out as the test set/);
  });

  it.each<[string[], 1 | 2, RegExp]>([
    [['train', 'points.json', '--split', 'folds:4', '-o', 'x.netloom'], 2, /--output belongs to one network/],
    [['train', 'points.json', '--split', '50/60'], 2, /add up to 110/],
    [
      ['train', 'points.json', '--set', 'data.split={"kind":"share","test":0.9,"stratified":true}'],
      1,
      /nothing is left to train on/,
    ],
    [['data', 'few.csv', '--split', 'folds:5'], 1, /2 samples for 5 folds/],
  ])('refuses %j', async (args, code, says) => {
    const run = await netloom(...args);
    expect(run.code).toBe(code);
    expect(run.stderr).toMatch(says);
  });
});
