import { expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { defaultOptimizers } from '../graph/recipe.ts';
import { memoryLimit, needMemory, trainingBytes, weightBytes } from './memory.ts';

const mlp = templateOf('mlp')?.document as NetworkDocument;
const graphOf = (recipe: Partial<NetworkDocument['recipe']>) =>
  check({ ...mlp, recipe: { ...mlp.recipe, ...recipe } }).graph as CheckedGraph;

it('counts weights, and the additional memory of training', () => {
  expect(weightBytes(graphOf({}))).toBe(4 * 203_530);
  const [small, large] = [1, 101].map((batchSize) => trainingBytes(graphOf({ batchSize }), 8000));
  // Each of 100 more samples adds 784 inputs, 784 flattened values, 256 twice and 10.
  expect((large as number) - (small as number)).toBeGreaterThanOrEqual(100 * 4 * (784 + 784 + 256 + 256 + 10));
  const adam = trainingBytes(graphOf({ batchSize: 1, optimizer: defaultOptimizers.adam }), 8000);
  expect(adam - (small as number)).toBe(2 * 4 * 203_530);
  // A batch has at most all samples.
  expect(trainingBytes(graphOf({ batchSize: 1_000_000 }), 8000)).toBe(
    trainingBytes(graphOf({ batchSize: 8000 }), 8000),
  );
});

it.each([
  [4e12, 25e9, /at least 4 TB of memory, but this computer has 25 GB/],
  [25_000_000_001, 25e9, /at least 25 GB/],
  [4e18, 8e9, /at least 4 EB of memory, but this computer has 8 GB/],
])('%d of %d bytes are refused', (bytes, limit, message) => {
  expect(() => needMemory(bytes, limit)).toThrow(message);
});

it('accepts what fits', () => {
  expect(() => needMemory(memoryLimit())).not.toThrow();
  expect(memoryLimit()).toBeGreaterThan(1e8);
});
