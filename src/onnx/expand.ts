import type { Builder } from '../ir/builder.ts';
import type { OpName } from '../ir/ops.ts';
import type { Attrs, AttrValue, Value } from '../ir/program.ts';
import { axisOf, type Dim, ShapeError } from '../ir/shape.ts';
import { type DType, intTensor, numbersOf } from '../ir/tensor.ts';
import { OPSETS } from '../opsets.ts';
import {
  type AttributeProto,
  AttributeProto_AttributeType as AttributeType,
  type GraphProto,
  type ModelProto,
  type NodeProto,
} from './gen/onnx_pb.ts';
import { nodesAt } from './inline.ts';
import { elementTypeOf } from './opset.ts';
import { domainOf } from './read.ts';
import { tensorOf } from './tensors.ts';
import { NoUpgrade } from './upgrade.ts';

/** The node uses something that the op table lacks. */
class UnsupportedNode extends Error {}

const unsupported = (): never => {
  throw new UnsupportedNode();
};

type NodeInputs = readonly (Value | null)[];
type Outputs = readonly Value[];

/** How a node of opset 17 is emitted. */
type Form = (g: Builder, x: NodeInputs, attrs: Attrs, node: NodeProto) => Outputs;

const attributeValue = ({ type, f, i, s, floats, ints }: AttributeProto): AttrValue => {
  switch (type) {
    case AttributeType.FLOAT:
      return f;
    case AttributeType.INT:
      return Number(i);
    case AttributeType.STRING:
      return new TextDecoder().decode(s);
    case AttributeType.FLOATS:
      return floats;
    case AttributeType.INTS:
      return ints.map(Number);
    default:
      return unsupported();
  }
};

const first = (x: NodeInputs, at = 0): Value => x[at] ?? unsupported();

/** The values of a constant input. */
const constant = (x: NodeInputs, at: number): number[] => {
  const { tensor } = first(x, at);
  return tensor === undefined ? unsupported() : numbersOf(tensor);
};

const numberOf = (attrs: Attrs, name: string, otherwise: number): number => {
  const value = attrs[name];
  return typeof value === 'number' ? value : otherwise;
};

/** Attributes that may be there only with this value, which the op of the table always has. */
const fixed = (attrs: Attrs, values: Attrs): Attrs => {
  const rest: Record<string, AttrValue> = { ...attrs };
  for (const [name, value] of Object.entries(values)) {
    if (rest[name] !== undefined && String(rest[name]) !== String(value)) unsupported();
    delete rest[name];
  }
  return rest;
};

/** An op of the table, with the defaults of ONNX written out; `only` are attributes that must have their default. */
const plain =
  (op: OpName, defaults: Attrs = {}, only: Attrs = {}): Form =>
  (g, x, attrs) =>
    g.emit(op, x, { ...defaults, ...fixed(attrs, only) });

/** A window over [N, C, H, W]: gradients of others are not known. */
const window2d =
  (op: OpName, only: Attrs, defaults: Attrs = {}): Form =>
  (g, x, attrs) => {
    if (first(x).shape.length !== 4) return unsupported();
    return plain(op, defaults, { auto_pad: 'NOTSET', ...only })(g, x, attrs, undefined as never);
  };

/** The axes are an attribute up to opset 17, and an input afterwards. */
const reduction =
  (op: 'ReduceMean' | 'ReduceMax'): Form =>
  (g, x, attrs) => {
    const rest = fixed(attrs, { noop_with_empty_axes: 0 });
    const axes = (x[1] ?? null) === null ? rest.axes : constant(x, 1);
    return g.emit(op, [first(x)], { keepdims: 1, ...rest, ...(axes !== undefined && { axes }) });
  };

const ints = (g: Builder, values: readonly number[]): Value => g.constant(intTensor([values.length], values));

const reshaped = (g: Builder, x: Value, dims: readonly Dim[]): Outputs => [g.reshapeLike(x, dims)];

const forms: Readonly<Record<string, Form>> = {
  ...Object.fromEntries(
    (
      [
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
        'Identity',
        'Abs',
        'Sign',
        'Erf',
        'Softplus',
        'PRelu',
        'Sum',
        'Max',
        'Min',
        'Equal',
        'Greater',
        'Less',
        'Not',
        'Where',
        'MatMul',
      ] as const
    ).map((op) => [op, plain(op)]),
  ),
  HardSigmoid: plain('HardSigmoid', { alpha: 0.2, beta: 0.5 }),
  LeakyRelu: plain('LeakyRelu', { alpha: 0.01 }),
  Elu: plain('Elu', { alpha: 1 }),
  Gemm: plain('Gemm', { alpha: 1, beta: 1, transA: 0, transB: 0 }),
  Conv: window2d('Conv', {}),
  ConvTranspose: window2d('ConvTranspose', { output_shape: '' }),
  MaxPool: (g, x, attrs, node) =>
    node.output.length > 1 ? unsupported() : window2d('MaxPool', { ceil_mode: 0, storage_order: 0 })(g, x, attrs, node),
  AveragePool: window2d('AveragePool', { ceil_mode: 0, dilations: '1,1' }, { count_include_pad: 0 }),
  GlobalAveragePool: window2d('GlobalAveragePool', {}),
  // Mean and variance have no gradient here, so they must not be parameters.
  BatchNormalization: (g, x, attrs) => {
    constant(x, 3);
    constant(x, 4);
    return plain('BatchNormalization', { epsilon: 1e-5 }, { training_mode: 0, momentum: attrs.momentum ?? 0 })(
      g,
      x,
      attrs,
      undefined as never,
    );
  },
  LayerNormalization: (g, x, attrs, node) =>
    node.output.length > 1
      ? unsupported()
      : plain('LayerNormalization', { axis: -1, epsilon: 1e-5 }, { stash_type: 1 })(g, x, attrs, node).slice(0, 1),
  LRN: plain('LRN', { alpha: 1e-4, beta: 0.75, bias: 1 }),
  Gather: plain('Gather', { axis: 0 }),
  ReduceMean: reduction('ReduceMean'),
  ReduceMax: reduction('ReduceMax'),
  ReduceSum: (g, x, attrs) => {
    const rest = fixed(attrs, { noop_with_empty_axes: 0 });
    const axes = (x[1] ?? null) === null ? first(x).shape.map((_, i) => i) : constant(x, 1);
    return g.emit('ReduceSum', [first(x), ints(g, axes)], { keepdims: 1, ...rest });
  },
  ArgMax: plain('ArgMax', { axis: 0, keepdims: 1 }, { select_last_index: 0 }),
  Softmax: plain('Softmax', { axis: -1 }),
  LogSoftmax: plain('LogSoftmax', { axis: -1 }),
  Transpose: plain('Transpose'),
  Reshape: plain('Reshape', {}, { allowzero: 0 }),
  Flatten: (g, x, attrs) => {
    const axis = numberOf(attrs, 'axis', 1);
    return g.emit('Flatten', x, { axis: axis < 0 ? axis + first(x).shape.length : axis });
  },
  Expand: plain('Expand'),
  Concat: plain('Concat'),
  Split: (g, x, attrs, node) => {
    const axis = numberOf(attrs, 'axis', 0);
    const data = first(x);
    const count = node.output.length;
    if ((x[1] ?? null) !== null) return g.emit('Split', [data, ints(g, constant(x, 1))], { axis });
    const size = data.shape[axisOf(axis, data.shape.length)];
    if (typeof size !== 'number' || size % count !== 0) return unsupported();
    return g.emit('Split', [data, ints(g, Array<number>(count).fill(size / count))], { axis });
  },
  Slice: (g, x) => {
    const [starts, ends] = [constant(x, 1), constant(x, 2)];
    const axes = (x[3] ?? null) === null ? starts.map((_, i) => i) : constant(x, 3);
    const steps = (x[4] ?? null) === null ? starts.map(() => 1) : constant(x, 4);
    return g.emit('Slice', [first(x), ...[starts, ends, axes, steps].map((list) => ints(g, list))]);
  },
  Pad: (g, x, attrs) => {
    if (x.length > 3 && x[3] !== null) return unsupported();
    const value = x[2] ?? null;
    if (value !== null && constant(x, 2)[0] !== 0) return unsupported();
    fixed(attrs, { mode: 'constant' });
    return g.emit('Pad', [first(x), ints(g, constant(x, 1))]);
  },
  Cast: (g, x, attrs) => {
    const { to } = fixed(attrs, { saturate: 1 });
    const dtype = elementTypeOf(Number(to));
    const isKnown = dtype === 'float32' || dtype === 'int64' || dtype === 'int32' || dtype === 'bool';
    return isKnown ? g.emit('Cast', x, { to: dtype }) : unsupported();
  },
  Constant: (g, _, __, node) => {
    const tensor = node.attribute.find(({ name }) => name === 'value')?.t;
    const read = tensor === undefined ? null : tensorOf(tensor);
    return read === null || !isOfTable(read.dtype) ? unsupported() : [g.constant(read)];
  },
  Dropout: (g, x, _, node) => (node.output.length > 1 ? unsupported() : [g.identity(first(x))]),
  Squeeze: (g, x) => {
    const { shape } = first(x);
    const axes = (x[1] ?? null) === null ? null : new Set(constant(x, 1).map((axis) => axisOf(axis, shape.length)));
    if (axes === null || [...axes].some((axis) => shape[axis] !== 1)) return unsupported();
    return reshaped(
      g,
      first(x),
      shape.filter((_, i) => !axes.has(i)),
    );
  },
  Unsqueeze: (g, x) => {
    const axes = constant(x, 1);
    const rank = first(x).shape.length + axes.length;
    const gone = new Set(axes.map((axis) => axisOf(axis, rank)));
    const rest = [...first(x).shape];
    return reshaped(
      g,
      first(x),
      Array.from({ length: rank }, (_, i) => (gone.has(i) ? 1 : (rest.shift() as Dim))),
    );
  },
  Clip: (g, x) => {
    const low = (x[1] ?? null) === null ? first(x) : g.max([first(x), first(x, 1)]);
    return [(x[2] ?? null) === null ? g.identity(low) : g.min([low, first(x, 2)])];
  },
  Reciprocal: (g, x) => [g.div(g.scalar(1), first(x))],
  HardSwish: (g, x) => [g.mul(first(x), g.hardSigmoid(first(x), 1 / 6, 0.5))],
  Pow: (g, x) => {
    const [exponent, ...more] = constant(x, 1);
    if (more.length > 0 || first(x, 1).shape.length > 0) return unsupported();
    if (exponent === 2) return [g.mul(first(x), first(x))];
    return exponent === 0.5 ? [g.sqrt(first(x))] : unsupported();
  },
};

const isOfTable = (dtype: DType): boolean => ['float32', 'int64', 'int32', 'bool'].includes(dtype);

/**
 * Emits the ops of an operator as ops of the table, so that it has a gradient and shapes for any input; null if it needs something
 * that the table lacks, or if `inputs` (of its ports, then of its weights) do not fit.
 */
export function expand(
  g: Builder,
  model: ModelProto & { readonly graph: GraphProto },
  inputs: readonly Value[],
): readonly Value[] | null {
  try {
    return expanded(g, model, inputs);
  } catch (error) {
    if (error instanceof UnsupportedNode || error instanceof ShapeError || error instanceof NoUpgrade) return null;
    throw error;
  }
}

function expanded(
  g: Builder,
  model: ModelProto & { readonly graph: GraphProto },
  inputs: readonly Value[],
): readonly Value[] {
  const { graph, opsetImport } = model;
  if (graph.sparseInitializer.length > 0 || !inputs.every(({ dtype }) => isOfTable(dtype as DType)))
    return unsupported();
  const opset = opsetImport.find(({ domain }) => domainOf(domain) === '');
  const nodes = nodesAt(model, Math.max(OPSETS.standard, Number(opset?.version ?? OPSETS.standard)));
  const values = new Map<string, Value>();
  for (const proto of graph.initializer) {
    const tensor = tensorOf(proto);
    if (tensor !== null && isOfTable(tensor.dtype)) values.set(proto.name, g.constant(tensor, proto.name));
  }
  for (const [i, { name }] of graph.input.entries()) values.set(name, inputs[i] ?? unsupported());
  for (const node of nodes) {
    if (domainOf(node.domain) !== '' || !Object.hasOwn(forms, node.opType)) return unsupported();
    const x = node.input.map((name) => (name === '' ? null : (values.get(name) ?? unsupported())));
    const attrs =
      node.opType === 'Constant'
        ? {}
        : Object.fromEntries(node.attribute.map((each) => [each.name, attributeValue(each)]));
    const results = (forms[node.opType] as Form)(g, x, attrs, node);
    node.output.forEach((name, i) => {
      if (name !== '') values.set(name, results[i] ?? unsupported());
    });
  }
  return graph.output.map(({ name }) => values.get(name) ?? unsupported());
}
