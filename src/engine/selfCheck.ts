import { backward } from '../autodiff/backward.ts';
import { withFastConvolutions } from '../compile/convolutionForms.ts';
import { Builder, type Window } from '../ir/builder.ts';
import type { Program, Value } from '../ir/program.ts';
import { blockedCpu, CPU, type Target } from '../ir/target.ts';
import { elementCount, floatTensor, type Tensor } from '../ir/tensor.ts';
import { random } from '../random/philox.ts';
import { CPU_DEVICE, type Device, openProgram, type Tensors, targetOf } from './session.ts';

/** A convolution of x [N, C, H, W] with its gradients. */
interface Case {
  readonly x: readonly number[];
  /** Output channels, rows and columns of the kernel. */
  readonly w: readonly [number, number, number];
  readonly stride: number;
  readonly pad: number;
}

/** Cases for every branch of src/compile/blockedForms.ts, with block size b. */
const cases = (b: number): readonly Case[] => [
  { x: [b, b, 5, 6], w: [2 * b, 3, 3], stride: 1, pad: 1 },
  { x: [2 * b, 3, 17, 17], w: [6, 5, 5], stride: 1, pad: 2 },
  { x: [2 * b, 2 * b, 6, 6], w: [b, 3, 3], stride: 2, pad: 1 },
];

let found: Promise<Target> | undefined;

/**
 * The target of training steps on this device. On the CPU, it includes the blocked convolutions of the runtime, after
 * they were verified in this process against the plain ops. They are internal to the runtime; if a build or a processor
 * does not have them, or has another layout, the plain forms are used.
 */
export function trainingTarget(device: Device): Promise<Target> {
  if (device.provider !== 'cpu' || process.env.NETLOOM_PLAIN_CONVOLUTIONS === '1') {
    return Promise.resolve(targetOf(device));
  }
  found ??= probe().catch(() => CPU);
  return found;
}

async function probe(): Promise<Target> {
  const block = await blockSize();
  if (block === 0) return CPU;
  for (const test of cases(block)) if (!(await agrees(test, blockedCpu(block)))) return CPU;
  return blockedCpu(block);
}

/** Block size of the runtime on this computer; 0 if it has no blocked layout or an unknown one. */
export async function blockSize(): Promise<number> {
  const g = new Builder('blocks');
  const x = g.input('x', 'float32', [1, 16, 1, 2], { kind: 'data' });
  const [y] = g.emit('BlockedInput', [x], { channels_last: 0, block: 16 });
  try {
    const order = Float32Array.from({ length: 32 }, (_, i) => i);
    const result = await run(g.finish([{ value: y, role: { kind: 'prediction' }, name: 'y' }]), [order]);
    const found = result.get('y')?.data as Float32Array;
    return [8, 16].find((block) => found.every((value, i) => value === placeIn(block, i))) ?? 0;
  } catch {
    return 0;
  }
}

/** Index, in [16, 2], of the element at offset i of the blocked layout. */
function placeIn(block: number, i: number): number {
  const [outer, cell, lane] = [Math.floor(i / (2 * block)), Math.floor(i / block) % 2, i % block];
  return (outer * block + lane) * 2 + cell;
}

async function agrees(test: Case, target: Target): Promise<boolean> {
  const rng = random(1, 'self-check');
  const plain = program(test, CPU);
  const numbers = plain.inputs.map(({ value }) =>
    Float32Array.from({ length: elementCount(value.shape.map(Number)) }, () => rng.uniform() - 0.5),
  );
  const [expected, actual] = [await run(plain, numbers), await run(program(test, target), numbers)];
  return [...expected].every(([name, { data }]) => {
    const other = (actual.get(name) as Tensor).data as Float32Array;
    const size = Math.hypot(...(data as Float32Array));
    return Math.hypot(...(data as Float32Array).map((value, i) => value - (other[i] as number))) < 1e-4 * size;
  });
}

/** A program with y, dx and dw of a convolution with bias. */
function program({ x: shape, w: [features, kh, kw], stride, pad }: Case, target: Target): Program {
  const g = new Builder('self-check', target);
  const channels = shape[1] as number;
  const input = (name: string, sizes: readonly number[]): Value => g.input(name, 'float32', sizes, { kind: 'data' });
  const [x, w, b] = [input('x', shape), input('w', [features, channels, kh, kw]), input('b', [features])];
  const window: Window = { kernel: [kh, kw], strides: [stride, stride], pads: [pad, pad, pad, pad], dilations: [1, 1] };
  const y = g.conv(x, w, b, window);
  const loss = g.reduceSum(g.mul(y, input('dy', g.sizes(y))), [0, 1, 2, 3]);
  const gradients = backward(g, loss, [x, w]);
  const results = [y, gradients.get(x) as Value, gradients.get(w) as Value];
  const outputs = results.map((value, i) => ({ value, role: { kind: 'prediction' } as const, name: `result${i}` }));
  return withFastConvolutions(g.finish(outputs), target);
}

async function run(tested: Program, numbers: readonly Float32Array[]): Promise<Tensors> {
  const session = await openProgram(tested, { ...CPU_DEVICE, threads: 1 });
  try {
    const feeds = tested.inputs.map(
      ({ value }, i) => [value.name, floatTensor(value.shape.map(Number), numbers[i] as Float32Array)] as const,
    );
    return await session.run(new Map(feeds));
  } finally {
    await session.release();
  }
}
