import { numbersAttr } from '../ir/attrs.ts';
import type { Op, Program, Value } from '../ir/program.ts';
import { knownDims } from '../ir/shape.ts';
import type { Tensor } from '../ir/tensor.ts';

/** The program with every Transpose and Reshape of a constant computed in advance. */
export function withConstantLayouts(program: Program): Program {
  const names = new Set(
    program.ops.flatMap(({ inputs, outputs }) => [...inputs, ...outputs].map((value) => value?.name)),
  );
  const nameFor = (wanted: string): string => {
    let name = wanted;
    for (let n = 2; names.has(name); n++) name = `${wanted}_${n}`;
    names.add(name);
    return name;
  };
  const done = new Map<Value, Value>();
  const current = (value: Value): Value => done.get(value) ?? value;
  const ops: Op[] = [];
  for (const op of program.ops) {
    const inputs = op.inputs.map((input) => input && current(input));
    const [y] = op.outputs;
    const [constant] = inputs;
    const tensor = constant?.tensor && laidOut(constant.tensor, { ...op, inputs });
    // An output of the program keeps its op.
    if (tensor === undefined || tensor === null || program.outputs.some(({ value }) => value === y)) {
      ops.push({ ...op, inputs });
      continue;
    }
    const name = nameFor(`${constant?.name}_${op.op === 'Transpose' ? 'transposed' : 'reshaped'}`);
    done.set(y, { name, dtype: y.dtype, shape: tensor.shape, tensor });
  }
  return { ...program, ops };
}

/** The tensor in the order and shape of the result of `op`; null for any other op. */
function laidOut(tensor: Tensor, { op, attrs, outputs }: Op): Tensor | null {
  if (op !== 'Reshape' && op !== 'Transpose') return null;
  const shape = knownDims(outputs[0].shape, `the shape of '${outputs[0].name}'`);
  if (op === 'Reshape') return { ...tensor, shape };
  const axes = tensor.shape.map((_, axis) => axis);
  return transposed(tensor, numbersAttr(attrs, 'perm') ?? axes.reverse(), shape);
}

function transposed(tensor: Tensor, perm: readonly number[], shape: readonly number[]): Tensor {
  const steps = tensor.shape.map((_, axis) => tensor.shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const strides = perm.map((axis) => steps[axis]);
  const data = tensor.data.slice();
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < data.length; to++) {
    data[to] = tensor.data[from] as never;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return { ...tensor, shape, data } as Tensor;
}
