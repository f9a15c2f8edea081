// Opens a thousand damaged files of every format, or COUNT: tools/mutations.mjs [COUNT]
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ensureBuilt } from './ensureBuilt.mjs';
import { root } from './paths.mjs';

const [count = '1000'] = process.argv.slice(2);
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
ensureBuilt();
const { status } = spawnSync(process.execPath, [vitest, 'run', 'electron/mutations.test.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, NETLOOM_MUTATIONS: count },
});
process.exitCode = status ?? 1;
