import { expect, it } from 'vitest';
import { Builder } from '../ir/builder.ts';
import { interpret } from '../ir/interpret.ts';
import type { Program, Value } from '../ir/program.ts';
import { CPU, type Target, WEBGPU } from '../ir/target.ts';
import { elementCount } from '../ir/tensor.ts';
import { verifyProgram } from '../ir/verify.ts';
import { random } from '../random/philox.ts';
import { backward } from './backward.ts';

type Row = readonly [
  what: string,
  x: readonly number[],
  kernel: readonly number[],
  strides: readonly number[],
  pads: readonly number[],
  dilations?: readonly number[],
];

const rows: readonly Row[] = [
  ['tiles', [2, 3, 6, 8], [2, 2], [2, 2], [0, 0, 0, 0]],
  ['tiles, cells left over', [2, 2, 7, 9], [2, 2], [2, 2], [0, 0, 0, 0]],
  ['overlapping', [2, 2, 7, 7], [3, 3], [2, 2], [0, 0, 0, 0]],
  ['overlapping, padded', [2, 2, 8, 9], [3, 3], [2, 2], [1, 1, 1, 1]],
  ['at every cell, padded', [1, 3, 5, 6], [3, 3], [1, 1], [1, 1, 1, 1]],
  ['padded on one side', [1, 2, 5, 6], [2, 2], [2, 2], [0, 0, 1, 0]],
  ['5x5 at every second cell', [1, 2, 11, 10], [5, 5], [2, 2], [2, 2, 2, 2]],
  ['wide windows', [1, 2, 6, 9], [1, 3], [1, 2], [0, 1, 0, 1]],
  ['tall windows', [1, 2, 9, 4], [4, 1], [3, 1], [1, 0, 2, 0]],
  ['gaps between windows', [1, 2, 9, 8], [2, 1], [3, 2], [0, 0, 0, 0]],
  ['one window', [2, 2, 4, 3], [4, 3], [4, 3], [0, 0, 0, 0]],
  ['many taps side by side', [1, 1, 2, 70], [1, 70], [1, 70], [0, 0, 0, 0]],
  ['one axis', [2, 2, 9], [3], [2], [1, 1]],
  ['dilated', [2, 2, 9, 8], [3, 2], [2, 1], [1, 0, 1, 0], [2, 3]],
  ['dilated, one axis', [1, 2, 12], [4], [3], [1, 1], [2]],
];

/** The gradient with respect to x for an arbitrary gradient of y. */
function gradient([, shape, kernel, strides, pads, dilations]: Row, target: Target): { program: Program; y: Value } {
  const g = new Builder('pool', target);
  const x = g.input('x', 'float32', shape, { kind: 'data' });
  const y = g.maxPool(x, { kernel, strides, pads, ...(dilations && { dilations }) });
  const up = g.input('up', 'float32', y.shape, { kind: 'data' });
  const loss = g.reduceSum(
    g.mul(y, up),
    y.shape.map((_, axis) => axis),
  );
  const dx = backward(g, loss, [x]).get(x) as Value;
  return { program: g.finish([{ name: 'dx', value: dx, role: { kind: 'prediction' } }]), y };
}

it.each(rows.map((row) => [row[0], row] as const))('the search finds the elements at the indices: %s', (what, row) => {
  const [, shape] = row;
  const [byIndices, bySearch] = [gradient(row, CPU), gradient(row, WEBGPU)];
  expect(verifyProgram(bySearch.program)).toEqual([]);
  expect(bySearch.program.ops.map(({ op }) => op)).not.toContain('MaxUnpool');
  expect(bySearch.program.ops.every(({ op, outputs }) => op !== 'MaxPool' || outputs.length === 1)).toBe(true);
  const rng = random(3, what);
  // Negative values are below the zeros of padding; few distinct values make many ties.
  for (const values of [3, 1, 1000]) {
    const drawn = (dims: readonly number[], draw: () => number) => ({
      shape: dims,
      data: Float64Array.from({ length: elementCount(dims) }, draw),
    });
    const feeds = {
      x: drawn(shape, () => rng.below(values) - values),
      up: drawn(bySearch.y.shape as number[], () => 1 + rng.below(100)),
    };
    const [expected, found] = [interpret(byIndices.program, feeds), interpret(bySearch.program, feeds)];
    expect(found).toEqual(expected);
  }
});
