import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { Builder } from '../ir/builder.ts';
import { interpret } from '../ir/interpret.ts';
import type { Program } from '../ir/program.ts';
import { CPU, PORTABLE, type Target } from '../ir/target.ts';
import { elementCount } from '../ir/tensor.ts';
import { writeModel } from '../onnx/write.ts';
import { random } from '../random/philox.ts';
import { backward } from './backward.ts';

/** dx, dScale and dBias of batch normalization with statistics of the batch. */
function gradientsOf(shape: readonly number[], target: Target): Program {
  const g = new Builder('normalized', target);
  const x = g.input('x', 'float32', shape, { kind: 'parameter' });
  const scale = g.input('scale', 'float32', [shape[1]], { kind: 'parameter' });
  const bias = g.input('bias', 'float32', [shape[1]], { kind: 'parameter' });
  const { y } = g.batchNormTrain(x, scale, bias, 1e-5);
  const up = g.input('up', 'float32', shape, { kind: 'data' });
  const loss = g.reduceSum(g.mul(y, up), [...shape.keys()]);
  const found = backward(g, loss, [x, scale, bias]);
  return g.finish([...found].map(([of, value]) => ({ value, name: `d${of.name}`, role: { kind: 'prediction' } })));
}

/** Error of the runtime against float64, relative to the largest value. */
async function errorsOf(program: Program, mean: number): Promise<Record<string, number>> {
  const rng = random(4, 'far from 0');
  const drawn = program.inputs.map(({ value: { name, shape } }) => {
    const sizes = shape.map(Number);
    const data = Float32Array.from({ length: elementCount(sizes) }, () => rng.normal() + (name === 'x' ? mean : 0));
    return { name, shape: sizes, data };
  });
  const exact = interpret(
    program,
    Object.fromEntries(drawn.map(({ name, shape, data }) => [name, { shape, data: Float64Array.from(data) }])),
  );
  const session = await InferenceSession.create(writeModel(program), { logSeverityLevel: 3 });
  const ran = await session.run(
    Object.fromEntries(drawn.map(({ name, shape, data }) => [name, new Tensor('float32', data, shape)])),
  );
  await session.release();
  return Object.fromEntries(
    program.outputs.map(({ value: { name } }) => {
      const largest = exact[name].data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      const off = exact[name].data.reduce((most, x, i) => Math.max(most, Math.abs(x - Number(ran[name].data[i]))), 0);
      return [name, off / largest];
    }),
  );
}

it.each([
  ['images', [16, 4, 6, 6], CPU, 5e-5],
  ['matrices', [64, 4], CPU, 5e-5],
  // Without the op, the rounding error of the mean is not corrected.
  ['images, by parts', [16, 4, 6, 6], PORTABLE, 3e-4],
] as const)('gradients of %s are precise if a channel is a thousand standard deviations from 0', async (_, shape, target, most) => {
  const errors = await errorsOf(gradientsOf(shape, target), 1000);
  expect(Object.keys(errors)).toEqual(['dx', 'dscale', 'dbias']);
  expect(errors.dscale).toBeLessThan(most);
  expect(errors.dbias).toBeLessThan(1e-5);
  expect(errors.dx).toBeLessThan(1e-3);
});
