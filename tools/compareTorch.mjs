// Netloom's training steps against PyTorch's eager ones, in one run: blocks of steps alternate, with a pause between
// them, since the threads of both sides spin for a while after a block. Same networks, same batch, SGD with momentum 0.9
// and decay 1e-4, cross-entropy. A tool for developers: needs python3 with torch; no test depends on it.
//
//   node tools/compareTorch.mjs [--rounds N] [--threads N] [--seconds S] [--targets] [--ours] [--json FILE]
//     [--python FILE] [--documents DIR] [ROW…]
//
// ROW is network:batch. --documents only writes the networks there, for `netloom bench` to measure memory.
// --targets times the portable forms too, --ours leaves PyTorch out. Ratios are PyTorch's time divided by Netloom's.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { root } from './paths.mjs';

process.env.ORT_DISABLE_TELEMETRY = '1';

/** @typedef {import('../src/engine/golden/networks.ts').ReferenceNetwork} Network */

const ROWS = [
  'mlp:256',
  'lenet_modern:32',
  'lenet_modern:64',
  'lenet_modern:256',
  'resnet20_cifar:32',
  'resnet18_d2l_cifar:32',
  'vgg11_quarter:32',
];
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '6' },
    seconds: { type: 'string', default: '0.6' },
    threads: { type: 'string', default: '2' },
    targets: { type: 'boolean', default: false },
    ours: { type: 'boolean', default: false },
    json: { type: 'string' },
    python: { type: 'string' },
    documents: { type: 'string' },
  },
});

/**
 * VGG-11 with a quarter of the channels and units, on 64x64.
 * @param {readonly Network[]} networks
 * @returns {Network}
 */
function vggQuarter(networks) {
  const vgg = /** @type {Network} */ (networks.find(({ id }) => id === 'vgg11_d2l'));
  const layers = vgg.layers.map((layer) => {
    const h = layer.hyperparameters;
    const scaled = Object.fromEntries(
      ['in_channels', 'out_channels', 'in_features', 'out_features']
        .filter((key) => key in h && h[key] !== 1 && h[key] !== 10)
        .map((key) => [key, Number(h[key]) / 4]),
    );
    return { ...layer, hyperparameters: { ...h, ...scaled } };
  });
  return { ...vgg, id: 'vgg11_quarter', input_shape: [1, 64, 64], layers };
}

const vite = await createServer({
  root,
  configFile: false,
  appType: 'custom',
  server: { middlewareMode: true, watch: null, ws: false },
  optimizeDeps: { noDiscovery: true },
});
/** @param {string} path @returns {Promise<any>} */
const load = (path) => vite.ssrLoadModule(join(root, path));

/**
 * PyTorch's process: `ask` sends a command and waits for its answer.
 * @param {string} python
 */
function openTorch(python) {
  const child = spawn(python, [join(root, 'tools/compareTorch.py'), options.threads], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /** @returns {Promise<any>} */
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('python3 ended before it answered');
    return JSON.parse(value);
  };
  return {
    hello: answer,
    /** @param {object} command */
    ask(command) {
      child.stdin.write(`${JSON.stringify(command)}\n`);
      return answer();
    },
    end: () => child.stdin.end(),
  };
}

/** @param {number[]} sorted @param {number} share */
const quantile = (sorted, share) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;

const [{ readNetworks, drawNetwork }, { openTraining }, builder, { defaultRecipe }] = await Promise.all(
  ['src/engine/golden/networks.ts', 'src/engine/measure.ts', 'src/ir/builder.ts', 'src/graph/document.ts'].map(load),
);
const file = /** @type {Network[]} */ (await readNetworks(join(root, 'testdata/networks.json')));
const networks = [...file, vggQuarter(file)];
const optimizer = { kind: 'sgd', learningRate: 1e-6, momentum: 0.9, weightDecay: 1e-4, nesterov: false };
const device = { provider: 'cpu', threads: Number(options.threads) };
if (options.documents !== undefined) {
  const { writeProject } = await load('src/graph/file.ts');
  mkdirSync(options.documents, { recursive: true });
  const names = new Set((positionals.length > 0 ? positionals : ROWS).map((row) => row.split(':')[0]));
  for (const network of networks.filter(({ id }) => names.has(id))) {
    const document = drawNetwork(network, { recipe: { ...defaultRecipe, optimizer } });
    const project = { document, weights: null, others: {} };
    writeFileSync(join(options.documents, `${network.id}.netloom`), writeProject(project));
  }
  process.exit(0);
}
const version = (await import('onnxruntime-node')).env.versions.common;

/** The first Python that has torch; the system's may be hidden by another one on the path. */
async function findTorch() {
  let error = '';
  for (const python of options.python === undefined ? ['python3', '/usr/bin/python3'] : [options.python]) {
    const torch = openTorch(python);
    const hello = await torch.hello().catch((reason) => ({ error: String(reason) }));
    if (hello.error === undefined) return { torch, hello };
    error = hello.error;
  }
  console.error(`python3 has no torch (${error}). On Debian: apt install python3-torch; or name a Python by --python.`);
  process.exit(1);
}
const { torch, hello } = options.ours ? { torch: null, hello: { version: '–' } } : await findTorch();
console.log(
  `PyTorch ${hello.version} eager (oneDNN ${hello.onednn ? 'on' : 'off'}) against onnxruntime ${version}, ` +
    `${options.threads} threads each. Another PyTorch version gives other ratios.`,
);

const rows = [];
for (const row of positionals.length > 0 ? positionals : ROWS) {
  const [id = '', size = '32'] = row.split(':');
  const network = networks.find((candidate) => candidate.id === id);
  if (network === undefined) throw new Error(`testdata/networks.json has no network '${id}'`);
  const batch = Number(size);
  const document = drawNetwork(network, { recipe: { ...defaultRecipe, optimizer } });
  /** @type {Record<string, (steps: number) => Promise<number[]>>} */
  const arms = {};
  const trainings = [];
  const targets = options.targets ? { netloom: undefined, portable: builder.CPU } : { netloom: undefined };
  for (const [name, target] of Object.entries(targets)) {
    const training = await openTraining(document, { batch, device, ...(target && { target }) });
    trainings.push(training);
    arms[name] = async (steps) => {
      const times = [];
      for (let i = 0; i < steps; i++) {
        const start = performance.now();
        await training.step();
        times.push(performance.now() - start);
      }
      return times;
    };
  }
  if (torch !== null) {
    await torch.ask({ do: 'open', network, batch });
    for (const format of ['nchw', 'channels_last']) {
      arms[`torch ${format}`] = async (steps) => (await torch.ask({ do: 'block', format, steps })).times;
    }
  }
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(Object.keys(arms).map((name) => [name, []]));
  /** @type {Record<string, number>} */
  const steps = {};
  for (const [name, run] of Object.entries(arms)) {
    const warm = await run(3);
    steps[name] = Math.max(2, Math.min(200, Math.round((Number(options.seconds) * 1e3) / Math.min(...warm))));
    await pause(100);
  }
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const [name, run] of Object.entries(arms)) {
      await pause(150);
      // The first step of a block wakes threads and caches.
      times[name]?.push(...(await run((steps[name] ?? 1) + 1)).slice(1));
    }
  }
  for (const training of trainings) await training.release();
  const result = Object.fromEntries(
    Object.entries(times).map(([name, list]) => {
      list.sort((a, b) => a - b);
      return [name, { medianMs: quantile(list, 0.5), p10Ms: quantile(list, 0.1), steps: list.length }];
    }),
  );
  const ours = /** @type {{ medianMs: number, p10Ms: number }} */ (result.netloom);
  const ratios = Object.fromEntries(
    Object.entries(result)
      .filter(([name]) => name !== 'netloom')
      .map(([name, { medianMs, p10Ms }]) => [name, { median: medianMs / ours.medianMs, p10: p10Ms / ours.p10Ms }]),
  );
  rows.push({ network: id, batch, result, ratios });
  const shown = Object.entries(result).map(
    ([name, { medianMs, p10Ms }]) => `${name} ${medianMs.toFixed(2)} (${p10Ms.toFixed(2)})`,
  );
  const compared = Object.entries(ratios).map(
    ([name, { median, p10 }]) => `${name} ${median.toFixed(2)} (${p10.toFixed(2)})`,
  );
  console.log(`${row}: ms median (p10): ${shown.join(', ')}; ratio to netloom: ${compared.join(', ')}`);
}
torch?.end();
if (options.json !== undefined) {
  const report = { torch: hello, onnxruntime: version, threads: Number(options.threads), rows };
  writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
}
process.exit(0);
