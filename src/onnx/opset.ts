import { ELEMENT_TYPES, type ElementType } from '../elementTypes.ts';
import type { AttrType } from '../ir/opRules.ts';
import { type OpName, opRow, ops } from '../ir/ops.ts';
import type { Attrs, Op, Value } from '../ir/program.ts';
import { type SubstitutedOp, substitutes } from '../ir/substitutes.ts';
import { PORTABLE, type Target } from '../ir/target.ts';
import { type DType, intTensor } from '../ir/tensor.ts';
import { OPSETS } from '../opsets.ts';
import type { Text } from '../text.ts';
import { TensorProto_DataType as DataType } from './gen/onnx_pb.ts';

/** The only version of com.microsoft: onnxruntime keeps its ops compatible without version numbers. */
export const CONTRIB_VERSION = 1;

/** An opset that the user chose does not support the program. `text` is the message for the user. */
export class OpsetError extends Error {
  override readonly name = 'OpsetError';
  constructor(readonly text: Text) {
    super(text.en);
  }
}

/** The IR version of the ONNX release that introduced an opset (table of releases in docs/Versioning.md of onnx). */
export function irVersionOf(opset: number): number {
  if (opset >= 25) return 13;
  if (opset >= 23) return opset - 12;
  if (opset >= 21) return 10;
  if (opset >= 19) return 9;
  return opset >= 15 ? 8 : 7;
}

/** Throws OpsetError unless `opset` is supported. */
export function checkOpset(opset: number): void {
  const { least, most } = OPSETS;
  if (Number.isInteger(opset) && opset >= least && opset <= most) return;
  throw new OpsetError({
    en: `ONNX opset ${opset} is not supported. Choose an opset from ${least} to ${most}.`,
    zh: `不支持 ONNX opset ${opset}。请选择 ${least} 到 ${most} 之间的 opset。`,
  });
}

/** Codes of the element types in TensorProto and TypeProto. */
export const DATA_TYPES: Readonly<Record<ElementType, DataType>> = {
  float32: DataType.FLOAT,
  float64: DataType.DOUBLE,
  float16: DataType.FLOAT16,
  bfloat16: DataType.BFLOAT16,
  int8: DataType.INT8,
  int16: DataType.INT16,
  int32: DataType.INT32,
  int64: DataType.INT64,
  uint8: DataType.UINT8,
  uint16: DataType.UINT16,
  uint32: DataType.UINT32,
  uint64: DataType.UINT64,
  bool: DataType.BOOL,
  string: DataType.STRING,
  complex64: DataType.COMPLEX64,
  complex128: DataType.COMPLEX128,
  int4: DataType.INT4,
  uint4: DataType.UINT4,
  int2: DataType.INT2,
  uint2: DataType.UINT2,
  float8e4m3fn: DataType.FLOAT8E4M3FN,
  float8e4m3fnuz: DataType.FLOAT8E4M3FNUZ,
  float8e5m2: DataType.FLOAT8E5M2,
  float8e5m2fnuz: DataType.FLOAT8E5M2FNUZ,
  float8e8m0: DataType.FLOAT8E8M0,
  float4e2m1: DataType.FLOAT4E2M1,
};

/** The element type of a code in a TensorProto; undefined for an unknown code. */
export const elementTypeOf = (code: number): ElementType | undefined =>
  ELEMENT_TYPES.find((type) => DATA_TYPES[type] === code);

/** Inputs and attributes of a node in the form of an opset. */
export interface NodeForm {
  readonly inputs: readonly (Value | null)[];
  readonly attrs: Attrs;
}

/** Limits on the inputs and outputs of a node, and the types of its attributes, at one opset. */
export interface NodeSchema {
  readonly inputs: readonly [number, number];
  readonly outputs: readonly [number, number];
  readonly attrs: Readonly<Record<string, AttrType>>;
  /** Required attributes. */
  readonly required: readonly string[];
}

/** Differences between the form of an op in the IR, which is that of opset 17, and its form in other opsets. */
interface Difference {
  /** The opset that introduced the op, if later than OPSETS.least. */
  readonly since?: number;
  readonly outputs?: readonly [number, number];
  readonly required?: readonly string[];
  form?(op: Op, opset: number): NodeForm;
  schema?(schema: NodeSchema, opset: number): NodeSchema;
}

/** The opset that introduced ScatterElements with a reduction. */
const ADDING_SCATTER = 16;

/** The opset that introduced Resize with antialiasing, and of some axes alone. */
export const ANTIALIAS = 18;

const without = <T>(record: Readonly<Record<string, T>>, name: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));

/** Axes became an input of the reductions; of ReduceSum, they have been one since opset 13. */
const axesMoved = (at: number): Difference => ({
  form: ({ name, inputs, attrs }, opset) => {
    const { axes } = attrs;
    if (opset < at || !Array.isArray(axes)) return { inputs, attrs };
    const tensor = intTensor([axes.length], axes);
    const value: Value = { name: `${name}/axes`, dtype: tensor.dtype, shape: tensor.shape, tensor };
    return { inputs: [...inputs, value], attrs: without(attrs, 'axes') };
  },
  schema: (schema, opset) =>
    opset < at ? schema : { ...schema, inputs: [1, 2], attrs: without(schema.attrs, 'axes') },
});

/** The block size depends on the processor, so nodes do not contain it. */
const unnamedBlock: Difference = {
  form: ({ inputs, attrs }) => ({ inputs, attrs: without(attrs, 'block') }),
  schema: (schema) => ({ ...schema, attrs: without(schema.attrs, 'block') }),
};

const differences: Partial<Record<OpName, Difference>> = {
  AveragePool: { required: ['kernel_shape'] },
  BatchNormalization: {
    outputs: [1, 3],
    form: ({ name, inputs, attrs }, opset) => {
      if (opset >= 14) return { inputs, attrs };
      if (attrs.training_mode === 1) {
        throw new OpsetError({
          en: `“${name}” is BatchNormalization in training mode, which ONNX supports from opset 14. Choose opset 14 or later instead of ${opset}.`,
          zh: `“${name}”是训练模式的 BatchNormalization，ONNX 从 opset 14 起才支持。请选择 14 或更高的 opset，而不是 ${opset}。`,
        });
      }
      return { inputs, attrs: without(attrs, 'training_mode') };
    },
    schema: (schema, opset) =>
      opset >= 14 ? schema : { ...schema, outputs: [1, 1], attrs: without(schema.attrs, 'training_mode') },
  },
  BlockedConv: unnamedBlock,
  BlockedInput: unnamedBlock,
  BlockedOutput: unnamedBlock,
  Cast: {
    required: ['to'],
    form: ({ inputs, attrs }) => ({ inputs, attrs: { ...attrs, to: DATA_TYPES[attrs.to as DType] } }),
    schema: (schema) => ({ ...schema, attrs: { ...schema.attrs, to: 'int' } }),
  },
  Concat: { required: ['axis'] },
  LayerNormalization: { since: 17, outputs: [1, 3] },
  LRN: { required: ['size'] },
  MaxPool: { outputs: [1, 2], required: ['kernel_shape'] },
  MaxUnpool: { required: ['kernel_shape'] },
  ReduceMax: axesMoved(18),
  ReduceMean: axesMoved(18),
  Resize: {
    form: ({ name, inputs, attrs }, opset) => {
      if (opset >= ANTIALIAS || attrs.axes === undefined) return { inputs, attrs };
      throw new OpsetError({
        en: `“${name}” is Resize of images of any size, which ONNX supports from opset ${ANTIALIAS}. Choose opset ${ANTIALIAS} or later instead of ${opset}.`,
        zh: `“${name}”是任意尺寸图像的 Resize，ONNX 从 opset ${ANTIALIAS} 起才支持。请选择 ${ANTIALIAS} 或更高的 opset，而不是 ${opset}。`,
      });
    },
    schema: (schema, opset) =>
      opset >= ANTIALIAS ? schema : { ...schema, attrs: without(without(schema.attrs, 'antialias'), 'axes') },
  },
  ScatterElements: {
    form: ({ name, inputs, attrs }, opset) => {
      if (opset >= ADDING_SCATTER) return { inputs, attrs };
      if (attrs.reduction !== undefined && attrs.reduction !== 'none') {
        throw new OpsetError({
          en: `“${name}” adds values at repeated indices (ScatterElements with reduction “${attrs.reduction}”), which ONNX supports from opset 16. Choose opset 16 or later instead of ${opset}.`,
          zh: `“${name}”在重复的索引处累加（ScatterElements，reduction 为“${attrs.reduction}”），ONNX 从 opset 16 起才支持。请选择 16 或更高的 opset，而不是 ${opset}。`,
        });
      }
      return { inputs, attrs: without(attrs, 'reduction') };
    },
    schema: (schema, opset) =>
      opset >= ADDING_SCATTER ? schema : { ...schema, attrs: without(schema.attrs, 'reduction') },
  },
  SoftmaxCrossEntropyLoss: { outputs: [1, 2] },
  Split: { outputs: [1, Number.POSITIVE_INFINITY] },
};

/** The target of an export at `opset`: ops introduced later are substituted. */
export function portableAt(opset: number): Target {
  const later = (Object.keys(substitutes) as SubstitutedOp[]).filter((op) => (differences[op]?.since ?? 0) > opset);
  // Gradients by index add values at repeated indices.
  const maxPoolIndices = PORTABLE.maxPoolIndices && opset >= ADDING_SCATTER;
  return { ...PORTABLE, maxPoolIndices, without: new Set([...PORTABLE.without, ...later]) };
}

/** The node for `op` at `opset`. Throws OpsetError if the opset does not support it. */
export function nodeForm(op: Op, opset: number): NodeForm {
  const { since = OPSETS.least, form } = differences[op.op] ?? {};
  if (opRow(op.op).domain === '' && opset < since) {
    throw new OpsetError({
      en: `“${op.name}” is ${op.op}, which ONNX supports from opset ${since}. Choose opset ${since} or later instead of ${opset}.`,
      zh: `“${op.name}”使用 ${op.op}，ONNX 从 opset ${since} 起才支持。请选择 ${since} 或更高的 opset，而不是 ${opset}。`,
    });
  }
  return form === undefined ? { inputs: op.inputs, attrs: op.attrs } : form(op, opset);
}

/** Name in the IR of the ONNX op `opType` of a domain. */
function nameOf(opType: string, domain: string): OpName | undefined {
  const named = Object.hasOwn(ops, opType) ? (opType as OpName) : undefined;
  if (named !== undefined && opRow(named).domain === domain && opRow(named).type === undefined) return named;
  return (Object.keys(ops) as OpName[]).find((name) => opRow(name).type === opType && opRow(name).domain === domain);
}

/** The requirements of ONNX for a node at `opset`; undefined for an op that Netloom does not write. */
export function nodeSchema(opType: string, domain: string, opset: number): NodeSchema | undefined {
  const name = nameOf(opType, domain);
  if (name === undefined) return undefined;
  const { domain: own, arity, attrs } = opRow(name);
  const { since = OPSETS.least, outputs = [1, 1], required = [], schema } = differences[name] ?? {};
  if (domain !== own || (own === '' && opset < since)) return undefined;
  const plain: NodeSchema = { inputs: arity, outputs, attrs, required };
  return schema === undefined ? plain : schema(plain, opset);
}
