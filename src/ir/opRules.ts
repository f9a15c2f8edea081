import type { ElementType } from '../elementTypes.ts';
import { numberAttr, numbersAttr, windowOf } from './attrs.ts';
import type { Attrs, Value, ValueSpec } from './program.ts';
import { axisOf, broadcast, type Dim, type Dims, dimsText, known, ShapeError, sameDims, windowed } from './shape.ts';
import { numbersOf } from './tensor.ts';

/** Type of an attribute in an ONNX AttributeProto. */
export type AttrType = 'int' | 'float' | 'string' | 'ints' | 'floats';

export type OutputType = ValueSpec;

export type Inputs = readonly (Value | null)[];

type Domain = '' | 'com.microsoft' | 'com.microsoft.nchwc';

export interface OpRow {
  /** '' is the default domain of ONNX, the only one in exported models. */
  readonly domain: Domain;
  /** Name of the op in ONNX, if it differs from the name in the table. */
  readonly type?: string;
  /** Minimum and maximum number of inputs. */
  readonly arity: readonly [number, number];
  readonly attrs: Readonly<Record<string, AttrType>>;
  /**
   * Types of all outputs, including optional ones. An omitted input is null. Throws ShapeError if the inputs do not
   * fit.
   */
  infer(x: Inputs, attrs: Attrs): readonly OutputType[];
}

export const row = (
  arity: number | readonly [number, number],
  attrs: Readonly<Record<string, AttrType>>,
  infer: OpRow['infer'],
  domain: OpRow['domain'] = '',
): OpRow => ({ domain, arity: typeof arity === 'number' ? [arity, arity] : arity, attrs, infer });

export function first(x: Inputs, at = 0): Value {
  const value = x[at] ?? null;
  if (value === null) throw new ShapeError(`input ${at} is missing`);
  return value;
}

export function constant(x: Inputs, at: number): number[] {
  const { tensor, name } = first(x, at);
  if (tensor === undefined) throw new ShapeError(`'${name}' must be a constant`);
  return numbersOf(tensor);
}

export const like = (value: Value): OutputType => ({ dtype: value.dtype, shape: value.shape });

export const unary = row(1, {}, (x) => [like(first(x))]);

export function needDType(value: Value, ...allowed: ElementType[]): void {
  if (!allowed.includes(value.dtype)) {
    throw new ShapeError(`'${value.name}' is ${value.dtype}, expected ${allowed.join(' or ')}`);
  }
}

/** All inputs that are present. Throws ShapeError if their types differ. */
export function alike(x: Inputs): readonly Value[] {
  const given = x.filter((value) => value !== null);
  for (const value of given) needDType(value, first(given).dtype);
  return given;
}

const binaryTypes = (x: Inputs): Dims => {
  const [a, b] = [first(x), first(x, 1)];
  needDType(b, a.dtype);
  return broadcast(a.shape, b.shape);
};

export const binary = row(2, {}, (x) => [{ dtype: first(x).dtype, shape: binaryTypes(x) }]);
/** Any number of operands of one type, broadcast together. */
/** The number of inputs that ONNX allows. */
export const ANY_NUMBER = [1, 2 ** 31 - 1] as const;

export const variadic = row(ANY_NUMBER, {}, (x) => [
  { dtype: first(x).dtype, shape: alike(x).reduce<Dims>((shape, value) => broadcast(shape, value.shape), []) },
]);
export const comparison = row(2, {}, (x) => [{ dtype: 'bool', shape: binaryTypes(x) }]);

/** An empty list of axes means all axes, as in ONNX. */
export function reduced(shape: Dims, axes: readonly number[], keep: boolean): Dims {
  const gone = new Set(axes.length === 0 ? shape.keys() : axes.map((axis) => axisOf(axis, shape.length)));
  return shape.flatMap((dim, i) => (gone.has(i) ? (keep ? [1] : []) : [dim]));
}

export const everyAxis = (shape: Dims): number[] => shape.map((_, i) => i);

/**
 * ReduceMean and ReduceMax have their axes as an attribute up to opset 17; from 18 on, the writer makes them an input.
 */
export const reduction = row(1, { axes: 'ints', keepdims: 'int' }, (x, attrs) => {
  const { dtype, shape } = first(x);
  const axes = numbersAttr(attrs, 'axes') ?? everyAxis(shape);
  return [{ dtype, shape: reduced(shape, axes, numberAttr(attrs, 'keepdims', 1) === 1) }];
});

/** Throws ShapeError unless `part` can be broadcast to exactly `whole`. */
export function fits(what: string, part: Dims, whole: Dims): void {
  if (part.length <= whole.length && sameDims(broadcast(whole, part), whole)) return;
  throw new ShapeError(`${what} ${dimsText(part)} cannot be repeated to ${dimsText(whole)}`);
}

export function matMulShape(a: Dims, b: Dims): Dims {
  if (a.length < 2 || b.length < 2)
    throw new ShapeError(`MatMul takes matrices, not ${dimsText(a)} and ${dimsText(b)}`);
  if (a.at(-1) !== b.at(-2)) throw new ShapeError(`MatMul of ${dimsText(a)} and ${dimsText(b)}: inner sizes differ`);
  return [...broadcast(a.slice(0, -2), b.slice(0, -2)), a.at(-2) as Dim, b.at(-1) as Dim];
}

export const transposed = (shape: Dims, swap: boolean): Dims =>
  swap ? [...shape.slice(0, -2), shape.at(-1) as Dim, shape.at(-2) as Dim] : shape;

export function windowedShape(x: Value, attrs: Attrs, kernel: readonly number[]): number[] {
  const { strides, pads, dilations } = windowOf(attrs, kernel);
  const rank = kernel.length;
  return kernel.map((size, i) => {
    const input = known(x.shape[i + 2], `axis ${i + 2} of '${x.name}'`);
    const pad = pads[i] + pads[i + rank];
    const output = windowed(input, size, strides[i], pad, dilations[i]);
    if (output < 1)
      throw new ShapeError(`a window of ${size} does not fit into ${input} + ${pad} cells of '${x.name}'`);
    return output;
  });
}

export const windowAttrs = { kernel_shape: 'ints', strides: 'ints', pads: 'ints' } as const;

export const pooled = (x: Inputs, attrs: Attrs): Dims => {
  const value = first(x);
  const kernel = numbersAttr(attrs, 'kernel_shape') ?? [];
  if (value.shape.length !== kernel.length + 2)
    throw new ShapeError(`a pool of ${kernel.length} axes over ${dimsText(value.shape)}`);
  return [...value.shape.slice(0, 2), ...windowedShape(value, attrs, kernel)];
};

/** An op of the internal domain of the runtime for blocked convolutions; see the section in the table (ops.ts). */
export const blockedRow = (
  type: string,
  arity: OpRow['arity'],
  attrs: OpRow['attrs'],
  shapeOf: (x: readonly Value[], attrs: Attrs, block: number) => Dims,
): OpRow => ({
  domain: 'com.microsoft.nchwc',
  type,
  arity,
  attrs: { ...attrs, block: 'int' },
  infer(x, given) {
    const block = numberAttr(given, 'block', 0);
    const data = alike(x);
    if (block < 1 || first(x).shape.length !== 4)
      throw new ShapeError(`blocks of ${block} channels in ${dimsText(first(x).shape)}`);
    return [{ dtype: first(x).dtype, shape: shapeOf(data, given, block) }];
  },
});

export function reshaped(x: Value, target: readonly number[]): Dims {
  const refusal = new ShapeError(`${dimsText(x.shape)} cannot be reshaped to ${dimsText(target)}`);
  const shape = target.map((size, i): Dim => (size === 0 ? (x.shape[i] ?? 0) : size));
  const open = shape.indexOf(-1);
  if (open !== shape.lastIndexOf(-1)) throw refusal;
  const sizeOf = (dims: Dims): number =>
    dims.reduce<number>((size, dim) => (typeof dim === 'number' ? size * dim : size), 1);
  const size = sizeOf(shape.filter((dim) => dim !== -1));
  const symbols = x.shape.filter((dim) => typeof dim === 'string');
  for (const dim of shape) {
    if (typeof dim === 'number') continue;
    symbols.splice(symbols.indexOf(dim), 1);
  }
  const rest = sizeOf(x.shape) / size;
  const [symbol] = symbols;
  if (open === -1 && symbol === undefined && rest === 1) return shape;
  if (open === -1 || symbols.length > 1 || !Number.isInteger(rest)) throw refusal;
  if (symbol === undefined) return shape.with(open, rest);
  // The inferred size is rest · symbol, which cannot be expressed unless rest is 1.
  if (rest !== 1) throw refusal;
  return shape.with(open, symbol);
}
