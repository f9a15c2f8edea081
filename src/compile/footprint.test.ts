import { expect, test } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { applyEdits } from '../graph/edits.ts';
import { defaultRecipe } from '../graph/recipe.ts';
import { CPU } from '../ir/target.ts';
import { costOf } from './footprint.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const graphOf = (doc: NetworkDocument): CheckedGraph => check(doc).graph as CheckedGraph;
const adam = { ...lenet, recipe: { ...defaultRecipe, optimizer: { ...defaultRecipe.optimizer, kind: 'adam' } } };

test('parameters, optimizer state and batch are counted exactly', () => {
  const { params } = check(lenet).totals;
  const { training, inference } = costOf(graphOf(adam as NetworkDocument), 32, CPU);
  expect(training.parameters).toBe(4 * params);
  expect(inference.parameters).toBe(4 * params);
  expect(inference.state).toBe(0);
  // Two tensors of Adam state per parameter, and a few scalars.
  expect(training.state).toBeGreaterThanOrEqual(8 * params);
  expect(training.state).toBeLessThan(8 * params + 100);
  // Pixels and int64 classes.
  expect(training.data).toBe(32 * (784 * 4 + 8));
  for (const part of [training, inference]) {
    const { peak, peakAt: _, ...parts } = part;
    expect(peak).toBe(Object.values(parts).reduce((a, b) => a + b, 0));
  }
});

test('training keeps at least all activations that the backward pass reads; prediction needs far less', () => {
  const activations = check(lenet).totals.activationBytes;
  const at = (batch: number) => costOf(graphOf(lenet), batch, CPU);
  const [small, large] = [at(64), at(256)];
  expect(large.training.live - small.training.live).toBeGreaterThan(0.5 * 192 * activations);
  expect(large.inference.live).toBeLessThan(large.training.live / 2);
  expect(large.movedBytes).toBeGreaterThan(2 * small.movedBytes);
  expect(large.ops).toBeGreaterThan(50);
});

test('frozen layers need no gradients and no optimizer state', () => {
  const frozen = applyEdits(adam as NetworkDocument, [{ kind: 'setFrozen', node: 'fc1', frozen: true }]);
  const [all, some] = [adam as NetworkDocument, frozen].map((doc) => costOf(graphOf(doc), 64, CPU).training);
  expect(some?.state).toBeLessThan(all?.state ?? 0);
  expect(some?.peak).toBeLessThan(all?.peak ?? 0);
});
