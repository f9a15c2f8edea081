import type { Dense } from '../ir/dense.ts';
import { interpret } from '../ir/interpret.ts';
import { type OpCase, opCases, programOf } from '../ir/opCases.ts';
import type { OpName } from '../ir/ops.ts';
import { type DType, numbersOf, type Tensor } from '../ir/tensor.ts';
import { writeModel } from '../onnx/write.ts';
import { type Placement, withPlacement } from './placement.ts';
import { type Device, loadModel } from './session.ts';

export interface OpReport {
  readonly op: OpName;
  readonly about: string;
  /** `right`: equal to the interpreter; `wrong`: different; `fails`: refused by the provider. */
  readonly status: 'right' | 'wrong' | 'fails';
  /** Largest error, relative for values above 1; null without results. */
  readonly error: number | null;
  readonly note: string | null;
  readonly placement: Placement;
}

/** Runs every op on the device, including ops that its target substitutes. Targets are defined from these results. */
export async function* tryOps(device: Device): AsyncGenerator<OpReport> {
  for (const row of opCases) {
    const [op, about] = row;
    const { result, placement } = await withPlacement(device, (profiled) => tryOp(row, profiled));
    yield { op, about, ...result, placement };
  }
}

type Outcome = Pick<OpReport, 'status' | 'error' | 'note'>;

async function tryOp(row: OpCase, device: Device): Promise<Outcome> {
  const { program, feeds } = programOf(row);
  try {
    const session = await loadModel(writeModel(program), device);
    const given = program.inputs.map(
      ({ value: { name, dtype } }) => [name, tensorOf(dtype as DType, feeds[name])] as const,
    );
    try {
      const results = await session.run(new Map(given));
      const expected = interpret(program, feeds);
      const errors = Object.entries(expected).map(([name, wanted]) => largestError(results.get(name), wanted));
      const error = Math.max(...errors);
      return { status: error <= 1e-4 ? 'right' : 'wrong', error, note: null };
    } finally {
      await session.release();
    }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { status: 'fails', error: null, note: words.split('\n')[0].replace(/^.*Status Message: /, '') };
  }
}

function tensorOf(dtype: DType, { shape, data }: Dense): Tensor {
  switch (dtype) {
    case 'float32':
      return { dtype, shape, data: Float32Array.from(data) };
    case 'int64':
      return { dtype, shape, data: BigInt64Array.from(data, BigInt) };
    case 'int32':
      return { dtype, shape, data: Int32Array.from(data) };
    case 'bool':
      return { dtype, shape, data: Uint8Array.from(data) };
    default:
      throw new Error(`no op of the table takes ${dtype}`);
  }
}

function largestError(got: Tensor | undefined, wanted: Dense): number {
  const numbers = got === undefined ? [] : numbersOf(got);
  if (numbers.length !== wanted.data.length) return Number.POSITIVE_INFINITY;
  return wanted.data.reduce((most, x, i) => {
    const off = Math.abs(numbers[i] - x) / Math.max(1, Math.abs(x));
    return Number.isNaN(off) ? Number.POSITIVE_INFINITY : Math.max(most, off);
  }, 0);
}
