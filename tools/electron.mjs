import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const provide = join(import.meta.dirname, 'electron-runtime', 'provide');
const hasFallback = process.platform === 'linux' && process.arch === 'x64';

/** @typedef {{ folder: string, version: string }} Launcher the npm package `electron`: a downloader without a binary */

/** @returns {Launcher} */
function findLauncher() {
  try {
    const manifest = createRequire(import.meta.url).resolve('electron/package.json');
    return { folder: dirname(manifest), version: JSON.parse(readFileSync(manifest, 'utf8')).version };
  } catch {
    throw new Error('Electron is not installed: run `npm install` without --omit=dev.');
  }
}

/**
 * @param {Launcher} launcher
 * @returns {string | undefined} the folder that Electron's own downloader has filled
 */
function findDownload({ folder, version }) {
  const dist = join(folder, 'dist');
  const marker = join(dist, 'version');
  if (!existsSync(marker) || !existsSync(join(folder, 'path.txt'))) return undefined;
  return readFileSync(marker, 'utf8').replace(/^v/, '').trim() === version ? dist : undefined;
}

/**
 * The downloader tries for long before it gives up; one small file of the same release tells within seconds.
 * @param {Launcher} launcher
 */
async function isReleaseReachable({ version }) {
  // Somebody has chosen the mirror: the downloader tries it.
  if (process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror) return true;
  const file = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
  try {
    return (await fetch(file, { signal: AbortSignal.timeout(4000) })).ok;
  } catch {
    return false;
  }
}

/**
 * Electron's own downloader; its words go to stderr.
 * @param {Launcher} launcher
 */
function download({ folder }) {
  return spawnSync(process.execPath, [join(folder, 'install.js')], { stdio: ['ignore', 2, 2] }).status === 0;
}

/** @param {string[]} args */
function fallback(...args) {
  const run = spawnSync(provide, args, { stdio: ['ignore', 'pipe', 2], encoding: 'utf8' });
  return run.status === 0 ? run.stdout.trim() : undefined;
}

/**
 * @param {Launcher} launcher
 * @param {string} dist
 */
function sayFallback({ version }, dist) {
  const older = readFileSync(join(dist, 'version'), 'utf8').trim();
  console.error(
    `netloom: Electron ${version} could not be downloaded (npx install-electron tries again); ` +
      `using Electron ${older}, for trying and testing only.`,
  );
}

/**
 * Finds an Electron runtime, or gets one. The order: the folder that ELECTRON_OVERRIDE_DIST_PATH names, the runtime that
 * is already downloaded, the fallback that was built once, Electron's own download, the fallback (Linux x64 only).
 * `older`: the version of the runtime where it is not the one that releases are made with.
 * @returns {Promise<{ dist: string, executable: string, older: string | null }>}
 */
export async function resolveElectron() {
  const launcher = findLauncher();
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH || (await provideRuntime(launcher));
  const version = readFileSync(join(dist, 'version'), 'utf8').replace(/^v/, '').trim();
  /** @type {Partial<Record<NodeJS.Platform, string>>} */
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const executable = join(dist, names[process.platform] ?? 'electron');
  return { dist, executable, older: version === launcher.version ? null : version };
}

/** @returns {string | undefined} the folder of a runtime that is here already: nothing is fetched, built or said */
export function presentElectron() {
  const launcher = findLauncher();
  return process.env.ELECTRON_OVERRIDE_DIST_PATH || findDownload(launcher) || findFallback();
}

const findFallback = () => (hasFallback ? fallback('--cached') : undefined);

/** @param {Launcher} launcher */
async function provideRuntime(launcher) {
  const present = findDownload(launcher);
  if (present) return present;
  const built = findFallback();
  if (built) {
    sayFallback(launcher, built);
    return built;
  }
  if (!hasFallback || (await isReleaseReachable(launcher))) {
    console.error(`netloom: downloading Electron ${launcher.version} …`);
    const downloaded = download(launcher) ? findDownload(launcher) : undefined;
    if (downloaded) return downloaded;
  }
  const fresh = hasFallback ? fallback() : undefined;
  if (!fresh)
    throw new Error('There is no Electron runtime: neither its download nor a substitute worked (see above).');
  sayFallback(launcher, fresh);
  return fresh;
}
