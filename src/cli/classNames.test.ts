import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { readModel } from '../onnx/read.ts';

const script = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'netloom-names-'));
afterAll(() => rmSync(folder, { recursive: true }));
const netloom = (...args: string[]) =>
  execFileSync(process.execPath, [script, ...args], { cwd: folder, encoding: 'utf8' });

/** One image of one brightness. */
function image(path: string, brightness: number): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), Buffer.concat([Buffer.from('P5\n28 28\n255\n'), Buffer.alloc(784, brightness)]));
}

it('classes keep their names in evaluate and exports', () => {
  for (let at = 0; at < 10; at++) {
    image(`clothes/Ankle boot/${at}.pgm`, 200 + at);
    image(`clothes/T-shirt/${at}.pgm`, at);
  }
  netloom('train', 'softmax_regression', '--data', 'clothes', '--epochs', '1', '-o', 'c.netloom');
  const table = netloom('evaluate', 'c.netloom');
  expect(table).toMatch(/^true \\ predicted +Ankle boot +T-shirt +#2/m);
  expect(table).toMatch(/^ +T-shirt +/m);
  netloom('export', 'c.netloom', '-o', 'c.onnx');
  const { netloom_classes: names = '' } = readModel(readFileSync(join(folder, 'c.onnx')))?.metadata ?? {};
  expect(JSON.parse(names)).toEqual(['Ankle boot', 'T-shirt']);
});

it('300 classes are trained and evaluated, and listed instead of in a matrix', () => {
  for (let at = 0; at < 900; at++) image(`many/c${String(at % 300).padStart(3, '0')}/${at}.pgm`, at % 256);
  const classes = ['--set', 'linear.outFeatures=300', '--set', 'classes.classes=300'];
  netloom('train', 'softmax_regression', '--data', 'many', ...classes, '--epochs', '1', '-o', 'm.netloom');
  const text = netloom('evaluate', 'm.netloom');
  expect(text).toMatch(
    /^The 10 of 300 classes with the lowest F1:\n *class +samples +precision +recall +F1\n *c\d{3} +\d/m,
  );
  expect(text).toMatch(/^The most frequent confusions:\n *true +predicted +samples\n *c\d{3} +c\d{3} +\d/m);
  const result = JSON.parse(netloom('evaluate', 'm.netloom', '--json'));
  expect(result).toMatchObject({ samples: 180, confusion: null });
  const counts: { truth: number; predicted: number; count: number }[] = result.confusionCells;
  expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(180);
  const seen = counts.flatMap(({ truth, predicted }) => [truth, predicted]);
  expect(Math.max(...seen)).toBeGreaterThan(255);
});
