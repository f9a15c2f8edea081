import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { writeDigits } from './digits.mjs';
import { writeIcons } from './icons.mjs';
import { writeLicenses } from './licenses.mjs';
import { out, root } from './paths.mjs';

// Written last: a build that was interrupted leaves none.
const stamp = join(out, '.built');
const lock = join(root, 'node_modules', '.cache', 'netloom-build.lock');

const bundleSources = [
  'src',
  'electron',
  'renderer',
  'templates',
  'pretrained',
  'bin',
  'electron.vite.config.ts',
  'package-lock.json',
  'CREDITS.md',
  'docs/licenses',
  'tools/icons.mjs',
  'tools/licenses.mjs',
];
const digitSources = ['tools/digits.mjs', 'package-lock.json'];

/**
 * The newest change below a file or folder. A folder's own time is counted too: it tells of deleted files.
 * @param {string} path
 * @returns {number} milliseconds, 0 when there is nothing
 */
function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats || path.endsWith('.test.ts') || path.endsWith('.test.tsx')) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/**
 * @param {string} target
 * @param {string[]} sources
 */
function isOlder(target, sources) {
  const stats = statSync(target, { throwIfNoEntry: false });
  return !stats || sources.some((source) => newest(join(root, source)) > stats.mtimeMs);
}

/** @returns {string | undefined} */
function findBundler() {
  try {
    const manifest = createRequire(import.meta.url).resolve('electron-vite/package.json');
    return join(dirname(manifest), 'bin', 'electron-vite.js');
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Holds off other builds of this checkout: two at once would empty each other's folders.
 * @param {() => void} work
 */
function alone(work) {
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      const holder = Number(existsSync(lock) && readFileSync(lock, 'utf8'));
      if (holder > 0 && !isRunning(holder)) rmSync(lock, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** @param {'inherit' | 'stderr'} output where the bundler's words go */
export function build(output) {
  const bundler = findBundler();
  if (!bundler) {
    throw new Error(
      'Netloom is not built, and its build tools are not installed: run `npm install` without --omit=dev.',
    );
  }
  console.error('netloom: building …');
  const stdout = output === 'stderr' ? 2 : 'inherit';
  const started = new Date();
  rmSync(stamp, { force: true });
  const data = join(out, 'data');
  if (isOlder(join(data, 'mnist-labels-idx1-ubyte.gz'), digitSources)) writeDigits(data);
  cpSync(join(root, 'pretrained'), join(data, 'pretrained'), { recursive: true });
  const { status } = spawnSync(process.execPath, [bundler, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', stdout, 2],
  });
  if (status !== 0) throw new Error('The build failed (see above).');
  writeLicenses();
  writeIcons();
  // Dated back to the start, so that a file saved during the build makes it stale.
  writeFileSync(stamp, '');
  utimesSync(stamp, started, started);
}

/** Builds unless out/ is newer than every source; a checkout without build tools runs what it has. */
export function ensureBuilt() {
  const isStale = () => isOlder(stamp, bundleSources) || isOlder(stamp, digitSources);
  if (!isStale() || (existsSync(stamp) && !findBundler())) return;
  alone(() => {
    if (!isStale()) return;
    build('stderr');
  });
}
