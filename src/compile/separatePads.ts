import type { OpName } from '../ir/ops.ts';
import type { Op, Program, Value } from '../ir/program.ts';
import { rewrite } from '../ir/rewrite.ts';
import { known } from '../ir/shape.ts';
import type { Target } from '../ir/target.ts';
import { numbersOf } from '../ir/tensor.ts';

const POOLS: ReadonlySet<OpName> = new Set(['MaxPool', 'AveragePool']);
/** Ops without effect on values, which graph optimizers may remove between padding and pooling. */
const TRANSPARENT: ReadonlySet<OpName> = new Set(['Identity', 'Reshape', 'Flatten', 'Transpose', 'Cast']);

/**
 * The program with zero padding kept separate from the pooling after it. Graph optimizers (Pad_Fusion of onnxruntime
 * 1.21 and 1.30) fold a Pad into the padding of the next pooling op, which is not zero for a maximum and may not count
 * in a mean. To prevent this, one additional row or column is padded and removed by a Slice.
 */
export function withSeparatePads(program: Program, target: Target): Program {
  const readers = readersOf(program);
  return rewrite(program, target, (g, op, current) => {
    const [x, pads, value] = op.inputs as readonly Value[];
    // Padding with another value is never folded.
    if (op.op !== 'Pad' || value !== undefined || pads.tensor === undefined) return null;
    const cells = numbersOf(pads.tensor);
    const rank = cells.length / 2;
    const axis = cells.findLastIndex((cell) => cell > 0) % rank;
    const [y] = op.outputs;
    if (axis < 0 || !reachesPool(y, readers)) return null;
    const [before, after] = [cells.slice(0, rank), cells.slice(rank)];
    const wide = g.pad(current(x), before, after.with(axis, after[axis] + 1));
    return g.slice(wide, axis, 0, known(y.shape[axis], `axis ${axis} of '${y.name}'`));
  });
}

function readersOf({ ops }: Program): ReadonlyMap<Value, readonly Op[]> {
  const readers = new Map<Value, Op[]>();
  for (const op of ops) {
    for (const input of op.inputs) {
      if (input === null) continue;
      const others = readers.get(input);
      if (others === undefined) readers.set(input, [op]);
      else others.push(op);
    }
  }
  return readers;
}

const reachesPool = (value: Value, readers: ReadonlyMap<Value, readonly Op[]>): boolean =>
  (readers.get(value) ?? []).some(
    ({ op, outputs }) => POOLS.has(op) || (TRANSPARENT.has(op) && reachesPool(outputs[0], readers)),
  );
