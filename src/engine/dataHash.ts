import { createHash } from 'node:crypto';
import type { Dataset } from '../data/dataset.ts';

/** SHA-256, in hexadecimal, of the samples `indices` with their labels, in that order: the data as a run uses it. */
export function dataSha256({ images, labels, shape, count }: Dataset, indices: Uint32Array): string {
  const size = images.length / count;
  const hash = createHash('sha256').update(JSON.stringify({ shape, samples: indices.length }));
  for (const index of indices) {
    hash.update(images.subarray(index * size, (index + 1) * size)).update(labels.subarray(index, index + 1));
  }
  return hash.digest('hex');
}
