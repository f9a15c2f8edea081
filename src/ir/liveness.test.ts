import { describe, expect, test } from 'vitest';
import { Builder } from './builder.ts';
import { bytesOf, livenessOf } from './liveness.ts';
import type { Program, Value } from './program.ts';
import { BATCH } from './shape.ts';
import { CPU } from './target.ts';

/** A program with one input of [batch, 100], 400 bytes per sample. */
function program(make: (g: Builder, x: Value) => Value | Value[], batch: number | string = 1): Program {
  const g = new Builder('test', CPU);
  const x = g.input('x', 'float32', [batch, 100], { kind: 'data' });
  const results = [make(g, x)].flat();
  return g.finish(results.map((value, i) => ({ name: `y${i}`, value, role: { kind: 'prediction' } })));
}
const peak = (make: Parameters<typeof program>[0], batch?: number | string, size = 1): number =>
  livenessOf(program(make, batch), size).peakBytes;

describe('peak of the live bytes', () => {
  test('a chain of functions reuses one buffer', () => {
    expect(peak((g, x) => g.relu(x))).toBe(400);
    expect(peak((g, x) => g.tanh(g.relu(g.tanh(x))))).toBe(400);
  });

  test('a value that is read later keeps its buffer', () => {
    // relu(x) is live while tanh of it is computed. The product reads both and reuses one of the buffers.
    expect(
      peak((g, x) => {
        const a = g.relu(x);
        return g.mul(a, g.tanh(a));
      }),
    ).toBe(800);
  });

  test('an op that cannot reuse its input needs a second buffer', () => {
    expect(peak((g, x) => g.softmax(g.relu(x), -1))).toBe(800);
    expect(peak((g, x) => g.softmax(g.softmax(g.softmax(x, -1), -1), -1))).toBe(800);
  });

  test('a reshaped value shares the buffer and keeps it live', () => {
    expect(peak((g, x) => g.reshape(g.relu(x), [10, 10]))).toBe(400);
    expect(
      peak((g, x) => {
        const a = g.relu(x);
        return g.add(g.reshape(g.softmax(a, -1), [1, 100]), a);
      }),
    ).toBe(800);
  });

  test('outputs are kept to the end', () => {
    expect(
      peak((g, x) => {
        const a = g.softmax(x, -1);
        return [a, g.softmax(a, 0), g.softmax(x, 0)];
      }),
    ).toBe(1200);
  });

  test('grows with an open batch', () => {
    expect(peak((g, x) => g.softmax(g.relu(x), -1), BATCH, 64)).toBe(64 * 800);
  });
});

test('names the op at the peak and counts the moved bytes', () => {
  const found = livenessOf(
    program((g, x) =>
      g.within('wide', () => g.matMul(g.relu(x), g.input('w', 'float32', [100, 300], { kind: 'parameter' }))),
    ),
    1,
  );
  expect(found.peakAt).toMatch(/^wide/);
  expect(found.peakBytes).toBe(400 + 1200);
  // relu reads and writes 400 bytes; the product reads 400 and 120,000 and writes 1200.
  expect(found.movedBytes).toBe(800 + 400 + 120_000 + 1200);
});

test('bytes of each element type', () => {
  const value = (dtype: Value['dtype']): Value => ({ name: 'v', dtype, shape: [2, BATCH, 3] });
  expect((['float32', 'int64', 'int32', 'bool'] as const).map((dtype) => bytesOf(value(dtype), 5))).toEqual([
    120, 240, 120, 30,
  ]);
});
