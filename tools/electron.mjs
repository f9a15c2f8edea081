import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const manifest = createRequire(import.meta.url).resolve('electron/package.json');
const folder = dirname(manifest);
/** @type {{ version: string }} */
const { version } = JSON.parse(readFileSync(manifest, 'utf8'));

const provide = join(import.meta.dirname, 'electron-runtime', 'provide');
const hasFallback = process.platform === 'linux' && process.arch === 'x64';

/** @returns {string | undefined} the folder that Electron's own downloader has filled */
function findDownload() {
  const dist = join(folder, 'dist');
  const marker = join(dist, 'version');
  if (!existsSync(marker) || !existsSync(join(folder, 'path.txt'))) return undefined;
  return readFileSync(marker, 'utf8').replace(/^v/, '').trim() === version ? dist : undefined;
}

/** The downloader tries for minutes before it gives up; one small file of the same release tells within seconds. */
async function isReleaseReachable() {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  const base = mirror ?? 'https://github.com/electron/electron/releases/download/v';
  try {
    const response = await fetch(`${base}${version}/SHASUMS256.txt`, { signal: AbortSignal.timeout(4000) });
    return response.ok;
  } catch {
    return false;
  }
}

/** Electron's own downloader; its words go to stderr. */
function download() {
  return spawnSync(process.execPath, [join(folder, 'install.js')], { stdio: ['ignore', 2, 2] }).status === 0;
}

/** @param {string[]} args */
function fallback(...args) {
  const run = spawnSync(provide, args, { stdio: ['ignore', 'pipe', 2], encoding: 'utf8' });
  return run.status === 0 ? run.stdout.trim() : undefined;
}

/** @param {string} dist */
function sayFallback(dist) {
  const older = readFileSync(join(dist, 'version'), 'utf8').trim();
  console.error(
    `netloom: Electron ${version} could not be downloaded (npx install-electron tries again); ` +
      `using Electron ${older}, for trying and testing only.`,
  );
}

/**
 * Finds an Electron runtime, or gets one. The order: the folder that ELECTRON_OVERRIDE_DIST_PATH names, the runtime that
 * is already downloaded, the fallback that was built once, Electron's own download, the fallback (Linux x64 only).
 * @returns {Promise<{ dist: string, executable: string }>}
 */
export async function resolveElectron() {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH || findDownload() || (await provideRuntime());
  /** @type {Partial<Record<NodeJS.Platform, string>>} */
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  return { dist, executable: join(dist, names[process.platform] ?? 'electron') };
}

async function provideRuntime() {
  const built = hasFallback ? fallback('--cached') : undefined;
  if (built) {
    sayFallback(built);
    return built;
  }
  if (!hasFallback || (await isReleaseReachable())) {
    console.error(`netloom: downloading Electron ${version} …`);
    const downloaded = download() ? findDownload() : undefined;
    if (downloaded) return downloaded;
  }
  const fresh = hasFallback ? fallback() : undefined;
  if (!fresh)
    throw new Error(`There is no Electron runtime: neither its download nor a substitute worked (see above).`);
  sayFallback(fresh);
  return fresh;
}
