import { describe, expect, it } from 'vitest';
import { backward } from '../autodiff/backward.ts';
import { blockSize } from '../engine/selfCheck.ts';
import { CPU_DEVICE, openProgram } from '../engine/session.ts';
import { Builder, type Window } from '../ir/builder.ts';
import { interpret } from '../ir/interpret.ts';
import { opRow } from '../ir/ops.ts';
import type { Program, Value } from '../ir/program.ts';
import { blockedCpu, CPU, type Target } from '../ir/target.ts';
import { elementCount, floatTensor } from '../ir/tensor.ts';
import { verifyProgram } from '../ir/verify.ts';
import { random } from '../random/philox.ts';
import { withFastConvolutions } from './convolutionForms.ts';

interface Case {
  readonly about: string;
  readonly x: readonly number[];
  readonly w: readonly number[];
  readonly strides?: readonly number[];
  readonly pads?: readonly number[];
  readonly dilations?: readonly number[];
  readonly group?: number;
  /** The results that come from blocked convolutions. */
  readonly blocked: readonly ('y' | 'dx' | 'dw')[];
}

/** Block size of the runtime on this computer. Layouts are tested for all block sizes of processors. */
const found = await blockSize();

const cases = (b: number): readonly Case[] => [
  { about: 'whole blocks', x: [b, b, 4, 3], w: [b, b, 3, 3], pads: [1, 1, 1, 1], blocked: ['y', 'dx', 'dw'] },
  { about: 'other numbers of filters', x: [b, b, 4, 3], w: [b - 3, b, 3, 3], blocked: ['y', 'dw'] },
  { about: 'other numbers of channels', x: [b, b + 1, 4, 3], w: [b, b + 1, 3, 3], blocked: ['dx', 'dw'] },
  { about: 'few channels', x: [b, 3, 4, 3], w: [b, 3, 3, 3], pads: [1, 1, 1, 1], blocked: ['y'] },
  { about: 'few channels, large kernels', x: [b, 3, 5, 6], w: [b, 3, 5, 5], blocked: ['y', 'dw'] },
  { about: 'an uneven batch', x: [3, b, 4, 3], w: [b, b, 3, 3], blocked: ['y', 'dx'] },
  { about: 'a stride', x: [b, b, 5, 4], w: [b, b, 3, 3], strides: [2, 2], pads: [1, 1, 1, 1], blocked: ['y', 'dw'] },
  { about: 'a stride that leaves cells out', x: [b, b, 6, 6], w: [b, b, 3, 3], strides: [2, 2], blocked: ['y'] },
  { about: 'uneven pads', x: [b, b, 4, 3], w: [b, b, 2, 3], pads: [1, 0, 0, 2], blocked: ['y', 'dx', 'dw'] },
  { about: 'a dilation', x: [b, b, 5, 5], w: [b, b, 2, 2], dilations: [2, 2], blocked: ['y'] },
  { about: 'one cell', x: [b, b, 3, 3], w: [b, b, 1, 1], blocked: [] },
  { about: 'groups', x: [b, 2 * b, 3, 3], w: [2 * b, b, 3, 3], pads: [1, 1, 1, 1], group: 2, blocked: [] },
  { about: 'several blocks of images at once', x: [2 * b, b, 3, 3], w: [b, b, 2, 2], blocked: ['y', 'dx', 'dw'] },
  { about: 'images block by block', x: [2 * b, 1, 20, 20], w: [2, 1, 5, 5], blocked: ['y', 'dw'] },
];

/** A program with y, dx and dw for a given dy. */
function program({ x: shape, w: weights, group = 1, ...rest }: Case, target: Target): Program {
  const g = new Builder('forms', target);
  const input = (name: string, sizes: readonly number[]): Value => g.input(name, 'float32', sizes, { kind: 'data' });
  const [x, w, bias] = [input('x', shape), input('w', weights), input('b', weights.slice(0, 1))];
  const { strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1] } = rest;
  const window: Window = { kernel: weights.slice(2), strides, pads, dilations };
  const y = g.conv(x, w, bias, window, group);
  const loss = g.reduceSum(g.mul(y, input('dy', g.sizes(y))), [0, 1, 2, 3]);
  const gradients = backward(g, loss, [x, w]);
  const outputs = { y, dx: gradients.get(x) as Value, dw: gradients.get(w) as Value };
  const finished = g.finish(
    Object.entries(outputs).map(([name, value]) => ({ name, value, role: { kind: 'prediction' } })),
  );
  return withFastConvolutions(finished, target);
}

const numbersFor = ({ inputs }: Program): Record<string, { shape: number[]; data: Float64Array }> => {
  const rng = random(1, 'forms');
  return Object.fromEntries(
    inputs.map(({ value }) => {
      const shape = value.shape.map(Number);
      const data = Float64Array.from({ length: elementCount(shape) }, () => Math.fround(rng.uniform() - 0.5));
      return [value.name, { shape, data }];
    }),
  );
};

const distance = (actual: ArrayLike<number>, expected: Float64Array): number =>
  Math.max(...expected.map((value, i) => Math.abs((actual[i] as number) - value)));

/** The blocked convolutions on which an output depends. */
function blockedOutputs({ ops, outputs }: Program): string[] {
  const producers = new Map(ops.flatMap((op) => op.outputs.map((output) => [output, op] as const)));
  const reaches = (value: Value): boolean => {
    const op = producers.get(value);
    return op !== undefined && (op.op === 'BlockedConv' || op.inputs.some((input) => input !== null && reaches(input)));
  };
  return outputs.filter(({ value }) => reaches(value)).map(({ value }) => value.name);
}

const rows = [8, 16].flatMap((block) => cases(block).map((given) => ({ ...given, block })));

describe.each(rows)('in blocks of $block, with $about', ({ block, ...given }) => {
  const [plain, fast] = [program(given, CPU), program(given, blockedCpu(block))];
  const feeds = numbersFor(plain);
  const expected = interpret(plain, feeds);

  it('is a valid program with the same results', () => {
    expect(verifyProgram(fast)).toEqual([]);
    expect(blockedOutputs(fast)).toEqual(given.blocked);
    expect(fast.inputs).toEqual(plain.inputs);
    expect(fast.outputs.map(({ value }) => value.name)).toEqual(['y', 'dx', 'dw']);
    const actual = interpret(fast, feeds);
    for (const [name, { data }] of Object.entries(expected)) {
      expect(distance(actual[name]!.data, data), name).toBeLessThan(1e-9);
    }
  });

  it.skipIf(found !== block)('runs', async () => {
    const session = await openProgram(fast, CPU_DEVICE);
    const tensors = Object.entries(feeds).map(([name, { shape, data }]) => [name, floatTensor(shape, data)] as const);
    const actual = await session.run(new Map(tensors));
    await session.release();
    for (const [name, { data }] of Object.entries(expected)) {
      expect(distance(actual.get(name)!.data as Float32Array, data), name).toBeLessThan(1e-4);
    }
  });
});

it('programs for other targets are not changed', () => {
  const { ops } = program(cases(8)[0]!, CPU);
  expect(ops.map(({ op }) => opRow(op).domain)).not.toContain('com.microsoft.nchwc');
});
