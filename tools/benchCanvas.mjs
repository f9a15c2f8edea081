// Measures the canvas in the real app (e2e/canvas.bench.ts).
//
//   npm run bench:canvas
//
// NETLOOM_BENCH_LAYERS (1000), NETLOOM_BENCH_ROUNDS (3), NETLOOM_BENCH_JSON (a file for the figures).
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { resolveElectron } from './electron.mjs';
import { ensureBuilt } from './ensureBuilt.mjs';
import { root } from './paths.mjs';

ensureBuilt();
const { dist } = await resolveElectron();
const playwright = join(dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')), 'cli.js');
const display = process.platform === 'linux' ? [join(root, 'tools', 'with-display')] : [];
const [command = '', ...rest] = [
  ...display,
  process.execPath,
  playwright,
  'test',
  '--config=playwright.bench.config.ts',
  '--reporter=line',
];
const { status } = spawnSync(command, rest, {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: dist },
});
process.exitCode = status ?? 1;
