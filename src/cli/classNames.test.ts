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
