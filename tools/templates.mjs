// Every template at its full input size: compiled, loaded, one prediction, training steps with a falling loss, and the
// proof of its export. src/engine/templateRuns.test.ts covers the small ones; the largest networks need some 4 GB and
// minutes.
//
//   node tools/templates.mjs [--steps N] [--threads N] [--rate X] [--batch N] [ID…]
//
// Exit code 1 when a loss does not fall, a number is not finite or an export differs by 1e-5 of its
// largest number or more.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { root } from './paths.mjs';

process.env.ORT_DISABLE_TELEMETRY = '1';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    steps: { type: 'string', default: '3' },
    threads: { type: 'string', default: `${availableParallelism()}` },
    rate: { type: 'string', default: '0.001' },
    batch: { type: 'string' },
  },
});

const vite = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true, include: [] },
});
const { templates, templateOf } = /** @type {typeof import('../templates/index.ts')} */ (
  await vite.ssrLoadModule('/templates/index.ts')
);
const { predictionsOf, exportError, lossesOf } = /** @type {typeof import('../src/engine/learning.ts')} */ (
  await vite.ssrLoadModule('/src/engine/learning.ts')
);

const device = /** @type {const} */ ({ provider: 'cpu', threads: Number(options.threads) });
const wanted = positionals.length > 0 ? positionals.map((id) => templateOf(id) ?? id) : templates;
let failed = 0;
for (const template of wanted) {
  if (typeof template === 'string') throw new Error(`no template '${template}'`);
  const { id, family, document } = template;
  // Batch norm over two samples leaves nothing but signs; two are enough for images with many positions.
  const batch = Number(options.batch ?? (['linear', 'mlp', 'lenet'].includes(family) ? 8 : 2));
  const started = performance.now();
  const answers = await predictionsOf(document, 1, device);
  const steps = { batch, steps: Number(options.steps), learningRate: Number(options.rate), device };
  const losses = await lossesOf(document, steps);
  const error = await exportError(document, device);
  const proved = error < 1e-5;
  const finite = [...answers.values()].every((answer) => answer.finite) && losses.every(Number.isFinite);
  const fell = /** @type {number} */ (losses.at(-1)) < /** @type {number} */ (losses[0]);
  const ok = finite && fell && proved;
  if (!ok) failed++;
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
  const words = losses.map((loss) => loss.toFixed(4)).join(' → ');
  console.log(
    `${ok ? 'ok    ' : 'FAILED'} ${seconds} s  ${id.padEnd(28)} ${words}, export differs by ${error.toExponential(1)}`,
  );
}
await vite.close();
process.exit(failed > 0 ? 1 : 0);
