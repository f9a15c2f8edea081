import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fashionClasses, fashionFolder } from './fashionMnist.ts';

it('says where to get the files when no folder has them', async () => {
  await expect(fashionFolder(['/no/such/place', '/nor/this'])).rejects.toThrow(
    /not on this computer.*dataset-fashion-mnist.*\/nor\/this.*--data FOLDER/,
  );
});

it('refuses a damaged or incomplete copy and names the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fashion-'));
  try {
    await writeFile(join(folder, 't10k-labels-idx1-ubyte.gz'), 'not it');
    await expect(fashionFolder([folder])).rejects.toThrow('train-images-idx3-ubyte.gz');
    for (const name of ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3']) {
      await writeFile(join(folder, `${name}-ubyte.gz`), 'not it');
    }
    await expect(fashionFolder([folder])).rejects.toThrow('SHA-256 is not the published one');
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('names no classes of other labels', () => {
  expect(fashionClasses(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 1, 3]))).toBeNull();
});
