import { describe, expect, it } from 'vitest';
import { Builder } from './builder.ts';
import { constantsOf, type OutputRole } from './program.ts';
import { CPU, PORTABLE } from './target.ts';
import { floatTensor, intTensor } from './tensor.ts';
import { verifyProgram } from './verify.ts';

const prediction: OutputRole = { kind: 'prediction' };

function start() {
  const g = new Builder('test');
  return { g, x: g.input('x', 'float32', ['N', 4], { kind: 'data' }) };
}

describe('constants', () => {
  it('shares equal small ones, whatever name they were to have', () => {
    const { g } = start();
    expect(g.constant(floatTensor([2], [1, 2]), 'a')).toBe(g.constant(floatTensor([2], [1, 2]), 'b'));
    expect(g.scalar(3)).toBe(g.scalar(3));
    expect(g.ints([1, 2])).toBe(g.ints([1, 2]));
  });

  it('keeps apart what differs in numbers, shape or type', () => {
    const { g } = start();
    const all = [
      g.constant(floatTensor([2], [1, 2])),
      g.constant(floatTensor([2], [1, 3])),
      g.constant(floatTensor([1, 2], [1, 2])),
      g.constant(intTensor([2], [1, 2])),
      g.scalar(1),
      g.scalar(0),
      g.scalar(-0),
      g.constant(floatTensor([1], [1])),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });

  it('does not compare large ones', () => {
    const { g } = start();
    const large = floatTensor([65], new Float32Array(65));
    expect(g.constant(large)).not.toBe(g.constant(large));
  });
});

describe('names', () => {
  it('are the scope and the op, numbered where they repeat', () => {
    const { g, x } = start();
    g.within('a', () => g.relu(g.relu(x)));
    g.within('b', () => g.relu(x));
    expect(g.ops.map(({ name, outputs }) => [name, outputs[0]?.name])).toEqual([
      ['a/Relu', 'a/relu'],
      ['a/Relu_2', 'a/relu_2'],
      ['b/Relu', 'b/relu'],
    ]);
  });

  it('leave the scope again after an exception', () => {
    const { g, x } = start();
    expect(() => g.within('a', () => g.reshape(x, [3]))).toThrow("Reshape 'a/Reshape'");
    expect(g.relu(x).name).toBe('relu');
  });

  it('can be given to a value, which is then called so everywhere', () => {
    const { g, x } = start();
    const y = g.relu(x);
    const z = g.neg(y);
    g.rename(y, 'hidden');
    const program = g.finish([{ value: z, role: prediction, name: 'out' }]);
    expect(program.ops.map(({ inputs, outputs }) => [inputs[0]?.name, outputs[0]?.name])).toEqual([
      ['x', 'hidden'],
      ['hidden', 'out'],
    ]);
  });

  it('of inputs are taken once', () => {
    const { g } = start();
    expect(() => g.input('x', 'float32', [], { kind: 'data' })).toThrow("two inputs are named 'x'");
  });
});

describe('finish', () => {
  it('leaves out ops, inputs and constants that nothing needs', () => {
    const { g, x } = start();
    g.input('unused', 'float32', [], { kind: 'data' });
    const y = g.mul(x, g.scalar(2));
    g.exp(g.add(y, g.scalar(3)));
    const program = g.finish([{ value: y, role: prediction }]);
    expect(program.ops.map(({ op }) => op)).toEqual(['Mul']);
    expect(program.inputs.map(({ value }) => value.name)).toEqual(['x']);
    expect(constantsOf(program)).toEqual([g.scalar(2)]);
  });

  it('leaves out unused trailing outputs, but not those of Split', () => {
    const g = new Builder('test');
    const x = g.input('x', 'float32', ['N', 1, 4, 4], { kind: 'data' });
    const pooled = g.maxPool(x, { kernel: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0] });
    const [left] = g.split(pooled, [1, 1], 3);
    const program = g.finish([{ value: left!, role: prediction }]);
    expect(program.ops.map(({ op, outputs }) => [op, outputs.length])).toEqual([
      ['MaxPool', 1],
      ['Split', 2],
    ]);
  });

  it('gives inputs, constants and values that are asked for twice outputs of their own', () => {
    const { g, x } = start();
    const y = g.relu(x);
    const program = g.finish([
      { value: x, role: prediction, name: 'same' },
      { value: g.scalar(1), role: prediction, name: 'one' },
      { value: y, role: prediction, name: 'y1' },
      { value: y, role: prediction, name: 'y2' },
    ]);
    expect(verifyProgram(program)).toEqual([]);
    expect(program.outputs.map(({ value }) => value.name)).toEqual(['same', 'one', 'y1', 'y2']);
  });
});

it('matMulT is one op where the target has it', () => {
  for (const target of [CPU, undefined]) {
    const g = new Builder('test', target);
    const x = g.input('x', 'float32', [2, 3], { kind: 'data' });
    expect(g.matMulT(x, x, { transB: true }).shape).toEqual([2, 2]);
    expect(g.ops.map(({ op }) => op)).toEqual(target === CPU ? ['FusedMatMul'] : ['Transpose', 'MatMul']);
  }
});

describe('batchNormTrain', () => {
  const emit = (target = CPU) => {
    const g = new Builder('test', target);
    const x = g.input('x', 'float32', [2, 3, 4, 4], { kind: 'data' });
    const result = g.batchNormTrain(x, g.constant(floatTensor([3], [1, 1, 1])), g.zeros([3]), 1e-5);
    return { g, ...result };
  };

  it('is one op where the target has it', () => {
    expect(emit().g.ops.map(({ op }) => op)).toContain('BatchNormalization');
    expect(emit(PORTABLE).g.ops.map(({ op }) => op)).not.toContain('BatchNormalization');
  });

  it.each([CPU, PORTABLE])('gives the statistics of every channel %j', (target) => {
    const { y, mean, variance } = emit(target);
    expect([y, mean, variance].map(({ shape }) => shape)).toEqual([[2, 3, 4, 4], [3], [3]]);
  });

  it('keeps all outputs, as the runtime wants', () => {
    const { g, y } = emit();
    const program = g.finish([{ value: y, role: prediction }]);
    expect(program.ops.at(-1)?.outputs.length).toBe(3);
    expect(verifyProgram(program)).toEqual([]);
  });
});

it('resize reads whole factors by Resize, others by indices', () => {
  const g = new Builder('test');
  const x = g.input('x', 'float32', ['N', 3, 4, 5], { kind: 'data' });
  expect(g.resize(x, [8, 15], { mode: 'nearest' }).shape).toEqual(['N', 3, 8, 15]);
  expect(g.resize(x, [7, 15], { mode: 'nearest' }).shape).toEqual(['N', 3, 7, 15]);
  expect(g.resize(x, [7, 3], { mode: 'linear' }).shape).toEqual(['N', 3, 7, 3]);
  expect(g.ops.map(({ op }) => op)).toEqual(['Resize', 'Gather', 'Gather', 'Resize']);
});

it('localResponseNorm is LRN for odd windows alone, and where that is fast', () => {
  const onCpu = new Builder('test', CPU);
  onCpu.localResponseNorm(onCpu.zeros([1, 6, 2, 2]), { size: 3, alpha: 1, beta: 0.75, k: 1 });
  expect(onCpu.ops.some(({ op }) => op === 'LRN')).toBe(false);
  const g = new Builder('test');
  const x = g.input('x', 'float32', ['N', 6, 2, 2], { kind: 'data' });
  const settings = { alpha: 1, beta: 0.75, k: 1 };
  expect(g.localResponseNorm(x, { size: 3, ...settings }).shape).toEqual(x.shape);
  expect(g.ops.map(({ op }) => op)).toEqual(['LRN']);
  expect(g.localResponseNorm(x, { size: 4, ...settings }).shape).toEqual(x.shape);
  expect(g.ops.filter(({ op }) => op === 'LRN').length).toBe(1);
});

it.each([
  [[1, 0, 1, 0], true],
  [[0, 2, 0, 2], true],
  [[0, 0, 1, 1], true],
  [[1, 1, 1, 1], false],
])('padding %j that counts in a mean is zeros before the pool: %s', (pads, apart) => {
  const g = new Builder('mean', PORTABLE);
  const x = g.input('x', 'float32', [1, 1, 6, 9], { kind: 'data' });
  const y = g.averagePool(x, { kernel: [3, 3], strides: [2, 1], pads }, true);
  const { ops } = g.finish([{ name: 'y', value: y, role: { kind: 'prediction' } }]);
  expect(ops.map(({ op }) => op)).toEqual(apart ? ['Pad', 'AveragePool'] : ['AveragePool']);
});
