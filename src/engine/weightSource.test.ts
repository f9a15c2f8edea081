import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { matchWeights, type NamedShape } from '../plan/matchWeights.ts';
import { readWeightSource, takenWeights } from './weightSource.ts';

const file = (name: string): string => fileURLToPath(new URL(`../../testdata/weights/${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'netloom-weights-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The network of the files, with names of our own for its first layers. */
const targets: readonly NamedShape[] = [
  { name: 'conv1/weight', shape: [2, 1, 3, 3] },
  { name: 'bn1/weight', shape: [2] },
  { name: 'bn1/bias', shape: [2] },
  { name: 'bn1/running_mean', shape: [2] },
  { name: 'bn1/running_var', shape: [2] },
  { name: 'fc/weight', shape: [8, 8] },
  { name: 'fc/bias', shape: [8] },
];

async function taken(name: string): Promise<Readonly<Record<string, readonly number[]>>> {
  const source = await readWeightSource(file(name));
  const weights = takenWeights(matchWeights(targets, source.tensors), source);
  return Object.fromEntries([...weights].map(([key, { data }]) => [key, Array.from(data as Float32Array)]));
}

describe('weights that PyTorch wrote', () => {
  it('are all taken from its state dict', async () => {
    const found = await taken('torch.safetensors');
    expect(Object.keys(found)).toEqual(targets.map(({ name }) => name));
    expect(found['bn1/running_var']?.every((value) => value >= 0)).toBe(true);
    expect(new Set(found['fc/weight']).size).toBeGreaterThan(20);
  });

  it.each(['half.safetensors', 'torch.onnx'])('are the same in %s', async (name) => {
    expect(await taken(name)).toEqual(await taken('torch.safetensors'));
  });

  it('are turned where the model keeps a square matrix as [inputs, outputs]', async () => {
    const [whole, turned] = [await taken('torch.safetensors'), await taken('matmul.onnx')];
    expect(turned['fc/weight']).toEqual(whole['fc/weight']);
  });
});

it.each<[string, string | Uint8Array, RegExp]>([
  ['nothing', '', /empty\.bin/],
  ['text', 'weights', /text\.bin/],
  ['a cut-off safetensors file', Uint8Array.of(200, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x22), /cut\.bin/],
  ['damaged ONNX', Uint8Array.of(8, 7, 58, 200, 1), /damaged\.bin/],
])('a file with %s is refused by its name', async (_, content, message) => {
  const path = join(folder, String(message).replace(/[/\\]/g, ''));
  writeFileSync(path, content);
  await expect(readWeightSource(path)).rejects.toThrow(message);
});

it('a missing file and a folder are refused', async () => {
  await expect(readWeightSource(join(folder, 'nowhere'))).rejects.toThrow('There is no file');
  await expect(readWeightSource(folder)).rejects.toThrow('folder');
});
