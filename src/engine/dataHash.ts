import { createHash } from 'node:crypto';
import type { Dataset } from '../data/dataset.ts';
import { elementCount } from '../ir/tensor.ts';

/**
 * SHA-256, in hexadecimal, of the samples `indices` with their targets, in this order: the dataset as used by a run.
 */
export function dataSha256({ inputs, targets }: Dataset, indices: Uint32Array): string {
  const fields = [...inputs, ...targets];
  const head = fields.map(({ name, kind, shape }) => ({ name, kind, shape }));
  const hash = createHash('sha256').update(JSON.stringify({ fields: head, samples: indices.length }));
  const sizes = fields.map(({ shape }) => elementCount(shape));
  for (const index of indices) {
    fields.forEach(({ data }, i) => {
      const size = sizes[i] as number;
      hash.update(data.subarray(index * size, (index + 1) * size));
    });
  }
  return hash.digest('hex');
}
