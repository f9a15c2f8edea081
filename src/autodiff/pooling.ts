import { numberAttr, numbersAttr, windowOf } from '../ir/attrs.ts';
import type { Builder, Window } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { floatTensor } from '../ir/tensor.ts';
import { maxPoolGradientBySearch } from './maxPoolSearch.ts';
import type { RuleArgs } from './rule.ts';

/** True if windows neither overlap nor contain padding. */
const isTiling = ({ kernel, strides, pads, dilations }: Window): boolean =>
  kernel.every((k, i) => k === strides[i] && dilations[i] === 1) && pads.every((pad) => pad === 0);

/**
 * Passes the gradient of every maximum to the element at its index: of equal maxima, the first in row order, as in
 * PyTorch.
 */
export function maxPoolGradient(g: Builder, { x: [x], y: [y, indices], dy, attrs }: RuleArgs): readonly Value[] {
  const window = windowOf(attrs, numbersAttr(attrs, 'kernel_shape') ?? []);
  const { kernel, strides, pads } = window;
  if (!g.target.maxPoolIndices) return [maxPoolGradientBySearch(g, x, y, dy, window)];
  const shape = g.sizes(x);
  if (isTiling(window)) {
    return g.emit('MaxUnpool', [dy, indices, g.ints(shape)], { kernel_shape: kernel, strides, pads });
  }
  const size = shape.reduce((a, b) => a * b, 1);
  const flat = g.scatterAdd(g.zeros([size]), g.reshape(indices, [-1]), g.reshape(dy, [-1]), 0);
  return [g.reshape(flat, shape)];
}

/** Number of elements in the window at each position, [1, 1, OH, OW]; one number if all windows have the same. */
function counts(x: readonly number[], y: readonly number[], args: RuleArgs): number | Float32Array {
  const { kernel, strides, pads } = windowOf(args.attrs, numbersAttr(args.attrs, 'kernel_shape') ?? []);
  const all = kernel.reduce((a, b) => a * b, 1);
  if (numberAttr(args.attrs, 'count_include_pad', 0) === 1 || pads.every((pad) => pad === 0)) return all;
  const inside = (axis: number, place: number): number => {
    const start = place * strides[axis] - pads[axis];
    return Math.min(start + kernel[axis], x[axis + 2]) - Math.max(start, 0);
  };
  return Float32Array.from({ length: y[2] * y[3] }, (_, i) => inside(0, Math.floor(i / y[3])) * inside(1, i % y[3]));
}

/** Distributes the gradient of a window equally among its elements. */
export function averagePoolGradient(g: Builder, args: RuleArgs): readonly Value[] {
  const { x, dy, attrs } = args;
  const window = windowOf(attrs, numbersAttr(attrs, 'kernel_shape') ?? []);
  const { kernel, strides, pads } = window;
  const shape = g.sizes(x[0]);
  const [n, c, height, width] = shape;
  const [, , oh, ow] = g.sizes(dy);
  const count = counts(shape, g.sizes(dy), args);
  const share =
    typeof count === 'number'
      ? g.mul(dy, g.scalar(1 / count))
      : g.div(dy, g.constant(floatTensor([1, 1, oh, ow], count), 'counts'));
  const covered = kernel.map((k, i) => ([oh, ow][i] - 1) * strides[i] + k);
  const below = height + pads[0] + pads[2] - covered[0];
  const right = width + pads[1] + pads[3] - covered[1];
  const whole = ((): Value => {
    if (isTiling(window)) {
      const cells = g.expand(g.reshape(share, [n, c, oh, 1, ow, 1]), [n, c, oh, kernel[0], ow, kernel[1]]);
      return g.reshape(cells, [n, c, ...covered]);
    }
    const ones = g.constant(floatTensor([1, 1, ...kernel], new Float32Array(kernel[0] * kernel[1]).fill(1)), 'ones');
    const single = g.reshape(share, [n * c, 1, oh, ow]);
    const spread = g.convTranspose(single, ones, { ...window, pads: [0, 0, 0, 0] }, [0, 0]);
    return g.reshape(spread, [n, c, ...covered]);
  })();
  const before = [0, 0, -pads[0], -pads[1]];
  const after = [0, 0, below - pads[2], right - pads[3]];
  return [[...before, ...after].some((pad) => pad !== 0) ? g.pad(whole, before, after) : whole];
}
