// Makes the unpacked app of this platform in dist/. A package on another Electron than the one that releases are made with
// (tools/electron-runtime) is for tests, and is only made with --fallback.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'electron-builder';
import configuration from '../electron-builder.config.mjs';
import { resolveElectron } from './electron.mjs';
import { ensureBuilt } from './ensureBuilt.mjs';
import { addDesktopFiles } from './linuxDesktop.mjs';
import { addLauncher } from './linuxLauncher.mjs';
import { out, root } from './paths.mjs';

ensureBuilt();
const { dist, older } = await resolveElectron();
if (older !== null && !process.argv.includes('--fallback')) {
  console.error(
    `netloom: no package is made on Electron ${older}, which gets no fixes any more. Package where Electron's own ` +
      'download works, or say --fallback for a package that is only tried and tested.',
  );
  process.exit(1);
}
rmSync(join(root, 'dist'), { recursive: true, force: true });
await build({ projectDir: root, dir: true, publish: 'never', config: { ...configuration, electronDist: dist } });
if (process.platform === 'linux') {
  const folder = join(root, 'dist', 'linux-unpacked');
  addLauncher(folder);
  addDesktopFiles(folder, join(out, 'icons'));
}
