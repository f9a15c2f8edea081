import { describe, expect, it } from 'vitest';
import { withSeparatePads } from '../compile/separatePads.ts';
import { Builder } from '../ir/builder.ts';
import { interpret } from '../ir/interpret.ts';
import type { Program, Value } from '../ir/program.ts';
import { PORTABLE } from '../ir/target.ts';
import { floatTensor } from '../ir/tensor.ts';
import { writeModel } from '../onnx/write.ts';
import { random } from '../random/philox.ts';
import { UserError } from '../text.ts';
import { Proof, prove } from './proof.ts';
import { CPU_DEVICE, openModel, openProgram } from './session.ts';

const tensor = (...numbers: number[]) => floatTensor([numbers.length], Float32Array.from(numbers));
const proofOf = (got: readonly number[], expected: readonly number[]) => {
  const proof = new Proof('none', 'finite');
  proof.compare(tensor(...got), tensor(...expected));
  return proof;
};

it('reports the largest difference and the largest value', () => {
  const proof = proofOf([1, -8, 2], [1, -8, 2.5 - 0.499]);
  proof.compare(tensor(4), tensor(4));
  const { maxError, largest } = proof.result();
  expect(maxError).toBeCloseTo(0.001, 5);
  expect(largest).toBe(8);
});

it('tolerates the rounding of large values', () => {
  expect(proofOf([1e8], [1e8 + 64]).result().maxError).toBe(64);
});

const { NaN: none, POSITIVE_INFINITY: infinity } = Number;
it.each([
  ['another number', [1, 2], [1, 2.1], /differ by up to 1\.0e-1, with values up to 2\.1.*report/],
  ['no number', [none], [1], /contain NaN or infinity, but those of Netloom are up to 1\.0.*report/],
  ['infinity', [infinity], [1], /contain NaN or infinity/],
  ['a number where the trainer has none', [1], [none], /so large that its outputs are NaN or infinite/],
  ['none, as the trainer has', [none], [none], /outputs are NaN or infinite.*checkpoint.*lower learning rate/],
  ['none where the trainer has infinity', [none], [infinity], /outputs are NaN or infinite/],
])('refuses %s, with the reason', (_, got, expected, message) => {
  const result = () => proofOf(got, expected).result();
  expect(result).toThrow(UserError);
  expect(result).toThrow(message);
});

it('accepts an infinity that both compute', () => {
  expect(proofOf([infinity, 2], [infinity, 2]).result()).toEqual({ maxError: 0, largest: 2 });
});

it('refuses another shape', () => {
  expect(() => new Proof('none', 'finite').compare(tensor(1), tensor(1, 2))).toThrow(/outputs \[1\], not \[2\]/);
});

/** Zero padding before pooling, which the optimizations of the runtime fold incorrectly. */
const POOLED: readonly (readonly [string, (g: Builder, x: Value) => Value])[] = [
  ['a maximum', (g, x) => g.maxPool(border(g, x, 1), tiles)],
  ['a mean of what is there', (g, x) => g.averagePool(border(g, x, 1), { ...tiles, pads: [1, 1, 1, 1] }, false)],
  ['a mean', (g, x) => g.averagePool(border(g, x, 1), tiles, false)],
  ['more zeros than the window has cells', (g, x) => g.averagePool(border(g, x, 3), tiles, true)],
  ['zeros on one side', (g, x) => g.maxPool(g.pad(x, [0, 0, 0, 0], [0, 0, 1, 0]), tiles)],
  ['zeros, and a row cut off', (g, x) => g.maxPool(g.pad(x, [0, 0, -1, 2], [0, 0, -1, 1]), tiles)],
  ['an Identity in between', (g, x) => g.maxPool(g.identity(border(g, x, 1)), tiles)],
  ['a Reshape in between', (g, x) => g.maxPool(g.reshape(border(g, x, 1), [2, 4, 6, 6]), tiles)],
];
const tiles = { kernel: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0] };
const border = (g: Builder, x: Value, cells: number): Value => g.pad(x, [0, 0, cells, cells], [0, 0, cells, cells]);

function program(make: (g: Builder, x: Value) => Value): Program {
  const g = new Builder('padded', PORTABLE);
  const x = g.input('x', 'float32', [2, 4, 4, 4], { kind: 'data' });
  return g.finish([{ name: 'y', value: make(g, x), role: { kind: 'prediction' } }]);
}

/** All values are negative, so that a zero is the maximum of its window. */
const rng = random(3, 'padded');
const x = floatTensor(
  [2, 4, 4, 4],
  Float32Array.from({ length: 128 }, () => -0.1 - rng.uniform()),
);

function expectedOf(padded: Program) {
  const { shape, data } = interpret(padded, { x: { shape: x.shape, data: Float64Array.from(x.data, Number) } }).y;
  const predictions = new Map([['y', floatTensor(shape, Float32Array.from(data))]]);
  return [{ feeds: new Map([['x', x]]), predictions }];
}

describe('zero padding before pooling', () => {
  it.each(POOLED)('%s: computed correctly by Netloom', async (_, make) => {
    const padded = program(make);
    const [{ feeds, predictions }] = expectedOf(padded);
    const session = await openProgram(padded, CPU_DEVICE);
    const proof = new Proof('none', 'finite');
    proof.compare((await session.run(feeds)).get('y') ?? x, predictions.get('y') ?? x);
    expect(proof.result().maxError).toBeLessThan(1e-6);
    await session.release();
  });

  it.each(POOLED)('%s: exported in a form that every runtime computes correctly', async (_, make) => {
    const padded = program(make);
    const model = Uint8Array.from(writeModel(withSeparatePads(padded, PORTABLE)));
    const proof = await prove((way) => openModel(model, CPU_DEVICE, way), expectedOf(padded), 'finite');
    expect(proof.maxError).toBeLessThan(1e-6);
  });

  it('a form that is optimized wrongly is refused, with the reason', async () => {
    const padded = program(POOLED[0][1]);
    const model = Uint8Array.from(writeModel(padded));
    const proof = prove((way) => openModel(model, CPU_DEVICE, way), expectedOf(padded), 'finite');
    await expect(proof).rejects.toThrow(/Export failed.*after optimization by the runtime/);
  });

  it('elsewhere is not changed', () => {
    const convolved = program((g, x) => {
      const w = g.constant(floatTensor([1, 4, 3, 3], new Float32Array(36).fill(1)));
      return g.conv(border(g, x, 1), w, null, { ...tiles, kernel: [3, 3], dilations: [1, 1] });
    });
    expect(withSeparatePads(convolved, PORTABLE).ops.map(({ op }) => op)).toEqual(['Pad', 'Conv']);
  });
});
