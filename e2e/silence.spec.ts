import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { templateOf } from '../templates/index.ts';
import { expect, root, switches } from './launch.ts';

/** So long (s) the app stays open: Chromium's own errands begin some two seconds after its start. */
const OPEN = 8;

interface Heard {
  readonly names: readonly string[];
  readonly connections: number;
  readonly datagrams: number;
  readonly exit: number | null;
}

/** Addresses that a command tries to reach in a network that leads nowhere; null where this machine can have none. */
function listen(seconds: number, ...command: readonly string[]): Heard | null {
  const script = join(root, 'e2e', 'silence.sh');
  const listener = join(root, 'e2e', 'silence.mjs');
  const { stdout, status } = spawnSync(script, [listener, `${seconds}`, ...command], { encoding: 'utf8' });
  return status === 0 ? JSON.parse(stdout) : null;
}

const silent = { names: [], connections: 0, datagrams: 0 };

test('app and command line make no DNS lookup and no connection', async () => {
  const control = listen(2, process.execPath, '-e', "fetch('http://example.com').catch(() => {})");
  if (control === null)
    console.warn('SKIPPED: a network of its own takes root, unshare and ip; nothing was listened to.');
  test.skip(control === null, 'a network of its own takes root, unshare and ip');
  expect(control?.names).toContain('example.com');
  expect(control?.connections).toBeGreaterThan(0);

  const folder = mkdtempSync(join(tmpdir(), 'netloom-e2e-'));
  const file = join(folder, 'softmax.json');
  writeFileSync(file, JSON.stringify(templateOf('softmax_regression')?.document));
  const cli = join(root, 'bin', 'netloom.mjs');
  const trained = join(folder, 'trained.netloom');
  expect(listen(60, process.execPath, cli, 'train', file, '--epochs', '1', '-o', trained)).toEqual({
    ...silent,
    exit: 0,
  });
  expect(existsSync(trained)).toBe(true);

  const executable = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '', 'electron');
  expect(listen(OPEN, executable, ...switches(folder), root, trained)).toEqual({ ...silent, exit: null });
  // It was open.
  expect(existsSync(join(folder, 'user-data', 'recent.json'))).toBe(true);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
