// Makes the unpacked app of this platform in dist/.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'electron-builder';
import configuration from '../electron-builder.config.mjs';
import { resolveElectron } from './electron.mjs';
import { ensureBuilt } from './ensureBuilt.mjs';
import { root } from './paths.mjs';

ensureBuilt();
const { dist } = await resolveElectron();
rmSync(join(root, 'dist'), { recursive: true, force: true });
await build({ projectDir: root, dir: true, publish: 'never', config: { ...configuration, electronDist: dist } });
