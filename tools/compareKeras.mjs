// Exports templates as Keras projects and runs their check.py in real Keras 3. A tool for developers: needs a Python with
// keras, safetensors, and the backend that KERAS_BACKEND names.
//
//   KERAS_BACKEND=tensorflow node tools/compareKeras.mjs --python FILE [--channels channels_first] [--keep DIR] [TEMPLATE…]
//
// All templates by default. Ends with 1 if parameter counts differ, or outputs by more than 1e-4 of the largest.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { root } from './paths.mjs';

process.env.ORT_DISABLE_TELEMETRY = '1';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3' },
    channels: { type: 'string', default: 'channels_last' },
    keep: { type: 'string' },
  },
});

const vite = await createServer({
  root,
  configFile: false,
  appType: 'custom',
  server: { middlewareMode: true, watch: null, ws: false },
  optimizeDeps: { noDiscovery: true },
});
/** @param {string} path @returns {Promise<any>} */
const load = (path) => vite.ssrLoadModule(join(root, path));
const [{ templates }, { checkedGraph }, { initialParameters }, { exportKeras }, { CPU_DEVICE }] = await Promise.all(
  [
    'templates/index.ts',
    'src/engine/network.ts',
    'src/compile/initialize.ts',
    'src/engine/kerasExport.ts',
    'src/engine/session.ts',
  ].map(load),
);

const base = options.keep ?? mkdtempSync(join(tmpdir(), 'netloom-keras-'));
let isSame = true;
try {
  for (const template of templates) {
    if (positionals.length > 0 && !positionals.includes(template.id)) continue;
    const graph = checkedGraph(template.document);
    const project = await exportKeras(graph, initialParameters(graph, template.document.recipe.seed), CPU_DEVICE);
    const folder = join(base, template.id);
    for (const [path, bytes] of project.files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const args = [join(root, 'tools/compareKeras.py'), options.channels, folder];
    const run = spawnSync(options.python, args, { encoding: 'utf8' });
    const { same, text } = JSON.parse(run.stdout || JSON.stringify({ same: false, text: run.stderr }));
    if (options.keep === undefined) rmSync(folder, { recursive: true });
    isSame &&= same;
    console.log(`${template.id.padEnd(26)}  ${text.trim().replaceAll('\n', '; ')}`);
  }
} finally {
  if (options.keep === undefined) rmSync(base, { recursive: true, force: true });
  await vite.close();
}
process.exit(isSame ? 0 : 1);
