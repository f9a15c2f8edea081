import { describe, expect, it } from 'vitest';
import { batchBuffers, batchCount, batchesOf, epochOrder, fillBatch, type Samples } from './batches.ts';
import { type Field, labeledImages } from './dataset.ts';
import { stratifiedSplit } from './split.ts';

describe('stratifiedSplit', () => {
  const labels = Uint8Array.from({ length: 1003 }, (_, i) => (i * i) % 7);

  it('holds out the exact fraction of every class', () => {
    const { train, validation } = stratifiedSplit(labels, 0.2, 1);
    expect(validation.length).toBe(201);
    expect(new Set([...train, ...validation]).size).toBe(1003);
    for (const label of new Set(labels)) {
      const all = labels.filter((other) => other === label).length;
      const held = validation.filter((i) => labels[i] === label).length;
      expect(Math.abs(held - 0.2 * all)).toBeLessThanOrEqual(1);
    }
  });

  it('depends only on the seed', () => {
    expect(stratifiedSplit(labels, 0.2, 5)).toEqual(stratifiedSplit(labels, 0.2, 5));
    expect(stratifiedSplit(labels, 0.2, 5)).not.toEqual(stratifiedSplit(labels, 0.2, 6));
  });
});

describe('batches', () => {
  const data = labeledImages('d', [1, 1, 2], Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), Uint8Array.of(0, 1, 2, 3, 4));
  const half: Field = { name: 'half', kind: 'numbers', shape: [], data: Float32Array.of(0, 0.5, 1, 1.5, 2) };
  const [image, label] = [...data.inputs, ...data.targets] as [Field, Field];
  const samples: Samples = {
    count: 5,
    columns: [
      { input: 'x', dtype: 'float32', shape: [1, 1, 2], field: image },
      { input: 'target', dtype: 'int64', shape: [], field: label },
      { input: 'other/target', dtype: 'float32', shape: [1], field: half },
      { input: 'yes/target', dtype: 'float32', shape: [1], field: label },
    ],
  };

  it('contain every sample once, in a different order every epoch', () => {
    const indices = Uint32Array.from({ length: 100 }, (_, i) => 2 * i);
    const orders = [0, 1].map((epoch) => epochOrder(indices, 3, epoch));
    for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual([...indices]);
    expect(orders[0]).not.toEqual(orders[1]);
    expect(epochOrder(indices, 3, 1)).toEqual(orders[1]);
  });

  it('include a smaller last batch', () => {
    expect(batchCount(5, 2)).toBe(3);
    const batches = [...batchesOf(samples, Uint32Array.of(4, 3, 2, 1, 0), 2)];
    expect(batches.map(({ size }) => size)).toEqual([2, 2, 1]);
    expect(Object.fromEntries(batches[0]?.tensors ?? [])).toEqual({
      x: { dtype: 'float32', shape: [2, 1, 1, 2], data: Float32Array.of(8 / 255, 9 / 255, 6 / 255, 7 / 255) },
      target: { dtype: 'int64', shape: [2], data: BigInt64Array.of(4n, 3n) },
      'other/target': { dtype: 'float32', shape: [2, 1], data: Float32Array.of(2, 1.5) },
      'yes/target': { dtype: 'float32', shape: [2, 1], data: Float32Array.of(4, 3) },
    });
  });

  it('may be in buffers larger than the batch', () => {
    const batch = fillBatch(samples, Uint32Array.of(1), batchBuffers(4, samples));
    expect([batch.size, batch.tensors.get('x')?.data.length, batch.tensors.get('target')?.data.length]).toEqual([
      1, 2, 1,
    ]);
  });
});
