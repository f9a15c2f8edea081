import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { resolveElectron } from './electron.mjs';
import { root } from './paths.mjs';

export const playwright = join(
  dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
  'cli.js',
);

/**
 * `playwright test` on the real app, on the display that there is or one of its own. Gets an Electron runtime first.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env] in addition to this process's
 * @returns {Promise<number>} the exit code
 */
export async function runPlaywright(args, env = {}) {
  const { dist } = await resolveElectron();
  const display = process.platform === 'linux' ? [join(root, 'tools', 'with-display')] : [];
  const [command = '', ...rest] = [...display, process.execPath, playwright, 'test', ...args];
  const all = { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: dist, ...env };
  return spawnSync(command, rest, { cwd: root, stdio: 'inherit', env: all }).status ?? 1;
}
