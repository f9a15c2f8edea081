import { numberAttr } from '../ir/attrs.ts';
import type { Op, Program, Value } from '../ir/program.ts';
import { elementCount, floatTensor, type Tensor } from '../ir/tensor.ts';

/** Effect of batch normalization with fixed statistics on channel c: x·scale[c] + shift[c]. */
interface Affine {
  readonly scale: Float64Array;
  readonly shift: Float64Array;
}

/**
 * The op with weights before a batch normalization, into which it can be folded, and a separate op that adds the bias.
 */
interface Before {
  readonly op: Op;
  readonly added: { readonly op: Op; readonly bias: Tensor } | null;
}

/**
 * Folds every batch normalization directly after a convolution or linear layer into its weights and bias, in a program
 * for prediction. The weights must be constants (`bindParameters`). A batch normalization stays if the result before it
 * is used elsewhere, or if the weights are unknown. Computed in float64 and rounded once.
 */
export function foldBatchNorm(program: Program): Program {
  const producers = new Map(program.ops.flatMap((op) => op.outputs.map((value) => [value, op] as const)));
  const uses = new Map<Value, number>();
  const used = (value: Value) => uses.set(value, (uses.get(value) ?? 0) + 1);
  for (const { inputs } of program.ops) for (const input of inputs) if (input !== null) used(input);
  for (const { value } of program.outputs) used(value);

  const replaced = new Map<Op, Op>();
  const dropped = new Set<Op>();
  for (const norm of program.ops) {
    const affine = affineOf(norm);
    const before = affine === null ? null : beforeOf(norm.inputs[0] as Value, producers, uses);
    const folded = affine === null || before === null ? null : foldInto(before, affine, norm);
    if (folded === null || before === null) continue;
    dropped.add(before.op);
    if (before.added !== null) dropped.add(before.added.op);
    replaced.set(norm, folded);
  }
  const ops = program.ops.filter((op) => !dropped.has(op)).map((op) => replaced.get(op) ?? op);
  return { ...program, ops: withoutUnused(ops, program) };
}

function affineOf({ op, inputs, attrs }: Op): Affine | null {
  if (op !== 'BatchNormalization' || numberAttr(attrs, 'training_mode', 0) === 1) return null;
  const given = inputs.slice(1).map((input) => input?.tensor?.data as Float32Array | undefined);
  const [gamma, beta, mean, variance] = given;
  if (gamma === undefined || beta === undefined || mean === undefined || variance === undefined) return null;
  const epsilon = numberAttr(attrs, 'epsilon', 1e-5);
  const scale = Float64Array.from(gamma, (value, c) => value / Math.sqrt((variance[c] as number) + epsilon));
  const shift = Float64Array.from(beta, (value, c) => value - (mean[c] as number) * (scale[c] as number));
  return { scale, shift };
}

function beforeOf(x: Value, producers: ReadonlyMap<Value, Op>, uses: ReadonlyMap<Value, number>): Before | null {
  const op = uses.get(x) === 1 ? producers.get(x) : undefined;
  if (op === undefined) return null;
  if (op.op !== 'Add') return { op, added: null };
  // The bias of a transposed convolution is a vector, reshaped to one value per channel.
  const [y, vector] = op.inputs as readonly Value[];
  const reshaped = producers.get(vector as Value);
  const bias = vector?.tensor ?? (reshaped?.op === 'Reshape' ? reshaped.inputs[0]?.tensor : undefined);
  const inner = y === undefined || uses.get(y) !== 1 ? undefined : producers.get(y);
  return inner === undefined || bias === undefined ? null : { op: inner, added: { op, bias } };
}

/** Output channel of each value of a weight; null for ops whose weights cannot be scaled. */
function channelOf({ op, attrs }: Op, shape: readonly number[]): ((at: number) => number) | null {
  const [first = 1, second = 1] = shape;
  const perFirst = elementCount(shape) / first;
  switch (op) {
    case 'Conv':
      return (at) => Math.floor(at / perFirst);
    case 'ConvTranspose': {
      const perGroup = first / numberAttr(attrs, 'group', 1);
      const perSecond = perFirst / second;
      return (at) => {
        const group = Math.floor(Math.floor(at / perFirst) / perGroup);
        return group * second + (Math.floor(at / perSecond) % second);
      };
    }
    case 'Gemm':
      if (numberAttr(attrs, 'alpha', 1) !== 1 || numberAttr(attrs, 'beta', 1) !== 1) return null;
      return numberAttr(attrs, 'transB', 0) === 1 ? (at) => Math.floor(at / second) : (at) => at % second;
    default:
      return null;
  }
}

function foldInto({ op, added }: Before, { scale, shift }: Affine, norm: Op): Op | null {
  const [x, weight, bias = null] = op.inputs;
  const tensor = weight?.tensor;
  if (x === undefined || weight === null || weight === undefined || tensor?.dtype !== 'float32') return null;
  const channel = channelOf(op, tensor.shape);
  if (channel === null) return null;
  const biases = [bias === null ? null : bias.tensor, added === null ? null : added.bias];
  // A bias must have one value per channel.
  if (!biases.every((given) => given === null || given?.data.length === scale.length)) return null;
  const moved = Float32Array.from(shift, (value, c) => {
    const sum = biases.reduce((total, given) => total + Number(given?.data[c] ?? 0), 0);
    return value + sum * (scale[c] as number);
  });
  const data = tensor.data.map((value, at) => value * (scale[channel(at)] as number));
  const constant = (name: string, shape: readonly number[], numbers: Float32Array): Value => {
    return { name, dtype: 'float32', shape, tensor: floatTensor(shape, numbers) };
  };
  const scaled = constant(`${weight.name}_folded`, tensor.shape, data);
  const newBias = constant(`${norm.name}/bias_folded`, [scale.length], moved);
  return { ...op, inputs: [x, scaled, newBias], outputs: norm.outputs.slice(0, 1) };
}

/** Removes the ops that computed a folded bias. */
function withoutUnused(ops: readonly Op[], { outputs }: Program): Op[] {
  const needed = new Set(outputs.map(({ value }) => value));
  const kept: Op[] = [];
  for (const op of [...ops].reverse()) {
    if (!op.outputs.some((value) => needed.has(value))) continue;
    for (const input of op.inputs) if (input !== null) needed.add(input);
    kept.push(op);
  }
  return kept.reverse();
}
