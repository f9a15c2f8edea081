// Opens the app from the checkout; without a display it runs the demo instead.
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { resolveElectron } from './electron.mjs';
import { ensureBuilt } from './ensureBuilt.mjs';
import { root } from './paths.mjs';
import { whyNoSandbox } from './sandbox.mjs';

const isLinux = process.platform === 'linux';
const { DISPLAY, WAYLAND_DISPLAY } = process.env;

if (isLinux && !DISPLAY && !WAYLAND_DISPLAY) {
  console.error('netloom: there is no display to open a window on; running the demo (npm run demo) instead.');
  const demo = spawnSync(process.execPath, [join(root, 'bin', 'netloom.mjs'), 'demo'], { stdio: 'inherit' });
  process.exit(demo.status ?? 1);
}

try {
  ensureBuilt();
  if (isLinux && spawnSync(join(root, 'tools', 'setup-system'), ['app'], { stdio: 'inherit' }).status !== 0) {
    console.error('netloom: trying without them.');
  }
  await open();
} catch (error) {
  console.error(`netloom: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

async function open() {
  const { executable } = await resolveElectron();
  const args = [root, ...process.argv.slice(2)];
  const missing = whyNoSandbox();
  if (missing) {
    console.error(`netloom: Chromium's sandbox is off: ${missing.reason}. To have it, ${missing.remedy}.`);
    args.unshift('--no-sandbox');
  }
  // Older Electron looks for X11 alone without this switch.
  if (isLinux && !DISPLAY) args.unshift('--ozone-platform-hint=auto');
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const app = spawn(executable, args, { stdio: 'inherit', env });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => app.kill(signal));
  app.on('error', (error) => {
    console.error(`netloom: Electron did not start: ${error.message}`);
    process.exitCode = 1;
  });
  app.on('close', (code) => {
    process.exitCode = code ?? 1;
  });
}
