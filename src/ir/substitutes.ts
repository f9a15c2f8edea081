import { numberAttr } from './attrs.ts';
import type { Builder } from './builder.ts';
import { batchNormGiven, localResponseParts } from './composites.ts';
import type { OpName } from './ops.ts';
import type { Attrs, Value } from './program.ts';
import { floatTensor, numbersOf, type Tensor } from './tensor.ts';

/** Emits a substitute of an op; null keeps the op. */
type Substitute = (g: Builder, inputs: readonly (Value | null)[], attrs: Attrs) => readonly Value[] | null;

/** The same values without a gradient. */
const still = (g: Builder, x: Value): Value => g.emit('Cast', [x], { to: x.dtype })[0];

const sign: Substitute = (g, [x]) => {
  const [value, zero] = [x as Value, g.scalar(0)];
  return [g.sub(g.cast(g.greater(value, zero), 'float32'), g.cast(g.less(value, zero), 'float32'))];
};

/** x − max − log Σ exp(x − max). The maximum cancels in the gradient, so it needs none. */
const logSoftmax: Substitute = (g, [x], attrs) => {
  const axis = numberAttr(attrs, 'axis', -1);
  const [highest] = g.emit('ReduceMax', [x], { axes: [axis], keepdims: 1 });
  const shifted = g.sub(x as Value, still(g, highest));
  return [g.sub(shifted, g.log(g.reduceSum(g.exp(shifted), [axis], true)))];
};

/** Compares in float32, which is exact up to 2²⁴ classes. Unlike the op, it does not support negative indices. */
const oneHot: Substitute = (g, [indices, depth, offOn], attrs) => {
  const { shape } = indices as Value;
  const axis = numberAttr(attrs, 'axis', -1);
  const at = axis < 0 ? axis + shape.length + 1 : axis;
  const [classes] = numbersOf((depth as Value).tensor as Tensor);
  const column = g.reshapeLike(g.cast(indices as Value, 'float32'), shape.toSpliced(at, 0, 1));
  const counting = Float32Array.from({ length: classes }, (_, i) => i);
  const range = g.constant(floatTensor([classes, ...shape.slice(at).map(() => 1)], counting), 'classes');
  const hit = g.cast(g.equal(column, range), 'float32');
  const [off, on] = numbersOf((offOn as Value).tensor as Tensor);
  return [off === 0 && on === 1 ? hit : g.add(g.mul(hit, g.scalar(on - off)), g.scalar(off))];
};

const crossEntropy: Substitute = (g, [scores, labels], { reduction }) => {
  const logProbabilities = g.logSoftmax(scores as Value, -1);
  const hit = g.oneHot(labels as Value, g.size(scores as Value, 1));
  const each = g.neg(g.reduceSum(g.mul(hit, logProbabilities), [1]));
  const loss = reduction === 'none' ? each : reduction === 'sum' ? g.reduceSum(each, [0]) : g.reduceMean(each, [0]);
  return [loss, logProbabilities];
};

/** (x − mean) / √(variance + ε) · scale + bias over all axes from `axis` on. */
const layerNorm: Substitute = (g, [x, scale, bias], attrs) => {
  const value = x as Value;
  const first = numberAttr(attrs, 'axis', -1);
  const axes = [...value.shape.keys()].slice(first);
  const centered = g.sub(value, g.reduceMean(value, axes, true));
  const variance = g.reduceMean(g.square(centered), axes, true);
  const deviation = g.sqrt(g.add(variance, g.scalar(numberAttr(attrs, 'epsilon', 1e-5))));
  const scaled = g.mul(g.div(centered, deviation), scale as Value);
  return [bias === undefined || bias === null ? scaled : g.add(scaled, bias)];
};

/** Substitutes, made of ops that all targets have, for ops that some targets lack or compute slowly or wrongly. */
export const substitutes = {
  Sum: (g, values) => [(values as readonly Value[]).reduce((a, b) => g.add(a, b))],
  Sign: sign,
  LogSoftmax: logSoftmax,
  OneHot: oneHot,
  SoftmaxCrossEntropyLoss: crossEntropy,
  LRN: (g, [x], attrs) => [
    localResponseParts(g, x as Value, {
      size: numberAttr(attrs, 'size', 1),
      alpha: numberAttr(attrs, 'alpha', 1e-4),
      beta: numberAttr(attrs, 'beta', 0.75),
      k: numberAttr(attrs, 'bias', 1),
    }),
  ],
  // Needed by opsets before 17.
  LayerNormalization: layerNorm,
  // For matrices with given statistics.
  BatchNormalization: (g, inputs, attrs) => {
    const [x, scale, bias, mean, variance] = inputs as readonly Value[];
    if (x.shape.length !== 2 || numberAttr(attrs, 'training_mode', 0) === 1) return null;
    return [batchNormGiven(g, x, { scale, bias, mean, variance, epsilon: numberAttr(attrs, 'epsilon', 1e-5) })];
  },
} satisfies Partial<Record<OpName, Substitute>>;

export type SubstitutedOp = keyof typeof substitutes;

/** The substitute of `op` for targets without it, or null. */
export function substitute(g: Builder, op: OpName, inputs: readonly (Value | null)[], attrs: Attrs) {
  if (!g.target.without.has(op as SubstitutedOp)) return null;
  return substitutes[op as SubstitutedOp](g, inputs, attrs);
}
