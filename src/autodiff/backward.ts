import type { Builder } from '../ir/builder.ts';
import type { Op, Value } from '../ir/program.ts';
import { type Dims, dimsText, sameDims } from '../ir/shape.ts';
import { gradients } from './gradients.ts';
import { type GradientRule, notDifferentiable } from './rule.ts';

/**
 * Emits the gradients of the scalar `loss` with respect to `wrt`: walks the ops of `g` backwards from the loss, and
 * visits only those between `wrt` and the loss. A value that does not affect the loss has gradient zero.
 */
export function backward(g: Builder, loss: Value, wrt: readonly Value[]): ReadonlyMap<Value, Value> {
  const ops = [...g.ops];
  const moving = reachedFrom(wrt, ops);
  const pending = new Map<Value, Value[]>([[loss, [g.scalar(1)]]]);
  const gradientOf = (value: Value): Value | null => {
    const parts = pending.get(value);
    if (parts === undefined) return null;
    const total = g.sum(parts);
    pending.set(value, [total]);
    return total;
  };
  for (const op of ops.reverse()) {
    if (!op.inputs.some((input) => input !== null && moving.has(input))) continue;
    g.within(`${op.name}_grad`, () => {
      const dys = op.outputs.map((output) => (moving.has(output) ? gradientOf(output) : null));
      if (dys.every((dy) => dy === null)) return;
      for (const [input, dx] of inputGradients(g, op, dys)) {
        if (!moving.has(input)) continue;
        const part = sumTo(g, dx, input.shape);
        if (part.dtype !== input.dtype)
          throw new Error(`${op.op} gradient is ${part.dtype}, its operand ${input.dtype}`);
        pending.set(input, [...(pending.get(input) ?? []), part]);
      }
    });
  }
  return new Map(wrt.map((value) => [value, g.within(value.name, () => gradientOf(value) ?? g.zeros(g.sizes(value)))]));
}

/** All values that depend on `sources`. */
function reachedFrom(sources: readonly Value[], ops: readonly Op[]): ReadonlySet<Value> {
  const reached = new Set(sources);
  for (const op of ops) {
    const rule: GradientRule = gradients[op.op];
    if (rule === notDifferentiable || !op.inputs.some((input) => input !== null && reached.has(input))) continue;
    for (const output of op.outputs) if (output.dtype === 'float32') reached.add(output);
  }
  return reached;
}

function inputGradients(g: Builder, op: Op, dys: readonly (Value | null)[]): [Value, Value][] {
  const rule: GradientRule = gradients[op.op];
  if (rule === notDifferentiable) return [];
  const x = op.inputs.map((input) => input ?? undefined) as readonly Value[];
  const several = op.op === 'Split';
  const dy = dys[0] ?? (several ? dys.find((other) => other !== null) : null);
  if (dy === null || dy === undefined || (!several && dys.slice(1).some((other) => other !== null))) {
    throw new Error(`${op.op} '${op.name}' has a gradient only of its first output`);
  }
  const dxs = rule(g, { op, x, y: op.outputs, dy, dys, attrs: op.attrs });
  if (dxs.length < x.length) throw new Error(`${op.op} gradient covers ${dxs.length} of ${x.length} inputs`);
  return x.flatMap((input, i) => {
    const dx = dxs[i];
    return dx ? [[input, dx]] : [];
  });
}

/** Undoes broadcasting: sums a gradient over the axes along which its operand was broadcast. */
function sumTo(g: Builder, dx: Value, shape: Dims): Value {
  if (sameDims(dx.shape, shape)) return dx;
  const extra = dx.shape.length - shape.length;
  const repeated = dx.shape.flatMap((dim, i) => (i < extra || (shape[i - extra] === 1 && dim !== 1) ? [i] : []));
  // A gradient may also be smaller than its operand, if it is constant along an axis.
  const summed = extra >= 0 ? g.reduceSum(dx, repeated, true) : dx;
  const flat = sameDims(summed.shape, shape) ? summed : g.reshapeLike(summed, summed.shape.slice(Math.max(0, extra)));
  const result = sameDims(flat.shape, shape) ? flat : g.expand(flat, shape.map(Number));
  if (!sameDims(result.shape, shape)) {
    throw new Error(`a gradient has shape ${dimsText(dx.shape)}, its operand ${dimsText(shape)}`);
  }
  return result;
}
