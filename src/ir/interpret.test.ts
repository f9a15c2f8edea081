import { expect, it } from 'vitest';
import { Builder } from './builder.ts';
import type { Dense } from './dense.ts';
import { interpret } from './interpret.ts';
import { floatTensor } from './tensor.ts';

const dense = (shape: number[], data: number[]): Dense => ({ shape, data: Float64Array.from(data) });

/** x [N, 2] + z [N, 1] · 10 → y with a constant 10. */
function program() {
  const g = new Builder('sum');
  const x = g.input('x', 'float32', ['N', 2], { kind: 'data' });
  const z = g.input('z', 'float32', ['N', 1], { kind: 'data' });
  const y = g.add(x, g.mul(z, g.constant(floatTensor([], [10]))));
  return g.finish([{ value: y, role: { kind: 'prediction' }, name: 'y' }]);
}

it('evaluates a program for any batch, in float64', () => {
  const feeds = { x: dense([1, 2], [1e-12, 2]), z: dense([1, 1], [1]) };
  expect(interpret(program(), feeds)).toEqual({ y: dense([1, 2], [10 + 1e-12, 12]) });
  const larger = { x: dense([2, 2], [1, 2, 3, 4]), z: dense([2, 1], [1, 2]) };
  expect(interpret(program(), larger)).toEqual({ y: dense([2, 2], [11, 12, 23, 24]) });
});

it.each([
  ['no feed', { x: dense([1, 2], [1, 2]) }, "there is no feed for 'z'"],
  ['a wrong size', { x: dense([1, 3], [1, 2, 3]), z: dense([1, 1], [1]) }, "the feed has 'x' as [1, 3]"],
  ['two batch sizes', { x: dense([2, 2], [1, 2, 3, 4]), z: dense([1, 1], [1]) }, "the feed has 'z' as [1, 1]"],
  ['too few numbers', { x: dense([1, 2], [1]), z: dense([1, 1], [1]) }, "'x' as [1, 2] with 1 numbers"],
])('refuses %s', (_, feeds: Record<string, Dense>, message) => {
  expect(() => interpret(program(), feeds)).toThrow(message);
});
