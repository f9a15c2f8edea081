// Exports templates as PyTorch projects and compares them with real PyTorch: parameters, outputs, and three training steps on
// the same batches with dropout off. A tool for developers: needs a Python with torch, torchvision and safetensors.
//
//   node tools/comparePytorch.mjs --python FILE [--batch N] [--keep DIR] [TEMPLATE…]
//
// All templates by default. The referee is PyTorch in float64 with the choices of Netloom where ReLU and max pooling choose
// (comparePytorch.py). Gradients have to be as near to it as those of PyTorch in float32 are, up to a factor; losses within 1e-3, or
// by the same rule. The last column, for information: losses against PyTorch in float32 with its own choices. Ends with 1 if a
// template differs.
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

const LOGITS = 1e-4;
const LOSSES = 1e-3;
const CHOICES = 1e-4;
const GRADIENTS = 1e-5;
/** Distance from float64 that is rounding, as a multiple of that of PyTorch in float32. */
const ROUNDING = 4;

/** @param {number} ours @param {number} theirs */
const isRounding = (ours, theirs) => ours <= Math.max(GRADIENTS, ROUNDING * theirs);

/** Largest relative difference. @param {readonly number[]} got @param {readonly number[]} wanted */
const lossError = (got, wanted) =>
  Math.max(...wanted.map((loss, i) => Math.abs(got[i] - loss) / Math.max(1e-6, Math.abs(loss))));

const base = options.keep ?? mkdtempSync(join(tmpdir(), 'netloom-pytorch-'));
let isSame = true;
console.log('                                       largest   first gradients  losses of 3 steps           own');
console.log('template                    parameters   output     ours  PyTorch     ours  PyTorch  choices  choices');
try {
  for (const template of templates) {
    if (positionals.length > 0 && !positionals.includes(template.id)) continue;
    const document = withoutDropout(template.document);
    const data = await openDataset(document.data.source, files, document.data).catch(failureText);
    const {
      project,
      losses,
      files: steps,
    } = await torchSteps({ document, data, batch: Number(options.batch), steps: 3 });
    const folder = join(base, template.id);
    for (const [path, bytes] of [...project.files, ...steps]) {
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
    const parameters =
      answer.parameters === project.parameters
        ? String(answer.parameters)
        : `${answer.parameters} ≠ ${project.parameters}`;
    const { referee, float32 } = answer;
    const loss = [lossError(losses, referee.losses), lossError(float32.losses, referee.losses)];
    const isFine =
      answer.parameters === project.parameters &&
      answer.logits <= LOGITS &&
      answer.choices <= CHOICES &&
      isRounding(referee.gradients, float32.gradients) &&
      loss[0] <= Math.max(LOSSES, ROUNDING * loss[1]);
    isSame &&= isFine;
    const figures = [
      answer.logits,
      referee.gradients,
      float32.gradients,
      loss[0],
      loss[1],
      answer.choices,
      lossError(losses, answer.losses),
    ];
    console.log(
      `${name}  ${parameters.padStart(10)}  ${figures.map((share) => share.toExponential(1)).join('  ')}${isFine ? '' : '  DIFFERENT'}${project.withoutData === null ? '' : '  random batches'}`,
    );
  }
} finally {
  if (options.keep === undefined) rmSync(base, { recursive: true, force: true });
  await vite.close();
}
process.exit(isSame ? 0 : 1);
