import { describe, expect, it } from 'vitest';
import { inferOp, type OpName } from './ops.ts';
import type { Attrs, Value } from './program.ts';
import { type Dims, ShapeError } from './shape.ts';
import { type DType, intTensor } from './tensor.ts';

/** An input; null if omitted. */
type Spec = Dims | readonly [DType, Dims] | { readonly ints: readonly number[] } | null;

const isTyped = (spec: Spec): spec is readonly [DType, Dims] => Array.isArray(spec) && Array.isArray(spec[1]);

function specValue(spec: Spec, at: number): Value | null {
  const name = `x${at}`;
  if (spec === null) return null;
  if ('ints' in spec) {
    const tensor = intTensor([spec.ints.length], spec.ints);
    return { name, dtype: 'int64', shape: tensor.shape, tensor };
  }
  return isTyped(spec) ? { name, dtype: spec[0], shape: spec[1] } : { name, dtype: 'float32', shape: spec };
}

const infer = (op: OpName, inputs: readonly Spec[], attrs: Attrs = {}) =>
  inferOp(op, 'here', inputs.map(specValue), attrs);

const ints = (...values: number[]): Spec => ({ ints: values });
const pool = { kernel_shape: [2, 2], strides: [2, 2] };

/** Shapes with a batch of unknown size. */
const symbolic: readonly (readonly [OpName, readonly Spec[], Attrs, Dims])[] = [
  ['Add', [['N', 3], [3]], {}, ['N', 3]],
  [
    'Add',
    [
      ['N', 1],
      ['N', 3],
    ],
    {},
    ['N', 3],
  ],
  [
    'MatMul',
    [
      ['N', 3],
      [3, 5],
    ],
    {},
    ['N', 5],
  ],
  [
    'Gemm',
    [
      ['N', 3],
      ['N', 5],
    ],
    { transA: 1 },
    [3, 5],
  ],
  [
    'Conv',
    [
      ['N', 3, 8, 8],
      [4, 3, 3, 3],
    ],
    { strides: [2, 2], pads: [1, 1, 1, 1] },
    ['N', 4, 4, 4],
  ],
  [
    'ConvTranspose',
    [
      ['N', 4, 4, 4],
      [4, 3, 2, 2],
    ],
    { strides: [2, 2] },
    ['N', 3, 8, 8],
  ],
  ['MaxPool', [['N', 3, 5, 4]], pool, ['N', 3, 2, 2]],
  ['Max', [['N', 3], [], [2, 1, 3]], {}, [2, 'N', 3]],
  [
    'PRelu',
    [
      ['N', 3, 4, 4],
      [3, 1, 1],
    ],
    {},
    ['N', 3, 4, 4],
  ],
  ['GlobalAveragePool', [['N', 3, 4, 5]], {}, ['N', 3, 1, 1]],
  ['BatchNormalization', [['N', 3, 4, 5], [3], [3], [3], [3]], {}, ['N', 3, 4, 5]],
  ['LayerNormalization', [['N', 3, 4], [4]], {}, ['N', 3, 4]],
  ['LRN', [['N', 3, 4, 5]], { size: 3 }, ['N', 3, 4, 5]],
  ['Resize', [['N', 3, 4, 5], null, ints(1, 1, 2, 3)], {}, ['N', 3, 8, 15]],
  ['Resize', [[2, 3, 4, 5], null, null, ints(2, 3, 7, 5)], {}, [2, 3, 7, 5]],
  ['ReduceSum', [['N', 3], ints(0)], { keepdims: 0 }, [3]],
  ['ReduceMean', [['N', 3]], { axes: [0], keepdims: 1 }, [1, 3]],
  ['ReduceMean', [['N', 3]], {}, [1, 1]],
  [
    'SoftmaxCrossEntropyLoss',
    [
      ['N', 3],
      ['int64', ['N']],
    ],
    { reduction: 'none' },
    ['N'],
  ],
  ['Transpose', [['N', 3]], { perm: [1, 0] }, [3, 'N']],
  ['Reshape', [['N', 3, 4], ints(0, -1)], {}, ['N', 12]],
  ['Reshape', [['N', 3, 4], ints(-1, 12)], {}, ['N', 12]],
  ['Reshape', [['N', 12], ints(-1, 3, 4)], {}, ['N', 3, 4]],
  ['Reshape', [['N', 3, 4], ints(3, -1, 4)], {}, [3, 'N', 4]],
  ['Flatten', [['N', 3, 4]], {}, ['N', 12]],
  [
    'Concat',
    [
      ['N', 3],
      ['N', 4],
    ],
    { axis: -1 },
    ['N', 7],
  ],
  ['Slice', [['N', 5], ints(1), ints(-1), ints(1), ints(2)], {}, ['N', 2]],
  ['Pad', [['N', 5], ints(0, 1, 0, -2)], {}, ['N', 4]],
];

it.each(symbolic)('%s of %j %j is %j', (op, inputs, attrs, shape) => {
  expect(infer(op, inputs, attrs)[0]?.shape).toEqual(shape);
});

const errors: readonly (readonly [OpName, readonly Spec[], Attrs, string])[] = [
  ['Add', [[2]], {}, 'Add'],
  ['Add', [[2], [2], [2]], {}, '3 inputs, expected 2'],
  ['Add', [[2, 3], [2]], {}, '[2, 3] and [2] cannot be broadcast together'],
  ['Add', [['N'], ['M']], {}, '[N] and [M] cannot be broadcast together'],
  ['Add', [[2], ['int64', [2]]], {}, "'x1' is int64, expected float32"],
  ['Relu', [[2]], { alpha: 1 }, "there is no attribute 'alpha'"],
  ['Where', [[2], [2], [2]], {}, "'x0' is float32, expected bool"],
  ['MatMul', [[3], [3, 2]], {}, 'MatMul takes matrices, not [3] and [3, 2]'],
  [
    'MatMul',
    [
      ['N', 3],
      [4, 5],
    ],
    {},
    'inner sizes differ',
  ],
  [
    'Gemm',
    [
      [1, 2, 3],
      [3, 4],
    ],
    {},
    'Gemm needs matrices',
  ],
  ['Gemm', [[2, 3], [3, 4], [2]], {}, 'cannot be broadcast'],
  [
    'Gemm',
    [
      [1, 3],
      [3, 4],
      [2, 4],
    ],
    {},
    'C [2, 4] cannot be repeated to [1, 4]',
  ],
  [
    'Conv',
    [
      ['N', 3, 8, 8],
      [4, 2, 3, 3],
    ],
    {},
    'channels differ',
  ],
  [
    'Conv',
    [
      ['N', 4, 8, 8],
      [3, 2, 3, 3],
    ],
    { group: 2 },
    '3 filters do not divide into 2 groups',
  ],
  [
    'Conv',
    [
      ['N', 3, 2, 8],
      [4, 3, 3, 3],
    ],
    {},
    'a window of 3 does not fit into 2 + 0 cells',
  ],
  [
    'Conv',
    [
      ['N', 3, 'H', 8],
      [4, 3, 3, 3],
    ],
    {},
    "axis 2 of 'x0' must be a known size, not 'H'",
  ],
  [
    'ConvTranspose',
    [
      ['N', 3, 8, 8],
      [4, 3, 3, 3],
    ],
    {},
    'channels differ',
  ],
  ['MaxPool', [['N', 3, 8]], pool, 'a pool of 2 axes over [N, 3, 8]'],
  ['MaxUnpool', [[1, 1, 2, 2], ['int64', [1, 1, 2]], ints(1, 1, 4, 4)], pool, 'values and indices differ in shape'],
  ['ScatterElements', [[4], ['int64', [2]], [3]], {}, 'indices and updates differ in shape'],
  [
    'ReduceSum',
    [
      [2, 3],
      ['int64', [1]],
    ],
    {},
    "'x1' must be a constant",
  ],
  ['Sum', [[2], ['int64', [2]]], {}, "'x1' is int64, expected float32"],
  [
    'MatMul',
    [
      [2, 3],
      ['int64', [3, 2]],
    ],
    {},
    "'x1' is int64, expected float32",
  ],
  [
    'Gemm',
    [
      [2, 3],
      [3, 2],
      ['int32', [2]],
    ],
    {},
    "'x2' is int32, expected float32",
  ],
  [
    'Conv',
    [
      [1, 3, 8, 8],
      ['int64', [4, 3, 3, 3]],
    ],
    {},
    "'x1' is int64, expected float32",
  ],
  ['Concat', [[2], ['bool', [2]]], { axis: 0 }, "'x1' is bool, expected float32"],
  ['Not', [[2]], {}, "'x0' is float32, expected bool"],
  [
    'PRelu',
    [
      [2, 3],
      [2, 1, 1],
    ],
    {},
    'the slope [2, 1, 1] cannot be repeated to [2, 3]',
  ],
  [
    'PRelu',
    [
      [1, 3],
      [2, 1],
    ],
    {},
    'the slope [2, 1] cannot be repeated to [1, 3]',
  ],
  ['Gather', [[2, 3], [2]], {}, "'x1' is float32, expected int64 or int32"],
  [
    'GatherElements',
    [
      [2, 3],
      [2, 3],
    ],
    {},
    "'x1' is float32, expected int64 or int32",
  ],
  ['ScatterElements', [[4], [2], [2]], {}, "'x1' is float32, expected int64 or int32"],
  ['ScatterElements', [[4], ['int64', [2]], ['int64', [2]]], {}, "'x2' is int64, expected float32"],
  ['BatchNormalization', [['N', 3], [3], [3], [4], [3]], {}, "'x3' is [4], expected [3]"],
  ['LayerNormalization', [['N', 3], [4]], {}, 'cannot be broadcast'],
  ['LayerNormalization', [['N', 3], [3], [2, 3]], {}, 'the bias [2, 3] cannot be repeated to [3]'],
  ['LRN', [[1, 4, 2, 2]], { size: 2 }, 'a window of 2 channels is not odd'],
  ['Resize', [[1, 4, 2, 2]], {}, 'input 3 is missing'],
  ['Resize', [[1, 4, 2, 2], null, ints(2, 2)], {}, '2 scales for [1, 4, 2, 2]'],
  ['Resize', [['N', 4, 2, 2], null, ints(2, 1, 2, 2)], {}, "axis 0 of 'x0' must be a known size, not 'N'"],
  ['ReduceSum', [[2, 3], null], {}, 'input 1 is missing'],
  ['ReduceSum', [[2, 3], ints(2)], {}, 'there is no axis 2 in 2 dimensions'],
  [
    'SoftmaxCrossEntropyLoss',
    [
      [4, 3],
      ['int64', [3]],
    ],
    {},
    'needs [N, C] and [N], not [4, 3] and [3]',
  ],
  ['SoftmaxCrossEntropyLoss', [[4, 3], [4]], {}, "'x1' is float32, expected int64 or int32"],
  ['Transpose', [[2, 3]], { perm: [0, 0] }, '[0,0] does not permute [2, 3]'],
  ['Reshape', [[2, 3], ints(4, -1)], {}, '[2, 3] cannot be reshaped to [4, -1]'],
  ['Reshape', [['N', 3], ints(6)], {}, '[N, 3] cannot be reshaped to [6]'],
  ['Reshape', [['N', 3], ints(-1, 2)], {}, '[N, 3] cannot be reshaped to [-1, 2]'],
  ['Reshape', [['N', 4], ints(-1, 2)], {}, '[N, 4] cannot be reshaped to [-1, 2]'],
  ['Reshape', [[2, 4], ints(-1, -1)], {}, '[2, 4] cannot be reshaped to [-1, -1]'],
  ['Expand', [[3], ints(2)], {}, 'cannot be broadcast'],
  [
    'Concat',
    [
      [2, 3],
      [2, 4],
    ],
    { axis: 0 },
    '[2, 4] next to [2, 3]',
  ],
  ['Split', [[2, 3], ints(1, 1)], { axis: 1 }, "Split of 'x0' [2, 3] into [1,1]"],
  ['Slice', [['N', 5], ints(0), ints(1), ints(0), ints(1)], {}, 'must be a known size'],
  ['Slice', [[5], ints(4), ints(0), ints(0), ints(-1)], {}, 'steps must be positive'],
  ['Pad', [[2, 5], ints(0, -3, 0, -3)], {}, '6 cells cannot be cropped from axis 1 of [2, 5]'],
  ['Pad', [['N', 5], ints(1, 0, 0, 0)], {}, 'must be a known size'],
];

describe('shape errors name the op and the mismatch', () => {
  it.each(errors)('%s of %j %j', (op, inputs, attrs, message) => {
    expect(() => infer(op, inputs, attrs)).toThrow(ShapeError);
    expect(() => infer(op, inputs, attrs)).toThrow(message);
    expect(() => infer(op, inputs, attrs)).toThrow(`${op} 'here': `);
  });
});
