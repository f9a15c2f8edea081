import { expect, it } from 'vitest';
import { random } from '../random/philox.ts';
import { Builder } from './builder.ts';
import { interpret } from './interpret.ts';
import type { Value } from './program.ts';
import { CPU, PORTABLE, type Target, WEBGPU } from './target.ts';
import { floatTensor } from './tensor.ts';

const SIZE = 64;
const EPSILON = 1e-5;
const { fround } = Math;

/** Normalizes in float32 with the variance mean(x²) − mean(x)², like the kernels of onnxruntime 1.21 and WebGPU. */
function onePass(x: Float32Array): Float32Array {
  let [sum, squares] = [0, 0];
  for (const value of x) {
    sum = fround(sum + value);
    squares = fround(squares + fround(value * value));
  }
  const mean = fround(sum / SIZE);
  const variance = Math.max(0, fround(fround(squares / SIZE) - fround(mean * mean)));
  return x.map((value) => (value - mean) / Math.sqrt(variance + EPSILON));
}

/** Error of this kernel in a program for `target`, for values around `mean` with a standard deviation of 1. */
function errorOf(target: Target, mean: number): number {
  const g = new Builder('normalized', target);
  const x = g.input('x', 'float32', [1, SIZE], { kind: 'data' });
  const scale = g.constant(floatTensor([SIZE], new Float32Array(SIZE).fill(1)));
  const y = g.layerNorm(x, scale, null, 1, EPSILON);
  const program = g.finish([{ name: 'y', value: y, role: { kind: 'prediction' } }]);
  const rng = random(1, 'normalized');
  const feeds = { x: { shape: [1, SIZE], data: Float64Array.from({ length: SIZE }, () => mean + rng.normal()) } };
  const expected = interpret(program, feeds).y.data;
  const value = program.ops.find(({ op }) => op === 'LayerNormalization')?.inputs[0] as Value;
  const before = { ...program, outputs: [{ value, role: { kind: 'prediction' } as const }] };
  const given = value === x ? feeds.x.data : interpret(before, feeds)[value.name].data;
  return onePass(Float32Array.from(given)).reduce((most, got, i) => Math.max(most, Math.abs(got - expected[i])), 0);
}

it.each([
  ['exports', PORTABLE],
  ['WebGPU', WEBGPU],
])('layer normalization is precise in single-pass kernels: %s', (_, target) => {
  for (const mean of [0, 10, 1000, -1000]) expect(errorOf(target, mean), `mean ${mean}`).toBeLessThan(1e-4);
});

it('a single-pass kernel loses precision unless the mean is subtracted first', () => {
  expect(errorOf(CPU, 1000)).toBeGreaterThan(1e-2);
});

it.each([
  ['exports', PORTABLE],
  ['WebGPU', WEBGPU],
])('layer normalization of a single value is the bias, without the op, which some runtimes refuse: %s', (_, target) => {
  const g = new Builder('single', target);
  const x = g.input('x', 'float32', [2, 3, 1], { kind: 'data' });
  const [scale, bias] = [2, 0.5].map((value) => g.constant(floatTensor([1], [value])));
  const y = g.layerNorm(x, scale, bias, 2, EPSILON);
  const program = g.finish([{ name: 'y', value: y, role: { kind: 'prediction' } }]);
  expect(program.ops.map(({ op }) => op)).not.toContain('LayerNormalization');
  const feeds = { x: { shape: [2, 3, 1], data: Float64Array.from([1, -2, 3e6, 0, 5, 6]) } };
  expect([...interpret(program, feeds).y.data]).toEqual(Array(6).fill(0.5));
});
