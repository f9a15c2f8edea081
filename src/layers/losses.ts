import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { intTensor } from '../ir/tensor.ts';
import { float } from './config.ts';

/**
 * Loss functions, defined as in torch.nn. They are built of differentiable ops; only the plain cross-entropy, which is
 * an ONNX op, needs its own gradient rule.
 */
export type Reduction = 'mean' | 'sum' | 'none';

/** The mean or sum over all elements, or the elements themselves. */
function reduced(g: Builder, losses: Value, reduction: Reduction): Value {
  const axes = losses.shape.map((_, axis) => axis);
  if (reduction === 'none' || axes.length === 0) return losses;
  return reduction === 'sum' ? g.reduceSum(losses, axes) : g.reduceMean(losses, axes);
}

const index = (g: Builder, value: number): Value => g.constant(intTensor([], [value]), 'index');

/** Label of the setting for the loss function. */
export const lossLabel = { en: 'Loss', zh: '损失函数' };

/** Setting of every output layer: the factor of its loss in the sum that training minimizes. */
export const lossWeight = float({
  label: { en: 'Loss weight', zh: '损失权重' },
  help: {
    en: 'Factor of this loss in the sum over all outputs, which training minimizes',
    zh: '训练最小化各输出的损失之和；这是该损失在其中的系数',
  },
  default: 1,
  min: 0,
  max: 1e6,
  step: 0.1,
  advanced: true,
});

export interface CrossEntropyOptions {
  /** Fraction of the target spread evenly over all classes, in [0, 1]. */
  readonly labelSmoothing?: number;
  /** One weight per class, [C]; the mean then divides by the sum of the targets' weights. */
  readonly weights?: Value;
  /** Samples with this target are ignored. */
  readonly ignoreIndex?: number;
}

/**
 * Cross-entropy of logits x [N, C] and probabilities target [N, C]: −Σ w t log softmax(x) with t = (1 − s)·target + s/C for label
 * smoothing s. As in PyTorch, the mean divides by N, whatever the weights.
 */
function ofProbabilities(
  g: Builder,
  x: Value,
  target: Value,
  reduction: Reduction,
  { labelSmoothing = 0, weights }: CrossEntropyOptions,
): Value {
  const share = labelSmoothing / g.size(x, 1);
  const smooth = labelSmoothing === 0 ? target : g.add(g.mul(target, g.scalar(1 - labelSmoothing)), g.scalar(share));
  const surprise = g.neg(g.logSoftmax(x, -1));
  const weighted = weights === undefined ? surprise : g.mul(surprise, weights);
  return reduced(g, g.reduceSum(g.mul(smooth, weighted), [1]), reduction);
}

/**
 * Cross-entropy of logits x [N, C, ...positions] and class indices target [N, ...positions], or of logits [N, C] and probabilities
 * of float32 [N, C], of which none is ignored.
 */
export function crossEntropy(
  g: Builder,
  x: Value,
  target: Value,
  reduction: Reduction,
  options: CrossEntropyOptions = {},
): Value {
  if (target.dtype === 'float32') return ofProbabilities(g, x, target, reduction, options);
  if (x.shape.length > 2) {
    // Each position is treated as a sample: [N, C, ...positions] → [N·positions, C].
    const axes = x.shape.map((_, axis) => axis);
    const scores = g.reshape(g.transpose(x, [0, ...axes.slice(2), 1]), [-1, g.size(x, 1)]);
    const losses = crossEntropy(g, scores, g.reshape(target, [-1]), reduction, options);
    return reduction === 'none' ? g.reshapeLike(losses, target.shape) : losses;
  }
  const { labelSmoothing = 0, weights, ignoreIndex } = options;
  if (labelSmoothing === 0 && weights === undefined && ignoreIndex === undefined) {
    return g.emit('SoftmaxCrossEntropyLoss', [x, target], { reduction })[0];
  }
  const classes = g.size(x, 1);
  const ignored = ignoreIndex === undefined ? null : g.equal(target, index(g, ignoreIndex));
  // An ignored target may be outside the classes, so it is looked up as class 0 and gets weight 0.
  const safe = ignored === null ? target : g.where(ignored, index(g, 0), target);
  const hit = g.oneHot(safe, classes);
  const classWeights = weights ?? g.constant({ dtype: 'float32', shape: [1], data: Float32Array.of(1) });
  const counts = ignored === null ? null : g.cast(g.not(ignored), 'float32');
  const ofTarget = g.reduceSum(g.mul(hit, classWeights), [1]);
  const sampleWeights = counts === null ? ofTarget : g.mul(ofTarget, counts);
  const surprise = g.neg(g.logSoftmax(x, -1));
  const ofHit = g.mul(g.reduceSum(g.mul(hit, surprise), [1]), sampleWeights);
  const losses = ((): Value => {
    if (labelSmoothing === 0) return ofHit;
    const ofAll = g.reduceSum(g.mul(surprise, classWeights), [1]);
    const counted = counts === null ? ofAll : g.mul(ofAll, counts);
    return g.add(g.mul(ofHit, g.scalar(1 - labelSmoothing)), g.mul(counted, g.scalar(labelSmoothing / classes)));
  })();
  if (reduction !== 'mean') return reduced(g, losses, reduction);
  return g.div(g.reduceSum(losses, [0]), g.reduceSum(sampleWeights, [0]));
}

/**
 * Binary cross-entropy of logits and targets in [0, 1], (1 − t)·x + (1 + (p − 1)·t)·log(1 + e⁻ˣ), without overflow.
 * `positiveWeight` p applies to targets of 1, `weight` to all; both are broadcast over the last axis.
 */
export function binaryCrossEntropy(
  g: Builder,
  x: Value,
  target: Value,
  reduction: Reduction,
  { positiveWeight, weight }: { readonly positiveWeight?: Value; readonly weight?: Value } = {},
): Value {
  const one = g.scalar(1);
  const soft = g.softplus(g.neg(x));
  const weighted =
    positiveWeight === undefined ? soft : g.mul(soft, g.add(one, g.mul(target, g.sub(positiveWeight, one))));
  const losses = g.add(g.mul(g.sub(one, target), x), weighted);
  return reduced(g, weight === undefined ? losses : g.mul(losses, weight), reduction);
}

/** (x − t)² */
export const squaredError = (g: Builder, x: Value, target: Value, reduction: Reduction): Value =>
  reduced(g, g.square(g.sub(x, target)), reduction);

/** |x − t| */
export const absoluteError = (g: Builder, x: Value, target: Value, reduction: Reduction): Value =>
  reduced(g, g.abs(g.sub(x, target)), reduction);

/**
 * Huber 1964: d²/2 for differences d below `delta`, delta·(d − delta/2) above. With c = min(d, delta) both are
 * c²/2 + delta·(d − c).
 */
export function huber(g: Builder, x: Value, target: Value, reduction: Reduction, delta: number): Value {
  const d = g.abs(g.sub(x, target));
  const c = g.min([d, g.scalar(delta)]);
  const losses = g.add(g.mul(g.square(c), g.scalar(0.5)), g.mul(g.sub(d, c), g.scalar(delta)));
  return reduced(g, losses, reduction);
}

/** The Huber loss divided by `beta`. */
export const smoothL1 = (g: Builder, x: Value, target: Value, reduction: Reduction, beta: number): Value =>
  g.mul(huber(g, x, target, reduction, beta), g.scalar(1 / beta));

/** max(0, margin − t·x) for targets of −1 and 1: the loss of support vector machines. */
export const hinge = (g: Builder, x: Value, target: Value, reduction: Reduction, margin: number): Value =>
  reduced(g, g.relu(g.sub(g.scalar(margin), g.mul(target, x))), reduction);

/** max(0, −t·x) for targets of −1 and 1: at batch size 1, Rosenblatt's perceptron rule. */
export const perceptron = (g: Builder, x: Value, target: Value, reduction: Reduction): Value =>
  hinge(g, x, target, reduction, 0);

/**
 * Σ max(0, margin − x[t] + x[i])^p over the classes i other than the target t, divided by the number of classes. With
 * weights [C], multiplied by the weight of the target.
 */
export function multiMargin(
  g: Builder,
  x: Value,
  target: Value,
  reduction: Reduction,
  { p, margin, weights }: { readonly p: 1 | 2; readonly margin: number; readonly weights?: Value },
): Value {
  const classes = g.size(x, 1);
  const hit = g.oneHot(target, classes);
  const ofTarget = g.reduceSum(g.mul(hit, x), [1], true);
  const short = g.relu(g.add(g.sub(x, ofTarget), g.scalar(margin)));
  const others = g.mul(p === 2 ? g.square(short) : short, g.sub(g.scalar(1), hit));
  const losses = g.mul(g.reduceSum(others, [1]), g.scalar(1 / classes));
  if (weights === undefined) return reduced(g, losses, reduction);
  return reduced(g, g.mul(losses, g.reduceSum(g.mul(hit, weights), [1])), reduction);
}
