import { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { blockSize } from '../engine/selfCheck.ts';
import { OpsetError } from '../onnx/opset.ts';
import { validateModel } from '../onnx/validate.ts';
import { writeModel } from '../onnx/write.ts';
import { OPSETS } from '../opsets.ts';
import type { Dense } from './dense.ts';
import { interpret } from './interpret.ts';
import { conv, float, type OpCase, opCases, programOf } from './opCases.ts';
import { ops } from './ops.ts';
import type { DType } from './tensor.ts';
import { verifyProgram } from './verify.ts';

/**
 * Block size of the internal layout of the runtime on this computer. Without such a layout, 8 is used and nothing is
 * run.
 */
const found = await blockSize();
const b = found === 0 ? 8 : found;
const blockedConvolution = { ...conv([3, 2], [1, 1], [1, 0, 1, 1]), block: b };
const blockedCases: readonly OpCase[] = [
  ['BlockedInput', 'channels first', [float([2, 2 * b, 2, 3])], { channels_last: 0, block: b }],
  ['BlockedInput', 'filled up', [float([2, b + 4, 2, 3])], { channels_last: 0, block: b }],
  ['BlockedInput', 'channels last', [float([2, 2, 3, 2 * b])], { channels_last: 1, block: b }],
  ['BlockedOutput', 'whole blocks', [float([2, 2 * b, 2, 3])], { channels: 2 * b, block: b }],
  ['BlockedOutput', 'cut off', [float([2, 2 * b, 2, 3])], { channels: 2 * b - 3, block: b }],
  ['BlockedConv', '', [float([2, 2 * b, 4, 5]), float([3 * b, 2 * b, 3, 2])], blockedConvolution],
  ['BlockedConv', 'plain x', [float([2, 3, 4, 5]), float([b, 3, 3, 2]), float([b])], blockedConvolution],
  [
    'BlockedConv',
    'dilated, added to',
    [float([2, b, 6, 7]), float([b, b, 2, 3]), null, float([2, b, 4, 3])],
    { ...conv([2, 3], [1, 1], [0, 0, 0, 0], [2, 2]), block: b },
  ],
  [
    'BlockedConv',
    'a group for every channel, padded',
    [float([2, b, 3, 4]), float([b, 1, 1, 1])],
    { ...conv([1, 1], [1, 1], [0, 1, 0, 2], [1, 1], b), block: b },
  ],
  [
    'BlockedConv',
    'strided',
    [float([1, b, 6, 7]), float([2 * b, b, 3, 3]), float([2 * b])],
    { ...conv([3, 3], [2, 2], [1, 1, 1, 1]), block: b },
  ],
];

function runtimeTensor(dtype: DType, { shape, data }: Dense): RuntimeTensor {
  const dims = [...shape];
  if (dtype === 'int64') return new RuntimeTensor('int64', BigInt64Array.from(data, BigInt), dims);
  if (dtype === 'int32') return new RuntimeTensor('int32', Int32Array.from(data), dims);
  if (dtype === 'bool') return new RuntimeTensor('bool', Uint8Array.from(data), dims);
  return new RuntimeTensor('float32', Float32Array.from(data), dims);
}

function closeTo(actual: ArrayLike<number | bigint>, expected: Float64Array): boolean {
  if (actual.length !== expected.length) return false;
  return expected.every((value, i) => Math.abs(Number(actual[i]) - value) <= 1e-5 * Math.max(1, Math.abs(value)));
}

it('every op has a case', () => {
  // Operators have tests of their own (src/engine/operators.test.ts).
  const missing = Object.keys(ops).filter(
    (op) => op !== 'Operator' && ![...opCases, ...blockedCases].some(([name]) => name === op),
  );
  expect(missing).toEqual([]);
});

/** Cases that opset 13 does not support. */
const later = (title: string): boolean =>
  title === 'ScatterElements two updates of one element' || /^(LayerNorm|BatchNormalization training)/.test(title);

for (const opset of [OPSETS.least, OPSETS.standard, OPSETS.most]) {
  it.each(
    opCases.map((row): [string, OpCase] => [`${row[0]} ${row[1]}`.trim(), row]),
  )(`opset ${opset}: interpreter and onnxruntime agree on %s`, (title, row) => compare(title, row, opset));
}

it.skipIf(found === 0).each(blockedCases.map((row): [string, OpCase] => [`${row[0]} ${row[1]}`.trim(), row]))(
  'interpreter and onnxruntime agree on %s',
  (title, row) => compare(title, row, OPSETS.standard),
);

async function compare(title: string, row: OpCase, opset: number): Promise<void> {
  const { program, feeds } = programOf(row);
  expect(verifyProgram(program)).toEqual([]);
  if (opset < OPSETS.standard && later(title)) {
    expect(() => writeModel(program, { opset })).toThrow(OpsetError);
    return;
  }
  const bytes = writeModel(program, { opset });
  expect(validateModel(bytes)).toEqual([]);
  const session = await InferenceSession.create(bytes);
  const tensors = program.inputs.map(({ value }) => [
    value.name,
    runtimeTensor(value.dtype as DType, feeds[value.name]!),
  ]);
  const actual = await session.run(Object.fromEntries(tensors));
  const expected = interpret(program, feeds);
  for (const { value } of program.outputs) {
    const [found, wanted] = [actual[value.name]!, expected[value.name]!];
    expect(found.dims).toEqual(value.shape);
    expect(found.type).toBe(value.dtype);
    const numbers = Array.from(found.data as ArrayLike<number | bigint>, Number);
    expect(closeTo(numbers, wanted.data), `${value.name}: ${numbers} instead of ${wanted.data}`).toBe(true);
  }
  await session.release();
}
