import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { resizeTaps } from '../ir/resize.ts';
import { floatTensor, numbersOf } from '../ir/tensor.ts';
import type { RuleArgs } from './rule.ts';

/** The matrix [to, from] that resizes one axis. */
function matrix(g: Builder, { attrs, x }: RuleArgs, axis: number, from: number, to: number): Value {
  const scales = x[2]?.tensor;
  const scale = scales === undefined ? to / from : numbersOf(scales)[axis];
  const data = new Float32Array(to * from);
  resizeTaps(attrs, from, to, scale).forEach((taps, row) => {
    for (const [cell, share] of taps) data[row * from + cell] += share;
  });
  return g.constant(floatTensor([to, from], data), 'resize');
}

/** y = R·x·Cᵀ over the last two axes with constant R and C, so dx = Rᵀ·dy·C. */
export function resizeGradient(g: Builder, args: RuleArgs): readonly (Value | null)[] {
  const { x, dy, attrs } = args;
  const [, , height, width] = g.sizes(x[0]);
  const [, , rows, columns] = g.sizes(dy);
  const none = x.slice(1).map(() => null);
  const blocks = [rows / height, columns / width];
  if (attrs.mode === 'nearest' && blocks.every(Number.isInteger)) {
    const tiles = { kernel: blocks, strides: blocks, pads: [0, 0, 0, 0] };
    const mean = g.averagePool(dy, tiles, false);
    return [g.mul(mean, g.scalar(blocks[0] * blocks[1])), ...none];
  }
  const across = g.matMul(dy, matrix(g, args, 3, width, columns));
  return [g.matMulT(matrix(g, args, 2, height, rows), across, { transA: true }), ...none];
}
