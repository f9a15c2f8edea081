import { createHash } from 'node:crypto';
import type { Dataset } from '../data/dataset.ts';
import { elementCount } from '../ir/tensor.ts';
import { DIGEST, FORMAT } from './data/decodedCache.ts';

/**
 * SHA-256, in hexadecimal, of the samples `indices` with their targets, in this order: the dataset as used by a run. Images of files
 * count by the content of the files and by the way they are decoded, so that the hash is known before their pixels.
 */
export function dataSha256({ inputs, targets, digests, image }: Dataset, indices: Uint32Array): string {
  const all = [...inputs, ...targets];
  const head = all.map(({ name, kind, shape }) => ({ name, kind, shape }));
  const files = digests === undefined ? {} : { files: { fit: image?.fit, decoder: FORMAT } };
  const hash = createHash('sha256').update(JSON.stringify({ fields: head, samples: indices.length, ...files }));
  const fields = digests === undefined ? all : all.filter(({ kind }) => kind !== 'bytes');
  const sizes = fields.map(({ shape }) => elementCount(shape));
  for (const index of indices) {
    if (digests !== undefined) hash.update(digests.subarray(index * DIGEST, (index + 1) * DIGEST));
    fields.forEach(({ data }, i) => {
      const size = sizes[i] as number;
      hash.update(data.subarray(index * size, (index + 1) * size));
    });
  }
  return hash.digest('hex');
}
