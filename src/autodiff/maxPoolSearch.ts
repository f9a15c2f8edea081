import type { Builder, Window } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';

/** One axis of a pooling window. */
interface Line {
  readonly axis: number;
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

/** Limit on the operands of one op. */
const OPERANDS = 64;

/**
 * The gradient of max pooling without its indices. Finds the maxima again, one axis after the other: first the first
 * row of the window that contains the maximum, then the first element of this row. The result is the first of equal
 * maxima in row order, like the indices, in kh + kw steps instead of kh·kw.
 */
export function maxPoolGradientBySearch(g: Builder, x: Value, y: Value, dy: Value, pool: Window): Value {
  const rank = pool.kernel.length;
  const lines = pool.kernel.map((size, i): Line => {
    const [stride, dilation] = [pool.strides[i], pool.dilations[i]];
    return { axis: i + 2, size, stride, dilation, before: pool.pads[i], after: pool.pads[i + rank] };
  });
  // Maxima over no axis, the last axis, the last two, …; the maxima over all axes are y.
  const maxima = [x];
  for (const line of lines.slice(1).reverse()) maxima.unshift(maximaAlong(g, maxima[0], line, rank));
  let gradient = dy;
  lines.forEach((line, i) => {
    gradient = searchAlong(g, maxima[i], maxima[i - 1] ?? y, gradient, line);
  });
  return gradient;
}

function maximaAlong(g: Builder, x: Value, { axis, size, stride, dilation, before, after }: Line, rank: number): Value {
  const only = (value: number, otherwise: number): number[] =>
    Array.from({ length: rank }, (_, i) => (i === axis - 2 ? value : otherwise));
  return g.maxPool(x, {
    kernel: only(size, 1),
    strides: only(stride, 1),
    dilations: only(dilation, 1),
    pads: [...only(before, 0), ...only(after, 0)],
  });
}

/**
 * dX for y = maxima of x along one axis: places each element of dy at the first element of its window that equals the
 * maximum.
 */
function searchAlong(g: Builder, x: Value, y: Value, dy: Value, line: Line): Value {
  const { axis, size, stride, dilation, before } = line;
  const shape = g.sizes(dy);
  const count = shape[axis];
  const padded = padLowest(g, x, line);
  const zero = g.scalar(0);
  let rest = dy;
  const parts = Array.from({ length: size }, (_, tap): Value => {
    // A maximum that was not found at earlier positions is at the last one.
    if (tap === size - 1) return rest;
    const first = tap * dilation;
    const cells = g.slice(padded, axis, first, first + (count - 1) * stride + 1, stride);
    const found = g.equal(cells, y);
    const part = g.where(found, rest, zero);
    rest = g.where(found, zero, rest);
    return part;
  });
  // Windows `stride` apart do not overlap at equal positions, so `stride` neighboring positions are interleaved at
  // once.
  const together = dilation === 1 ? stride : 1;
  const full = stride === together && size % together === 0;
  const blank = full ? null : g.zeros(shape);
  const rounds = Array.from({ length: Math.ceil(size / together) }, (_, round) => {
    const taps = parts.slice(round * together, (round + 1) * together);
    const row = Array.from({ length: stride }, (_, i) => taps[i] ?? (blank as Value));
    const start = round * together * dilation - before;
    return shifted(g, interleaved(g, row, axis), axis, start, g.size(x, axis));
  });
  return g.sum(rounds);
}

function padLowest(g: Builder, x: Value, { axis, before, after }: Line): Value {
  if (before === 0 && after === 0) return x;
  const at = (cells: number): number[] => x.shape.map((_, i) => (i === axis ? cells : 0));
  return g.padLowest(x, at(before), at(after));
}

/** Interleaves the values along the axis. */
function interleaved(g: Builder, values: readonly Value[], axis: number): Value {
  if (values.length === 1) return values[0];
  const shape = g.sizes(values[0]);
  const open = values.map((value) => g.reshape(value, shape.toSpliced(axis + 1, 0, 1)));
  return g.reshape(concatAll(g, open, axis + 1), shape.with(axis, shape[axis] * values.length));
}

/** Concatenates any number of values. */
function concatAll(g: Builder, values: readonly Value[], axis: number): Value {
  if (values.length <= OPERANDS) return g.concat(values, axis);
  const whole = g.concat(values.slice(0, OPERANDS), axis);
  return concatAll(g, [whole, ...values.slice(OPERANDS)], axis);
}

/**
 * Shifts x by `start` elements along the axis and resizes it to `size`. New elements are 0; elements outside are
 * dropped.
 */
function shifted(g: Builder, x: Value, axis: number, start: number, size: number): Value {
  const end = size - g.size(x, axis) - start;
  if (start === 0 && end === 0) return x;
  const at = (cells: number): number[] => x.shape.map((_, i) => (i === axis ? cells : 0));
  return g.pad(x, at(start), at(end));
}
