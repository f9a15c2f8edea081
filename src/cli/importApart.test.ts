import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, vi } from 'vitest';
import { endlessModel } from '../engine/importing/damage/endlessModel.ts';

const script = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'netloom-limit-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'endless.onnx'), endlessModel());

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `netloom import`; `ended` resolves when it and all processes with its output have ended. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [script, 'import', 'endless.onnx', '-o', 'out.netloom', ...args], {
    cwd: folder,
  });
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => {
    texts.stdout += data;
  });
  child.stderr.on('data', (data) => {
    texts.stderr += data;
  });
  const ended = once(child, 'close').then(([code]): Outcome => ({ code, ...texts }));
  return { child, ended };
}

it('a model whose loop never ends is stopped after the time limit', async () => {
  const { code, stdout, stderr } = await start('--time-limit', '2', '--json').ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/after 2 s it was still running .* --time-limit 10/);
  expect(JSON.parse(stdout)).toHaveProperty('error');
  expect(readdirSync(folder)).toEqual(['endless.onnx']);
});

const children = (pid: number | undefined): string =>
  spawnSync('ps', ['-o', 'pid=', '--ppid', `${pid}`]).stdout.toString();

it.each(['SIGINT', 'SIGTERM'] as const)('%s ends the import, and the model with it', async (signal) => {
  const { child, ended } = start();
  await vi.waitUntil(() => children(child.pid) !== '', { timeout: 8000 });
  child.kill(signal);
  const { code, stderr } = await ended;
  expect(code).toBe(1);
  expect(stderr).toBe('netloom: The import was canceled. No file was written.\n');
  expect(readdirSync(folder)).toEqual(['endless.onnx']);
});

it.each(['0', 'soon'])('a time limit of %s is refused', async (value) => {
  const { code, stderr } = await start('--time-limit', value).ended;
  expect(code).toBe(2);
  expect(stderr).toMatch(/--time-limit must be a whole number from 1 to 604800/);
});
