import type { ElementType } from '../elementTypes.ts';
import type { OpName } from './ops.ts';
import type { Op, Program, Value } from './program.ts';

/** Bytes of an element; types that are not listed, all in ONNX operators, count as one byte. */
const BYTES: Partial<Record<ElementType, number>> = {
  float32: 4,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  float64: 8,
  complex64: 8,
  complex128: 16,
  float16: 2,
  bfloat16: 2,
  int16: 2,
  uint16: 2,
};

/** Bytes of a tensor; symbolic sizes count as `batch`. */
export const bytesOf = ({ dtype, shape }: Value, batch: number): number =>
  shape.reduce<number>((size, dim) => size * (typeof dim === 'number' ? dim : batch), BYTES[dtype] ?? 1);

/** Ops whose result shares the buffer of the input, because only the shape changes. */
const ALIASES: ReadonlySet<OpName> = new Set(['Identity', 'Reshape', 'Flatten']);

/** Number by number, so that the runtime writes into an input that nobody reads afterwards. */
const IN_PLACE: ReadonlySet<OpName> = new Set([
  'Add',
  'Sub',
  'Mul',
  'Div',
  'Neg',
  'Exp',
  'Log',
  'Sqrt',
  'Relu',
  'Sigmoid',
  'Tanh',
  'HardSigmoid',
  'Abs',
  'Sign',
  'Erf',
  'Softplus',
  'LeakyRelu',
  'Elu',
  'Sum',
]);

export interface Liveness {
  /** The most bytes that results of ops take at one time; inputs and constants of the program are not among them. */
  readonly peakBytes: number;
  /** Name of the op that runs at the peak; null in a program without ops. */
  readonly peakAt: string | null;
  /** Total bytes read and written by all ops. */
  readonly movedBytes: number;
}

/** Tracks the buffers of a program in execution order, from their allocation to their last read. */
export function livenessOf(program: Program, batch: number): Liveness {
  const given = new Set<Value>(program.inputs.map(({ value }) => value));
  const isMade = (value: Value | null): value is Value =>
    value !== null && value.tensor === undefined && !given.has(value);
  const storage = new Map<Value, Value>();
  const root = (value: Value): Value => storage.get(value) ?? value;
  for (const op of program.ops) {
    const [from] = op.inputs;
    if (ALIASES.has(op.op) && from !== null && from !== undefined) storage.set(op.outputs[0] as Value, root(from));
  }
  const lastUse = lastUses(program, root);

  const buffers = new Map<Value, number>();
  let [live, peakBytes, movedBytes] = [0, 0, 0];
  let peakAt: string | null = null;
  program.ops.forEach((op, at) => {
    if (ALIASES.has(op.op)) {
      live -= release(buffers, op, at, root, lastUse, isMade);
      return;
    }
    for (const value of [...op.inputs, ...op.outputs]) movedBytes += value === null ? 0 : bytesOf(value, batch);
    const [first] = op.outputs;
    const taken = first !== undefined && IN_PLACE.has(op.op) ? dying(op, first) : undefined;
    for (const value of op.outputs) {
      const bytes = value === first && taken !== undefined ? 0 : bytesOf(value, batch);
      buffers.set(value, bytes);
      live += bytes;
    }
    if (live > peakBytes) [peakBytes, peakAt] = [live, op.name];
    if (first !== undefined && taken !== undefined) {
      // The result takes over the buffer of the input.
      buffers.set(first, buffers.get(taken) ?? 0);
      buffers.set(taken, 0);
    }
    live -= release(buffers, op, at, root, lastUse, isMade);

    function dying(each: Op, result: Value): Value | undefined {
      const size = bytesOf(result, batch);
      return each.inputs
        .filter(isMade)
        .map(root)
        .find((value) => lastUse.get(value) === at && buffers.get(value) === size);
    }
  });
  return { peakBytes, peakAt, movedBytes };
}

/** Index of the last op that reads each buffer; program outputs are kept to the end. */
function lastUses({ ops, outputs }: Program, root: (value: Value) => Value): ReadonlyMap<Value, number> {
  const last = new Map<Value, number>();
  ops.forEach((op, at) => {
    for (const value of [...op.outputs, ...op.inputs]) if (value !== null) last.set(root(value), at);
  });
  for (const { value } of outputs) last.set(root(value), ops.length);
  return last;
}

/** Frees the buffers that the op read last, and its results that no op reads. Returns the freed bytes. */
function release(
  buffers: Map<Value, number>,
  op: Op,
  at: number,
  root: (value: Value) => Value,
  lastUse: ReadonlyMap<Value, number>,
  isMade: (value: Value | null) => value is Value,
): number {
  let freed = 0;
  for (const value of new Set([...op.inputs, ...op.outputs].filter(isMade).map(root))) {
    if (lastUse.get(value) !== at) continue;
    freed += buffers.get(value) ?? 0;
    buffers.delete(value);
  }
  return freed;
}
