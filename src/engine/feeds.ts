import type { Batch } from '../data/batches.ts';
import type { ElementType } from '../elementTypes.ts';
import type { Program, ProgramInput } from '../ir/program.ts';
import { knownDims } from '../ir/shape.ts';
import { elementCount, floatTensor, numbersOf, type Tensor } from '../ir/tensor.ts';
import { random } from '../random/philox.ts';
import type { Tensors } from './session.ts';

/** Sources of the inputs of a program. */
export interface FeedSources {
  /** Samples and, if the program needs them, targets. */
  readonly batch?: Batch;
  /** Parameters, buffers and optimizer state, by the name of the input. */
  readonly held?: Tensors;
  /** Scalars of the step, by their names in src/optim. */
  readonly hypers?: Readonly<Record<string, number>>;
  /** Random stream of dropout masks: a mask depends only on its name, the seed and the step. */
  readonly noise?: { readonly seed: number; readonly step: number };
}

/** The feeds of a program, each input by its role. Throws if a source is missing, which is a bug of the caller. */
export function feedsOf(program: Program, sources: FeedSources): Map<string, Tensor> {
  return new Map(program.inputs.map((input) => [input.value.name, feed(input, sources)]));
}

/** Arrays of element types that samples, which are float32, can be converted to. */
const ARRAYS = {
  float64: Float64Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
} as const;

/** The tensor with its values rounded to an element type; texts are the numbers as text. */
export function asType(tensor: Tensor, dtype: ElementType): Tensor {
  if (tensor.dtype === dtype) return tensor;
  const { shape } = tensor;
  const numbers = numbersOf(tensor);
  const whole = (x: number): bigint => BigInt(Math.round(x));
  switch (dtype) {
    case 'float32':
      return floatTensor(shape, numbers);
    case 'int64':
      return { dtype, shape, data: BigInt64Array.from(numbers, whole) };
    case 'uint64':
      return { dtype, shape, data: BigUint64Array.from(numbers, whole) };
    case 'bool':
      return { dtype, shape, data: Uint8Array.from(numbers, (x) => (Math.round(x) === 0 ? 0 : 1)) };
    case 'float64':
      return { dtype, shape, data: Float64Array.from(numbers) };
    case 'string':
      // Only the runtime reads texts.
      return { dtype, shape, data: numbers.map(String) } as unknown as Tensor;
    case 'int8':
    case 'int16':
    case 'int32':
    case 'uint8':
    case 'uint16':
    case 'uint32':
      return { dtype, shape, data: new ARRAYS[dtype](numbers.map(Math.round)) } as Tensor;
    default:
      throw new Error(`samples cannot be converted to ${dtype}`);
  }
}

function feed({ value, role }: ProgramInput, { batch, held, hypers, noise }: FeedSources): Tensor {
  const missing = () => new Error(`there is no feed for '${value.name}' (${role.kind})`);
  switch (role.kind) {
    case 'data':
    case 'target': {
      const tensor = batch?.tensors.get(value.name);
      if (tensor === undefined) throw missing();
      return asType(tensor, value.dtype);
    }
    case 'parameter':
    case 'buffer':
    case 'state': {
      const tensor = held?.get(value.name);
      if (tensor === undefined) throw missing();
      return tensor;
    }
    case 'hyper': {
      const number = hypers?.[role.hyper];
      if (number === undefined) throw missing();
      return floatTensor([], [number]);
    }
    case 'random': {
      if (noise === undefined) throw missing();
      const shape = knownDims(value.shape, value.name);
      const rng = random(noise.seed, `mask/${value.name}/${noise.step}`);
      return floatTensor(
        shape,
        Float32Array.from({ length: elementCount(shape) }, () => Number(rng.uniform() < role.keep)),
      );
    }
    default:
      return role satisfies never;
  }
}

/** Initial optimizer state. */
export function initialState(program: Program): Map<string, Tensor> {
  const state = new Map<string, Tensor>();
  for (const { value, role } of program.inputs) {
    if (role.kind !== 'state') continue;
    const shape = knownDims(value.shape, value.name);
    state.set(value.name, floatTensor(shape, new Float32Array(elementCount(shape)).fill(role.initial)));
  }
  return state;
}

/** Name of the first output with this role; null if there is none. */
export const firstOutput = (program: Program, kind: 'correct' | 'gradientNorm'): string | null =>
  program.outputs.find(({ role }) => role.kind === kind)?.value.name ?? null;

/** Name of the first output that counts correct predictions; null if no output has an accuracy. */
export const correctOf = (program: Program): string | null => firstOutput(program, 'correct');

/** The name of the only output with this role. */
export function outputOf(program: Program, kind: 'loss'): string {
  const found = program.outputs.filter(({ role }) => role.kind === kind);
  if (found.length !== 1) throw new Error(`program '${program.name}' has ${found.length} outputs of role ${kind}`);
  return found[0]?.value.name as string;
}

/** A scalar result as a number. */
export function scalarOf(results: Tensors, name: string): number {
  const tensor = results.get(name);
  if (tensor === undefined || elementCount(tensor.shape) !== 1) throw new Error(`'${name}' is not a scalar result`);
  return Number(tensor.data[0]);
}
