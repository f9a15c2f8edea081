// Trains the networks that ship with the app, on the embedded digits: node tools/pretrained.mjs writes pretrained/. The
// settings and seeds are those in pretrained/README.md; the same build on the same processor gives the same bits.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { root } from './paths.mjs';

const settings = [
  ...['--lr', '0.002', '--batch', '64', '--seed', '1', '--threads', '1'],
  ...['--set', 'recipe.optimizer.kind=adamw', '--set', 'recipe.optimizer.weightDecay=0.05'],
  ...['--set', 'recipe.schedule.kind=cosine'],
];
/** Moves and stretches the digits, so that the features serve other images, too. */
const transforms = [
  {
    type: 'RandomAffine',
    degrees: [-15, 15],
    translate: [0.1, 0.1],
    scale: [0.7, 1.4],
    shear: [-10, 10],
  },
];

const networks = [
  { id: 'lenet_digits', template: 'lenet_modern', epochs: 10 },
  { id: 'bn_lenet_digits', template: 'bn_lenet_pad2', epochs: 10 },
];

/** @param {string[]} args */
function netloom(...args) {
  const { status } = spawnSync(process.execPath, [join(root, 'bin', 'netloom.mjs'), ...args], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

/**
 * Network and weights alone: the run, with the state of the optimizer, would be four times as large.
 * @param {Uint8Array} bytes
 */
function withoutRun(bytes) {
  const entries = unzipSync(bytes);
  const network = JSON.parse(Buffer.from(entries['network.json'] ?? []).toString());
  // Whoever opens it brings other data and settings.
  delete network.data.transforms;
  const json = Buffer.from(JSON.stringify(network));
  return zipSync(
    { 'network.json': json, 'weights.safetensors': entries['weights.safetensors'] ?? json },
    { mtime: '2020-01-01' },
  );
}

const folder = mkdtempSync(join(tmpdir(), 'netloom-pretrained-'));
try {
  const list = join(folder, 'transforms.json');
  writeFileSync(list, JSON.stringify(transforms));
  for (const { id, template, epochs } of networks) {
    const trained = join(folder, `${id}.netloom`);
    netloom('train', template, '--epochs', String(epochs), '--transforms', list, ...settings, '-o', trained);
    const file = join(root, 'pretrained', `${id}.netloom`);
    writeFileSync(file, withoutRun(readFileSync(trained)));
    netloom('evaluate', file);
  }
} finally {
  rmSync(folder, { recursive: true });
}
