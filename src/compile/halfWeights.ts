import { toHalf } from '../float16.ts';
import { Builder } from '../ir/builder.ts';
import { constantsOf, type Program, type Value } from '../ir/program.ts';
import type { Target } from '../ir/target.ts';
import { elementCount, floatTensor, numbersOf, type Tensor } from '../ir/tensor.ts';

/** Smaller constants stay float32: they would save nothing, and scalars such as epsilon would lose more than weights. */
const SMALLEST = 64;

const isLargeTensor = ({ dtype, shape }: Tensor): boolean => dtype === 'float32' && elementCount(shape) >= SMALLEST;
const isLarge = ({ tensor }: Value): boolean => tensor !== undefined && isLargeTensor(tensor);

const half = ({ shape, data }: Tensor): Tensor => ({
  dtype: 'float16',
  shape,
  data: Uint16Array.from(data as Float32Array, toHalf),
});

/** Rounded to float16, but as float32. */
const rounded = (tensor: Tensor): Tensor => floatTensor(tensor.shape, numbersOf(half(tensor)));

/** A weight beyond the range of float16; null if there is none. */
export const beyondHalf = (program: Program): string | null =>
  constantsOf(program)
    .filter(isLarge)
    .find(({ tensor }) => (tensor?.data as Float32Array).some((value) => Math.abs(value) >= 65520))?.name ?? null;

/** The program with its weights as float16, each cast to float32 before it is used. */
export function withHalfWeights(program: Program, target: Target): Program {
  const g = Builder.over(program, target);
  const cast = new Map(
    constantsOf(program)
      .filter(isLarge)
      .map((value) => {
        const tensor = half(value.tensor as Tensor);
        const weight: Value = { name: value.name, dtype: tensor.dtype, shape: tensor.shape, tensor };
        return [value, g.within(value.name, () => g.cast(weight, 'float32'))];
      }),
  );
  return replaced(g, program, (value) => cast.get(value) ?? value);
}

/** The program with its weights rounded to float16, but as float32. */
export function withRoundedWeights(program: Program, target: Target): Program {
  const swapped = new Map(
    constantsOf(program)
      .filter(isLarge)
      .map((value): [Value, Value] => [value, { ...value, tensor: rounded(value.tensor as Tensor) }]),
  );
  return replaced(Builder.over(program, target), program, (value) => swapped.get(value) ?? value);
}

/** Weights as a file with float16 has them. */
export const roundedToHalf = (weights: ReadonlyMap<string, Tensor>): Map<string, Tensor> =>
  new Map([...weights].map(([name, tensor]) => [name, isLargeTensor(tensor) ? rounded(tensor) : tensor]));

function replaced(g: Builder, { ops, outputs }: Program, current: (value: Value) => Value): Program {
  for (const op of ops) g.append({ ...op, inputs: op.inputs.map((value) => value && current(value)) });
  return g.finish(outputs.map(({ value, role }) => ({ value: current(value), role, name: value.name })));
}
