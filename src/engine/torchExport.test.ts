import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { type Config, emptyDocument, type NetworkDocument, type Recipe } from '../graph/document.ts';
import { defaultOptimizers, defaultRecipe, defaultSchedules } from '../graph/recipe.ts';
import { readSafetensors } from '../graph/safetensors.ts';
import { openDataset } from './files.ts';
import { torchSteps, withoutDropout } from './golden/torchSteps.ts';

/** Python with torch and safetensors: that of NETLOOM_PYTHON, or python3; null where there is none. */
function findPython(): string | null {
  const python = process.env.NETLOOM_PYTHON ?? 'python3';
  try {
    execFileSync(python, ['-c', 'import torch, torchvision, safetensors'], { stdio: 'ignore', timeout: 60_000 });
    return python;
  } catch {
    console.warn(
      `No PyTorch: “${python}” has no torch, torchvision and safetensors, so exported projects are NOT run.`,
    );
    console.warn('Set NETLOOM_PYTHON to a Python that has them.');
    return null;
  }
}
const python = findPython();

const folder = mkdtempSync(join(tmpdir(), 'netloom-torch-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const files = {
  data: fileURLToPath(new URL('../../out/data', import.meta.url)),
  batches: '',
  opening: '',
  describing: '',
  worker: '',
};

type Row = readonly [layer: string, name: string, config?: Config];

function chain(rows: readonly Row[], more: Partial<NetworkDocument> = {}): NetworkDocument {
  const nodes = rows.map(([layer, name, config = {}], i) => ({
    id: `n${i}`,
    layer,
    name,
    config,
    position: { x: 0, y: 0 },
  }));
  const edges = nodes
    .slice(1)
    .map(({ id }, i) => ({ id, from: { node: `n${i}`, port: 'y' }, to: { node: id, port: 'x' } }));
  const data = { ...emptyDocument.data, source: 'none' };
  return { ...emptyDocument, nodes, edges, data, ...more };
}

const image: Row = ['input', 'image', { shape: [4, 9, 11] }];
const scores: readonly Row[] = [
  ['flatten', 'flat'],
  ['linear', 'fc', { outFeatures: 3 }],
];
const ofLayer = (row: Row): NetworkDocument =>
  chain([image, ['conv2d', 'first', { outChannels: 4 }], row, ...scores, ['classifier', 'out', { classes: 3 }]]);

/** Layers in settings in which programs differ. */
const layers: readonly Row[] = [
  ['conv2d', 'a', { outChannels: 6, kernelSize: [4, 2], padding: 'same', dilation: [1, 2], groups: 2 }],
  [
    'convTranspose2d',
    'a',
    { outChannels: 6, kernelSize: [3, 2], stride: [2, 3], padding: [1, 0], outputPadding: [1, 2], groups: 2 },
  ],
  ['maxPool2d', 'a', { kernelSize: [3, 2], stride: [2, 3], padding: [1, 1], ceilMode: true }],
  ['maxPool2d', 'a', { kernelSize: [2, 3], stride: [1, 2], dilation: [3, 2] }],
  ['avgPool2d', 'a', { kernelSize: [3, 3], stride: [2, 2], padding: [1, 1], ceilMode: true, countIncludePad: false }],
  ['avgPool2d', 'a', { kernelSize: [3, 2], stride: [2, 2], padding: [1, 0], ceilMode: true }],
  ['adaptiveAvgPool2d', 'a', { outputSize: [3, 4] }],
  ['batchNorm2d', 'a', { momentum: 0.3, eps: 1e-3 }],
  ['batchNorm2d', 'a', { affine: false }],
  ['layerNorm', 'a', { axes: 2, eps: 1e-4 }],
  ['groupNorm', 'a', { groups: 2 }],
  ['localResponseNorm', 'a', { size: 4, alpha: 0.5, k: 1 }],
  ['zeroPad2d', 'a', { before: [1, -1], after: [0, 3] }],
  ['upsample', 'a', { scale: [1.7] }],
  ['upsample', 'a', { mode: 'bilinear', scale: [1.5, 2], alignCorners: true }],
  ['upsample', 'a', { mode: 'bilinear', by: 'size', size: [5, 13] }],
  ['reshape', 'a', { shape: [7, 9, 4] }],
  ['softmax', 'a', { axis: -1 }],
  ['logSoftmax', 'a', { axis: 1 }],
  ['prelu', 'a', { slopes: 'channel' }],
  ['softplus', 'a', { beta: 3, threshold: 1 }],
  ['gelu', 'a', { approximate: 'tanh' }],
  ['elu', 'a', { alpha: 0.5 }],
  ['leakyRelu', 'a', { negativeSlope: 0.2 }],
  ['relu6', 'a'],
  ['hardsigmoid', 'a'],
  ['hardswish', 'a'],
  ['silu', 'a'],
  ['step', 'a'],
];

const rows: readonly Row[] = [
  ['input', 'x', { shape: [5] }],
  ['linear', 'fc', { outFeatures: 3 }],
];
const losses: readonly Row[] = [
  ['classifier', 'out', { classes: 3, labelSmoothing: 0.2, classWeights: [1, 2.5, 0.5] }],
  ['classifier', 'out', { classes: 3, ignoreIndex: 1, lossWeight: 0.5 }],
  ['classifier', 'out', { classes: 3, loss: 'multiMargin' }],
  ['binaryClassifier', 'out', { positiveWeight: 3 }],
  ['binaryClassifier', 'out', { loss: 'hinge', margin: 0.7 }],
  ['binaryClassifier', 'out', { loss: 'perceptron' }],
  ['regression', 'out', { loss: 'smoothL1', threshold: 0.3 }],
  ['regression', 'out', { loss: 'huber', threshold: 0.3 }],
  ['regression', 'out', { loss: 'l1' }],
];

const { sgd, adam, adamw, rmsprop, adagrad } = defaultOptimizers;
const recipes: readonly Partial<Recipe>[] = [
  { optimizer: { ...sgd, momentum: 0.9, dampening: 0.2, weightDecay: 0.01 }, clip: { kind: 'norm', maxNorm: 0.1 } },
  { optimizer: { ...sgd, momentum: 0.9, nesterov: true }, clip: { kind: 'value', clipValue: 0.01 } },
  {
    optimizer: { ...adam, amsgrad: true, weightDecay: 0.1 },
    schedule: { kind: 'exponential', unit: 'step', gamma: 0.5 },
  },
  { optimizer: { ...adamw, weightDecay: 0.1 }, decayBiasAndNorm: false },
  {
    optimizer: { ...rmsprop, momentum: 0.5, centered: true },
    schedule: { ...defaultSchedules.multistep, unit: 'step', milestones: [2, 1] },
  },
  { optimizer: { ...adagrad, lrDecay: 0.1, initialAccumulator: 0.1 } },
  {
    groups: [{ match: 'fc/w', learningRateScale: 0.1, weightDecay: 0.3 }],
    schedule: { kind: 'cosine', unit: 'step', etaMin: 0.02 },
    epochs: 2,
  },
  { schedule: { kind: 'warmupCosine', unit: 'step', warmupSteps: 2, startFactor: 0.1, etaMin: 0.01 }, epochs: 2 },
  { optimizer: { ...sgd, momentum: 0.9 }, schedule: { ...defaultSchedules.oneCycle }, epochs: 2 },
  {
    optimizer: adam,
    schedule: { ...defaultSchedules.oneCycle, threePhase: true, anneal: 'linear', maxLr: 0.01 },
    epochs: 2,
  },
];

const cases: readonly (readonly [name: string, document: NetworkDocument])[] = [
  ...layers.map((row): [string, NetworkDocument] => [`${row[0]} ${JSON.stringify(row[2] ?? {})}`, ofLayer(row)]),
  ...losses.map((row): [string, NetworkDocument] => [`${row[0]} ${JSON.stringify(row[2])}`, chain([...rows, row])]),
  ...recipes.map((recipe): [string, NetworkDocument] => [
    JSON.stringify(recipe),
    chain([...rows, ['classifier', 'out', { classes: 3 }]], { recipe: { ...defaultRecipe, ...recipe } }),
  ]),
  ['lenet_modern on the digits', (templateOf('lenet_modern') as { document: NetworkDocument }).document],
  ['bn_lenet on the digits', (templateOf('bn_lenet') as { document: NetworkDocument }).document],
];

interface Answer {
  readonly error?: string;
  readonly parameters: number;
  /** Parts that are farther from PyTorch than rounding explains. */
  readonly wrong: readonly string[];
}

/** Outputs and losses of PyTorch 2.6 for the project of lenet_modern, kept so that a computer without it tests them too. */
const golden = JSON.parse(
  readFileSync(new URL('../../testdata/pytorch/lenet_modern.json', import.meta.url), 'utf8'),
) as {
  readonly outputs: readonly number[];
  readonly losses: readonly number[];
};

describe('exported projects', () => {
  it('hold the outputs that PyTorch computes', async () => {
    const { document } = templateOf('lenet_modern') as { document: NetworkDocument };
    const data = await openDataset('mnist', files);
    const { project, losses } = await torchSteps({ document, data, batch: 8, steps: 3 });
    const proof = readSafetensors(project.files.get('proof.safetensors') as Uint8Array, 'proof');
    const outputs = [...(proof.get('output/000/classes')?.data ?? [])].map(Number);
    expect(outputs.length).toBe(golden.outputs.length);
    for (const [i, value] of outputs.entries()) expect(value).toBeCloseTo(golden.outputs[i] as number, 5);
    for (const [i, loss] of losses.entries()) expect(loss).toBeCloseTo(golden.losses[i] as number, 4);
  });

  it.runIf(python !== null)('compute and train in PyTorch as in Netloom', { timeout: 120_000 }, async () => {
    const parameters: number[] = [];
    for (const [i, [, document]] of cases.entries()) {
      const data = await openDataset(document.data.source, files, document.data).catch(() => ({ en: '', zh: '' }));
      const { project, files: steps } = await torchSteps({
        document: withoutDropout(document),
        data,
        batch: 3,
        steps: 3,
      });
      parameters.push(project.parameters);
      for (const [path, bytes] of [...project.files, ...steps]) {
        const target = join(folder, `${i}`, path);
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, bytes);
      }
    }
    const script = fileURLToPath(new URL('../../tools/comparePytorch.py', import.meta.url));
    const output = execFileSync(python ?? '', [script, ...cases.map((_, i) => join(folder, `${i}`))], {
      encoding: 'utf8',
    });
    const answers = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer);
    cases.forEach(([name], i) => {
      const { error, ...answer } = answers[i] as Answer;
      expect(error, name).toBeUndefined();
      expect(answer, name).toMatchObject({ parameters: parameters[i], wrong: [] });
    });
  });
});
