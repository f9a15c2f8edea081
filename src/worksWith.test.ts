import { expect, it } from 'vitest';
import { worksWith, worksWithText } from './worksWith.ts';

const lenet = {
  opset: 17,
  ops: { Conv: 2, Relu: 4, MaxPool: 2, Flatten: 1, Gemm: 3, Softmax: 1 },
  inputs: [{ name: 'x', elementType: 'float' }],
  bytes: 250_000,
};
const [onnxruntime, web, opencv, tensorrt] = ['onnxruntime', 'onnxruntime-web', 'OpenCV', 'TensorRT'];

it.each<[string, Partial<Parameters<typeof worksWith>[0]>, readonly (readonly [string | undefined, string])[]]>([
  ['LeNet', {}, []],
  ['the newest opset', { opset: 26 }, [[tensorrt, 'it documents opset 9 to 24']]],
  [
    'an operator that few have',
    { ops: { MatMulInteger: 1 } },
    [
      [opencv, 'operator MatMulInteger'],
      [tensorrt, 'operator MatMulInteger'],
    ],
  ],
  [
    'operators of another domain',
    { ops: { 'com.microsoft.Gelu': 1, Relu: 1, 'ai.onnx.ml.Scaler': 2 } },
    [
      [opencv, 'operators com.microsoft.Gelu, ai.onnx.ml.Scaler'],
      [tensorrt, 'operators com.microsoft.Gelu, ai.onnx.ml.Scaler'],
    ],
  ],
  ['images as bytes', { inputs: [{ name: 'x', elementType: 'uint8' }] }, [[opencv, 'input x of type uint8']]],
  ['weights of 5 GB', { bytes: 5e9 }, [[web, 'the weights exceed its memory of 4 GB']]],
])('%s', (_, change, obstacles) => {
  const model = { ...lenet, ...change };
  const found = worksWith(model).flatMap(({ name, obstacle }) =>
    obstacle === null ? [] : [[name.split(' ')[0], obstacle.en]],
  );
  expect(found).toEqual(obstacles);
  const text = worksWithText(model).en;
  for (const [name = '', reason] of obstacles)
    expect(text).toMatch(new RegExp(`Not known to work: ${name}[^(]*\\(${reason}`));
  expect(text).toMatch(new RegExp(`^By operators and opset, works with: ${onnxruntime}`));
});
