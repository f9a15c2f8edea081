import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initialParameters } from '../compile/initialize.ts';
import { emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { defaultOptimizers, defaultRecipe } from '../graph/recipe.ts';
import { readSafetensors, type SafeTensor, writeSafetensors } from '../graph/safetensors.ts';
import { readCheckpoint } from './checkpoint.ts';
import { checkedGraph } from './network.ts';
import { CPU_DEVICE } from './session.ts';
import { exportTorch } from './torchExport.ts';
import { importTorch } from './torchImport.ts';
import { isTorchProject, readTorchProject } from './torchProject.ts';
import { readWeights } from './weights.ts';

const folder = mkdtempSync(join(tmpdir(), 'netloom-torch-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

const document: NetworkDocument = {
  ...emptyDocument,
  nodes: [
    { id: 'a', layer: 'input', name: 'in', config: { shape: [1, 5, 5] }, position: { x: 0, y: 0 } },
    {
      id: 'b',
      layer: 'conv2d',
      name: 'lambda',
      config: { outChannels: 2, kernelSize: [1, 1] },
      position: { x: 0, y: 0 },
    },
    { id: 'c', layer: 'batchNorm2d', name: '规范化', config: {}, position: { x: 0, y: 0 } },
    { id: 'd', layer: 'regression', name: 'out', config: {}, position: { x: 0, y: 0 } },
  ],
  edges: ['ab', 'bc', 'cd'].map(([from = '', to = '']) => ({
    id: from,
    from: { node: from, port: 'y' },
    to: { node: to, port: 'x' },
  })),
  data: { ...emptyDocument.data, source: 'none' },
  recipe: { ...defaultRecipe, optimizer: defaultOptimizers.adam, keepBest: true },
};

const graph = checkedGraph(document);
const weights = initialParameters(graph, 7);
const project = join(folder, 'project');

beforeAll(async () => {
  const { files } = await exportTorch({ graph, weights, data: { en: '', zh: '' }, device: CPU_DEVICE });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), bytes);
  }
});

/** The file with texts in its header. */
function withMetadata(bytes: Uint8Array, metadata: Record<string, string>): Uint8Array {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  const text = new TextEncoder().encode(JSON.stringify({ __metadata__: metadata, ...header }));
  const size = new Uint8Array(8);
  new DataView(size.buffer).setBigUint64(0, BigInt(text.length), true);
  return Uint8Array.from([...size, ...text, ...bytes.subarray(8 + length)]);
}

const metrics = (loss: number) => ({ loss, accuracy: null });
const epochs = [0.5, 0.2, 0.3].map((loss, i) => ({
  epoch: i + 1,
  train: metrics(loss),
  validation: metrics(loss),
  seconds: 1,
}));
const progress = { epochs, step: 6, best: 2, of: 3, batch_size: 16 };

/** A checkpoint as train.py writes it: weights times `scale`, the best ones with the sign changed. */
function writeCheckpointFile(given: object = progress, scale = 2): void {
  const tensors = new Map<string, SafeTensor>();
  const held = readSafetensors(readFileSync(join(project, 'weights.safetensors')), 'weights');
  for (const [key, tensor] of held) {
    if (tensor.dtype !== 'F32') continue;
    tensors.set(`model/${key}`, { ...tensor, data: tensor.data.map((value) => scale * value) });
    tensors.set(`best/${key}`, { ...tensor, data: tensor.data.map((value) => -value) });
  }
  const moment = { dtype: 'F32', shape: [2, 1, 1, 1], data: Float32Array.of(0.25, 0.5) } as const;
  tensors.set('optimizer/lambda2.weight/exp_avg', moment);
  tensors.set('optimizer/lambda2.weight/step', { dtype: 'F32', shape: [], data: Float32Array.of(6) });
  mkdirSync(join(project, 'runs'), { recursive: true });
  const file = withMetadata(writeSafetensors(tensors), { progress: JSON.stringify(given) });
  writeFileSync(join(project, 'runs/checkpoint.safetensors'), file);
}

const data = (bytes: Uint8Array, name: string) => [...(readWeights(bytes, '').get(name)?.data ?? [])];

describe('a PyTorch project', () => {
  it('returns its weights bit by bit under their names on the canvas', async () => {
    const { weights: bytes, document: back, progress: none } = await importTorch(project);
    expect(none).toBeNull();
    expect(back).toEqual(document);
    for (const [name, { data: values }] of weights) expect(data(bytes, name)).toEqual([...values]);
  });

  it('returns a run with its curves, its optimizer state and the best weights', async () => {
    writeCheckpointFile();
    const steps = { step: [1, 2, 6, 7], loss: [1, 2, 3, 4], accuracy: [null, 1, 1, 1], learning_rate: [1, 1, 1, 1] };
    writeFileSync(join(project, 'runs/history.json'), JSON.stringify({ ...progress, steps }));
    const { weights: bytes, run, document: back } = await importTorch(project);
    expect(back.recipe).toMatchObject({ epochs: 3, batchSize: 16 });
    // The run is complete, and the document keeps the best epoch.
    expect(data(bytes, 'lambda/weight')).toEqual(
      [...(weights.get('lambda/weight')?.data ?? [])].map((value) => -Number(value)),
    );
    const checkpoint = readCheckpoint(run);
    expect(checkpoint?.progress).toMatchObject({ step: 6, epoch: 3, best: 2, history: epochs });
    expect([...(checkpoint?.curves.points.step ?? [])]).toEqual([1, 2, 6]);
    expect(checkpoint?.state.get('adam/lambda/weight/m')).toMatchObject({
      shape: [2],
      data: Float32Array.of(0.25, 0.5),
    });
  });

  it('hands out the last weights of a run that is not complete', async () => {
    writeCheckpointFile({ ...progress, of: 5 });
    const { weights: bytes } = await importTorch(join(project, 'runs/checkpoint.safetensors'));
    expect(data(bytes, 'lambda/weight')).toEqual(
      [...(weights.get('lambda/weight')?.data ?? [])].map((value) => 2 * Number(value)),
    );
  });

  it.each([
    ['not finite', () => writeCheckpointFile(progress, Number.POSITIVE_INFINITY), 'contains NaN or infinity'],
    ['without progress that can be read', () => writeCheckpointFile({ ...progress, step: -1 }), 'cannot be read: step'],
    [
      'without some weights',
      () =>
        writeFileSync(
          join(project, 'runs/checkpoint.safetensors'),
          writeSafetensors(new Map([['lambda2.bias', { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) }]])),
        ),
      'lambda/weight, ',
    ],
    ['cut off', () => writeFileSync(join(project, 'runs/checkpoint.safetensors'), 'x'), 'not a valid safetensors file'],
  ])('is refused if %s', async (_, write, message) => {
    write();
    await expect(importTorch(project)).rejects.toThrow(message);
  });

  it('is needed for weights and folders', async () => {
    mkdirSync(join(folder, 'empty/a/b/c'), { recursive: true });
    writeFileSync(join(folder, 'empty/a/b/c/w.safetensors'), 'x');
    await expect(importTorch(join(folder, 'empty'))).rejects.toThrow('is no PyTorch project');
    await expect(importTorch(join(folder, 'empty/a/b/c/w.safetensors'))).rejects.toThrow(
      'belongs to no PyTorch project',
    );
  });
});

describe('a project opened in the window', () => {
  it.each([
    ['its folder', '', true],
    ['its weights', 'weights.safetensors', true],
    ['weights in its folder for runs', 'runs/anything.safetensors', true],
    ['another file of it', 'model.py', false],
    ['the folder above', '..', false],
    ['weights outside', '../other.safetensors', false],
    ['a missing folder', 'none', false],
  ])('%s', async (_, path, expected) => {
    expect(await isTorchProject(join(project, path))).toBe(expected);
  });

  it('is a new network with the weights of the project, and says where they come from', async () => {
    const opened = await readTorchProject(join(project, 'weights.safetensors'));
    expect(opened.document.nodes.map(({ name }) => name)).toEqual(document.nodes.map(({ name }) => name));
    expect(readWeights(opened.weights as Uint8Array, 'weights')).toEqual(weights);
    expect(opened.imported).toEqual([{ en: 'Weights of “weights.safetensors”', zh: '权重来自“weights.safetensors”' }]);
  });
});
