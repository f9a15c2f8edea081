import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { writeDocument } from '../graph/file.ts';

const script = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'netloom-sweep-'));
afterAll(() => rmSync(folder, { recursive: true }));

const mlp = templateOf('mlp')?.document as NetworkDocument;
const file = join(folder, 'small.json');
writeFileSync(file, writeDocument({ ...mlp, recipe: { ...mlp.recipe, batchSize: 512, epochs: 1 } }));

interface Run {
  code: number;
  lines: Record<string, unknown>[];
  stderr: string;
}

function netloom(...args: readonly string[]): Promise<Run> {
  const { LANG: _, LC_ALL: __, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args, '--json'], { cwd: folder, env }, (error, stdout, stderr) => {
      const lines = stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      resolve({ code: error === null ? 0 : Number(error.code), lines, stderr });
    });
  });
}

describe('sweep', () => {
  it('trains every point of a grid and summarizes the results per value', async () => {
    const rates = 'recipe.optimizer.learningRate=0.01,0.5';
    const { code, lines } = await netloom('sweep', file, '--vary', rates, '--vary', 'fc1.outFeatures=4,8');
    expect(code).toBe(0);
    expect(lines.map(({ event }) => event)).toEqual(['plan', 'run', 'run', 'run', 'run', 'done']);
    expect(lines[1]).toMatchObject({
      name: 'learningRate 0.01 · fc1.outFeatures 4',
      varied: { 'recipe.optimizer.learningRate': 0.01, 'fc1.outFeatures': 4 },
      state: 'done',
      epochs: 1,
    });
    const done = lines.at(-1) as { summary: Record<string, { value: number; runs: number; mean: number }[]> };
    expect(done).toMatchObject({ runs: 4, left: 0, measure: 'accuracy' });
    const byRate = done.summary['recipe.optimizer.learningRate'];
    expect(byRate).toMatchObject([
      { value: 0.01, runs: 2 },
      { value: 0.5, runs: 2 },
    ]);
    const accuracies = lines.slice(1, 3).map((line) => (line.best as Best).validation.accuracy);
    expect(byRate?.[0]?.mean).toBeCloseTo(((accuracies[0] ?? 0) + (accuracies[1] ?? 0)) / 2, 12);
  });

  it('samples the same points for the same seed, and skips networks with errors', async () => {
    const args = ['sweep', file, '--random', '4', '--vary', 'fc2.outFeatures=9,10', '--vary', 'recipe.batchSize=8..64'];
    const [first, again] = [await netloom(...args, '--list'), await netloom(...args, '--list')];
    expect(first.lines).toEqual(again.lines);
    const [plan] = first.lines as { runs: unknown[]; left: { reason: string }[] }[];
    expect((plan?.runs.length ?? 0) + (plan?.left.length ?? 0)).toBe(4);
  });

  it.each([
    [['sweep', 'mlp'], 2, /Give a hyperparameter to vary/],
    [['sweep', 'mlp', '--vary', 'fc9.outFeatures=1'], 1, /no setting “fc9.outFeatures”.*fc1.outFeatures/],
    [['sweep', 'mlp', '--vary', 'recipe.batchSize=0'], 1, /“0” must be a whole number/],
    [['sweep', 'mlp', '--vary', 'recipe.batchSize=8..64'], 1, /a range needs --random/],
    [['sweep', 'mlp', '--vary', 'recipe.batchSize=8,16', '--seeds', '101'], 1, /202 runs; the maximum is 200/],
    [['ablate', 'mlp'], 2, /Usage/],
    [['ablate', 'mlp', 'conv1'], 1, /no layer or block “conv1”.*fc1/],
    [['ablate', 'lenet', 'flatten'], 1, /Without “flatten”, the network has errors/],
  ] as const)('%j ends with exit code %i and an explanation', async (args, code, why) => {
    const run = await netloom(...args);
    expect(run.code).toBe(code);
    expect(run.stderr).toMatch(why);
  });
});

interface Best {
  readonly validation: { readonly accuracy: number };
}

describe('ablate', () => {
  it('trains with and without the layer on the same seeds, and prints the interval of the difference', async () => {
    const { code, lines } = await netloom('ablate', file, 'relu1', '--seeds', '2');
    expect(code).toBe(0);
    expect(lines.map(({ varied }) => varied).slice(0, 4)).toEqual([
      { without: null, 'recipe.seed': mlp.recipe.seed },
      { without: 'relu1', 'recipe.seed': mlp.recipe.seed },
      { without: null, 'recipe.seed': mlp.recipe.seed + 1 },
      { without: 'relu1', 'recipe.seed': mlp.recipe.seed + 1 },
    ]);
    const { arms } = lines.at(-1) as { arms: { mean: number; difference: { mean: number; pairs: number } | null }[] };
    expect(arms).toMatchObject([
      { without: null, runs: 2, difference: null },
      { without: 'relu1', runs: 2, difference: { pairs: 2 } },
    ]);
    const [whole, without] = arms;
    expect(without?.difference?.mean).toBeCloseTo((without?.mean ?? 0) - (whole?.mean ?? 0), 12);
  });
});
