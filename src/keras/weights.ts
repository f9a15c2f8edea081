import type { CheckedNode } from '../check/checkedGraph.ts';
import type { Config } from '../graph/document.ts';
import type { Shape } from '../layers/layer.ts';
import { isDepthwise, isSpread } from './windows.ts';

interface Floats {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A tensor as Keras has it, and its name in the layer. */
export interface KerasTensor extends Floats {
  readonly variable: string;
}

type Variables = Readonly<Record<string, string>>;

const weighted: Variables = { weight: 'kernel', bias: 'bias' };
const normalizing: Variables = {
  weight: 'gamma',
  bias: 'beta',
  running_mean: 'moving_mean',
  running_var: 'moving_variance',
};

/** Names of the tensors of a layer; those of normalization if there is no entry. */
const variables: Readonly<Record<string, Variables | undefined>> = {
  conv2d: weighted,
  convTranspose2d: weighted,
  linear: weighted,
  prelu: { weight: 'alpha' },
};

/** Name in Keras of a parameter or buffer. */
function variableOf(type: string, tensor: string): string {
  const name = (variables[type] ?? normalizing)[tensor];
  if (name === undefined) throw new Error(`'${tensor}' of '${type}' has no name in Keras`);
  return name;
}

/** A parameter or buffer of a layer in the axes of Keras: kernels are [height, width, input, output]. */
export function kerasTensor(
  { layer: { type }, config, inputs }: CheckedNode,
  tensor: string,
  given: Floats,
): KerasTensor {
  const kernel = tensor === 'weight' ? kernels[type] : undefined;
  const { shape, data } = kernel?.(given, config, Object.values(inputs)[0] ?? []) ?? given;
  return { variable: variableOf(type, tensor), shape, data };
}

type Kernel = (weight: Floats, config: Config, x: Shape) => Floats;

const kernels: Readonly<Record<string, Kernel | undefined>> = {
  linear: (weight) => transposed(weight, [1, 0]),
  conv2d(weight, config, x) {
    if (!isDepthwise(config, x)) return transposed(weight, [2, 3, 1, 0]);
    // [channels · multiplier, 1, height, width] → [height, width, channels, multiplier]
    const [outputs = 1, , ...size] = weight.shape;
    const [channels = 1] = x;
    return transposed({ ...weight, shape: [channels, outputs / channels, ...size] }, [2, 3, 0, 1]);
  },
  convTranspose2d: (weight, config) =>
    isSpread(config) ? spreadKernel(weight, config.groups as number) : transposed(weight, [2, 3, 1, 0]),
};

/**
 * The flipped kernel of a convolution that computes a transposed one, [height, width, input of a group, output], from
 * [input, output of a group, height, width].
 */
function spreadKernel({ shape, data }: Floats, groups: number): Floats {
  const [inputs = 1, outputs = 1, height = 1, width = 1] = shape;
  const each = inputs / groups;
  const grouped = { shape: [groups, each, outputs, height * width], data: data.slice() };
  // Flipping both axes reverses the elements of a kernel.
  const size = height * width;
  for (let start = 0; start < data.length; start += size) grouped.data.subarray(start, start + size).reverse();
  const { data: result } = transposed(grouped, [3, 1, 0, 2]);
  return { shape: [height, width, each, groups * outputs], data: result };
}

/** The tensor with its axes in another order: axis `i` of the result is axis `order[i]`. */
export function transposed({ shape, data }: Floats, order: readonly number[]): Floats {
  const sizes = order.map((axis) => shape[axis] as number);
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const steps = order.map((axis) => strides[axis] as number);
  const result = new Float32Array(data.length);
  const index = sizes.map(() => 0);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = data[from] as number;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      index[axis] = (index[axis] as number) + 1;
      from += steps[axis] as number;
      if ((index[axis] as number) < (sizes[axis] as number)) break;
      from -= (steps[axis] as number) * (sizes[axis] as number);
      index[axis] = 0;
    }
  }
  return { shape: sizes, data: result };
}
