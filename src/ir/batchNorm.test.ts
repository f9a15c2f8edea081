import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { writeModel } from '../onnx/write.ts';
import { Builder } from './builder.ts';
import type { Value } from './program.ts';
import { CPU } from './target.ts';
import { floatTensor } from './tensor.ts';

/**
 * In training mode, the runtime overwrites inputs 3 and 4 with the statistics, unless they are outputs of the
 * program. It overwrites feeds, constants, and equal values that it shares between nodes.
 */
const shape = [4, 3, 2, 2];
const numbers = Float32Array.from({ length: 48 }, (_, i) => Math.sin(i * 1.7) + (i % 3));

function momentsOf(data: Float32Array, channel: number): { mean: number; variance: number } {
  const own = [...data].filter((_, i) => Math.floor(i / 4) % 3 === channel);
  const mean = own.reduce((a, b) => a + b) / own.length;
  return { mean, variance: own.reduce((sum, x) => sum + (x - mean) ** 2, 0) / own.length };
}

const scales: Record<string, (g: Builder) => Value> = {
  fed: (g) => g.input('scale', 'float32', [3], { kind: 'parameter' }),
  constant: (g) => g.constant(floatTensor([3], [1, 1, 1])),
  'an expanded constant': (g) => g.expand(g.scalar(1), [3]),
};

it.each(
  Object.keys(scales),
)('training statistics are correct and overwrite no other value if the scale is %s', async (kind) => {
  const g = new Builder('training', CPU);
  const x = g.input('x', 'float32', shape, { kind: 'data' });
  const scale = scales[kind]!(g);
  const bias = g.constant(floatTensor([3], [0, 0, 0]));
  const one = g.batchNormTrain(x, scale, bias, 1e-5);
  const same = g.batchNormTrain(x, scale, bias, 1e-2);
  const squared = g.batchNormTrain(g.square(x), scale, bias, 1e-5);
  const two = g.scalar(2);
  const values = [one, same, squared].flatMap(({ mean, variance }) => [g.mul(mean, two), g.mul(variance, two)]);
  const outputs = [...values, g.add(scale, two)].map((value, i) => ({
    value,
    name: `y${i}`,
    role: { kind: 'prediction' } as const,
  }));
  const session = await InferenceSession.create(writeModel(g.finish(outputs)));
  const fed = { x: Float32Array.from(numbers), scale: Float32Array.of(1, 1, 1) };
  const feeds = {
    x: new Tensor('float32', fed.x, shape),
    ...(kind === 'fed' ? { scale: new Tensor('float32', fed.scale, [3]) } : {}),
  };
  for (let run = 0; run < 3; run++) {
    const result = await session.run(feeds);
    [numbers, numbers, numbers.map((value) => value * value)].forEach((data, i) => {
      for (let channel = 0; channel < 3; channel++) {
        const { mean, variance } = momentsOf(data, channel);
        expect(result[`y${2 * i}`]!.data[channel]).toBeCloseTo(2 * mean, 4);
        expect(result[`y${2 * i + 1}`]!.data[channel]).toBeCloseTo(2 * variance, 4);
      }
    });
    expect([...(result.y6!.data as Float32Array)]).toEqual([3, 3, 3]);
  }
  expect(fed.x).toEqual(numbers);
  expect([...fed.scale]).toEqual([1, 1, 1]);
  await session.release();
});
