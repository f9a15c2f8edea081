// Exports templates as PyTorch projects and compares them with real PyTorch: parameters, outputs, and three training steps on
// the same batches with dropout off. A tool for developers: needs a Python with torch, torchvision and safetensors.
//
//   node tools/comparePytorch.mjs --python FILE [--batch N] [--keep DIR] [TEMPLATE…]
//
// All templates by default. The referee is PyTorch in float64, choosing as Netloom where ReLU and max pooling choose: gradients,
// losses and weights have to be as near to it as those of PyTorch in float32, up to a factor or a small distance (comparePytorch.py).
// The last column, for information: losses of PyTorch in float32 with its own choices. Ends with 1 if a template differs.
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
console.log(
  '                                       largest   first gradients  losses, 3 steps  weights after    other  own choices',
);
console.log(
  'template                    parameters   output     ours  PyTorch     ours  PyTorch     ours  PyTorch  choices  losses',
);
try {
  for (const template of templates) {
    if (positionals.length > 0 && !positionals.includes(template.id)) continue;
    const document = withoutDropout(template.document);
    const data = await openDataset(document.data.source, files, document.data).catch(failureText);
    const { project, files: steps } = await torchSteps({ document, data, batch: Number(options.batch), steps: 3 });
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
    const { logits, choices, ours, theirs, plain, wrong } = answer;
    isSame &&= wrong.length === 0 && answer.parameters === project.parameters;
    const figures = ['gradients', 'losses', 'weights'].flatMap((kind) => [ours[kind], theirs[kind]]);
    console.log(
      [
        name,
        parameters.padStart(10),
        ...[logits, ...figures, choices, plain.losses].map((share) => share.toExponential(1)),
        ...(project.withoutData === null ? [] : ['random batches']),
        ...(wrong.length === 0 ? [] : [`DIFFERENT: ${wrong.join(', ')}`]),
      ].join('  '),
    );
  }
} finally {
  if (options.keep === undefined) rmSync(base, { recursive: true, force: true });
  await vite.close();
}
process.exit(isSame ? 0 : 1);
