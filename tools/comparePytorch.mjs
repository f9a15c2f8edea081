// Exports templates as PyTorch projects and compares them with real PyTorch: parameters, outputs, and three training steps on
// the same batches with dropout off. A tool for developers: needs a Python with torch, torchvision and safetensors.
//
//   node tools/comparePytorch.mjs --python FILE [--batch N] [--keep DIR] [TEMPLATE…]
//
// All templates by default. Ends with 1 if outputs differ by more than 1e-4 of the largest, or losses by more than 1e-3.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { root } from './paths.mjs';

process.env.ORT_DISABLE_TELEMETRY = '1';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3' },
    batch: { type: 'string', default: '4' },
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
const [{ templates }, { torchSteps, withoutDropout }, { openDataset, filesBeside }, { failureText }] =
  await Promise.all(
    ['templates/index.ts', 'src/engine/golden/torchSteps.ts', 'src/engine/files.ts', 'src/engine/failure.ts'].map(load),
  );
const files = filesBeside(pathToFileURL(join(root, 'out/main/cli.js')).href);

const base = options.keep ?? mkdtempSync(join(tmpdir(), 'netloom-pytorch-'));
let isSame = true;
console.log('template                    parameters   logits   losses  weights  (largest relative differences)');
try {
  for (const template of templates) {
    if (positionals.length > 0 && !positionals.includes(template.id)) continue;
    const document = withoutDropout(template.document);
    const data = await openDataset(document.data.source, files, document.data).catch(failureText);
    const { project, losses, steps } = await torchSteps({ document, data, batch: Number(options.batch), steps: 3 });
    const folder = join(base, template.id);
    for (const [path, bytes] of [...project.files, ['steps.safetensors', steps]]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const run = spawnSync(options.python, [join(root, 'tools/comparePytorch.py'), folder], { encoding: 'utf8' });
    const answer = JSON.parse(run.stdout || JSON.stringify({ error: run.stderr || String(run.error) }));
    if (options.keep === undefined) rmSync(folder, { recursive: true });
    const name = template.id.padEnd(26);
    if (answer.error !== undefined) {
      isSame = false;
      console.log(`${name}  ${answer.error}`);
      continue;
    }
    const off = Math.max(
      ...losses.map(
        (/** @type {number} */ loss, /** @type {number} */ i) => Math.abs(loss - answer.losses[i]) / Math.abs(loss),
      ),
    );
    const parameters =
      answer.parameters === project.parameters
        ? String(answer.parameters)
        : `${answer.parameters} ≠ ${project.parameters}`;
    isSame &&= answer.parameters === project.parameters && answer.logits <= 1e-4 && off <= 1e-3;
    console.log(
      `${name}  ${parameters.padStart(10)}  ${[answer.logits, off, answer.weights].map((share) => share.toExponential(1)).join('  ')}${project.withoutData === null ? '' : '  random batches'}`,
    );
  }
} finally {
  if (options.keep === undefined) rmSync(base, { recursive: true, force: true });
  await vite.close();
}
process.exit(isSame ? 0 : 1);
