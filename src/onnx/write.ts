import { create, toBinary } from '@bufbuild/protobuf';
import { getTextEncoding } from '@bufbuild/protobuf/wire';
import type { AttrType } from '../ir/opRules.ts';
import { opRow } from '../ir/ops.ts';
import { type Attrs, type AttrValue, constantsOf, type Op, type Program, type Value } from '../ir/program.ts';
import type { Tensor } from '../ir/tensor.ts';
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  type FunctionProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  StringStringEntryProtoSchema,
  type TensorProto,
  TensorProto_DataLocation,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './gen/onnx_pb.ts';
import { inlined, type KnownFunctions, type OperatorNodes, opsetFor } from './inline.ts';
import { CONTRIB_VERSION, checkOpset, DATA_TYPES, irVersionOf, nodeForm, nodeSchema } from './opset.ts';

export const PRODUCER = 'netloom';
/** Version of Netloom; a test compares it to package.json. */
export const PRODUCER_VERSION = '0.1.0';

export type Metadata = Readonly<Record<string, string>>;

export interface WriteOptions {
  /** Opset of the default domain, from OPSETS.least to OPSETS.most. */
  readonly opset?: number;
  /** Written as metadata_props; may depend on the model without them. */
  readonly metadata?: Metadata | ((model: ModelProto) => Metadata);
  readonly docString?: string;
  /** True to write the types of intermediate values, which model viewers show. */
  readonly valueInfo?: boolean;
}

/**
 * Writes a program as an ONNX model, with one node per op; constants become initializers. Throws OpsetError if the
 * opset does not support the program.
 */
export function writeModel(program: Program, options: WriteOptions = {}): Uint8Array {
  return toBinary(ModelProtoSchema, modelProto(program, options));
}

/** A file with the large tensors of a model, as consecutive parts. */
export interface ExternalFile {
  readonly name: string;
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
}

export interface ModelFiles {
  readonly model: Uint8Array;
  /** Null if the model contains all its values. */
  readonly external: ExternalFile | null;
}

/** The limit of a protobuf message is 2 GiB; 16 MiB of it are reserved for everything but weights. */
export const LARGEST_MODEL = 2 ** 31 - 2 ** 24;
/**
 * Tensors smaller than this stay in the model: the runtime needs shapes and axes there, and other small tensors would
 * not save space.
 */
const SMALLEST_EXTERNAL = 1024;
/** Alignment of tensors in the file, so that it can be memory-mapped. */
const ALIGNMENT = 4096;

/**
 * Like `writeModel`, but if the constants take more than `above` bytes, the large ones are written to a file `name` in
 * the folder of the model.
 */
export function writeModelFiles(
  program: Program,
  options: WriteOptions & { readonly name: string; readonly above?: number },
): ModelFiles {
  const { name, above = LARGEST_MODEL } = options;
  const total = constantsOf(program).reduce((bytes, { tensor }) => bytes + (tensor?.data.byteLength ?? 0), 0);
  if (total <= above) return { model: writeModel(program, options), external: null };
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  const place: Place = ({ data }) => {
    if (data.byteLength < SMALLEST_EXTERNAL) return null;
    const gap = (ALIGNMENT - (offset % ALIGNMENT)) % ALIGNMENT;
    if (gap > 0) parts.push(new Uint8Array(gap));
    parts.push(new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength));
    const at = offset + gap;
    offset = at + data.byteLength;
    return { location: name, offset: at, length: data.byteLength };
  };
  const model = toBinary(ModelProtoSchema, modelProto(program, options, place));
  return { model, external: parts.length === 0 ? null : { name, parts } };
}

/** File and position of the values of a tensor; null for a tensor that stays in the model. */
type Place = (tensor: Tensor) => { location: string; offset: number; length: number } | null;

function modelProto(program: Program, options: WriteOptions, place: Place = () => null): ModelProto {
  const { opset = opsetFor(program), metadata = {}, docString = '', valueInfo = false } = options;
  checkOpset(opset);
  const forms = program.ops.map((op) => ({ op, ...nodeForm(op, opset) }));
  const kept = keptOperators(program, opset);
  const nodes = forms.flatMap(({ op, inputs, attrs }) => kept.get(op)?.nodes ?? [nodeProto(op, inputs, attrs, opset)]);
  const outputs = program.outputs.map(({ value }) => value);
  const constants = new Set([...forms.flatMap(({ inputs }) => inputs), ...outputs].filter(isConstant));
  const results = new Set(outputs);
  const intermediate = program.ops.flatMap((op) => op.outputs).filter((value) => !results.has(value));
  const operators = [...kept.values()];
  const domains = new Map<string, number>();
  for (const { op } of program.ops) if (opRow(op).domain !== '') domains.set(opRow(op).domain, CONTRIB_VERSION);
  for (const each of operators) {
    for (const [domain, version] of each.domains) domains.set(domain, Math.max(domains.get(domain) ?? 0, version));
  }
  const model = create(ModelProtoSchema, {
    irVersion: BigInt(Math.max(irVersionOf(opset), operators.some(({ functions }) => functions.length > 0) ? 8 : 0)),
    producerName: PRODUCER,
    producerVersion: PRODUCER_VERSION,
    ...(docString === '' ? {} : { docString }),
    opsetImport: [
      { domain: '', version: BigInt(opset) },
      ...[...domains].map(([domain, version]) => ({ domain, version: BigInt(version) })),
    ],
    functions: uniqueFunctions(operators.flatMap((each) => each.functions)),
    graph: {
      name: program.name,
      node: nodes,
      initializer: [
        ...[...constants].map(({ name, tensor }) => tensorProto(name, tensor, place(tensor))),
        ...operators.flatMap((each) => each.initializers),
      ],
      sparseInitializer: operators.flatMap((each) => each.sparse),
      input: program.inputs.map(({ value }) => valueInfoProto(value)),
      output: outputs.map(valueInfoProto),
      valueInfo: valueInfo ? intermediate.map(valueInfoProto) : [],
    },
  });
  const entries = Object.entries(typeof metadata === 'function' ? metadata(model) : metadata);
  model.metadataProps = entries.map(([key, value]) => create(StringStringEntryProtoSchema, { key, value }));
  return model;
}

/** The nodes of the operators, with names that begin with that of their op. */
function keptOperators(program: Program, opset: number): ReadonlyMap<Op, OperatorNodes> {
  const operators = program.ops.filter(({ fragment }) => fragment !== undefined);
  if (operators.length === 0) return new Map();
  const known: KnownFunctions = new Map();
  const taken = program.ops.flatMap(({ name, inputs, outputs }) => [
    name,
    ...[...inputs, ...outputs].map((value) => value?.name ?? ''),
  ]);
  const prefixOf = (base: string): string =>
    taken.some((name) => name.startsWith(`${base}/`)) ? prefixOf(`${base}_`) : `${base}/`;
  return new Map(operators.map((op) => [op, inlined(op, opset, prefixOf(op.name), known)] as const));
}

/** Operators may share functions. */
const uniqueFunctions = (functions: readonly FunctionProto[]): FunctionProto[] => [
  ...new Map(functions.map((each) => [`${each.domain}\n${each.name}\n${each.overload}`, each])).values(),
];

const isConstant = (value: Value | null): value is Value & { readonly tensor: Tensor } => value?.tensor !== undefined;

function nodeProto(op: Op, inputs: readonly (Value | null)[], attrs: Attrs, opset: number): NodeProto {
  const { domain, type = op.op } = opRow(op.op);
  const schema = nodeSchema(type, domain, opset);
  const last = inputs.findLastIndex((input) => input !== null);
  return create(NodeProtoSchema, {
    name: op.name,
    opType: type,
    ...(domain === '' ? {} : { domain }),
    input: inputs.slice(0, last + 1).map((input) => input?.name ?? ''),
    output: op.outputs.map((output) => output.name),
    attribute: Object.entries(attrs).map(([name, value]) => {
      const type = schema?.attrs[name];
      if (type === undefined) throw new Error(`${op.op} '${op.name}' has no attribute '${name}' at opset ${opset}`);
      return attributeProto(name, type, value);
    }),
  });
}

function attributeProto(name: string, type: AttrType, value: AttrValue): AttributeProto {
  const wrong = new Error(`attribute '${name}' is ${JSON.stringify(value)}, expected ${type}`);
  switch (type) {
    case 'int':
      if (!Number.isInteger(value)) throw wrong;
      return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value as number) });
    case 'float':
      if (typeof value !== 'number') throw wrong;
      return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value });
    case 'string':
      if (typeof value !== 'string') throw wrong;
      return create(AttributeProtoSchema, { name, type: AttributeType.STRING, s: getTextEncoding().encodeUtf8(value) });
    case 'ints':
      if (!Array.isArray(value)) throw wrong;
      return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
    case 'floats':
      if (!Array.isArray(value)) throw wrong;
      return create(AttributeProtoSchema, { name, type: AttributeType.FLOATS, floats: value });
  }
}

function tensorProto(name: string, { dtype, shape, data }: Tensor, elsewhere: ReturnType<Place>): TensorProto {
  const header = { name, dims: shape.map(BigInt), dataType: DATA_TYPES[dtype] };
  if (elsewhere !== null) {
    const externalData = Object.entries(elsewhere).map(([key, value]) => ({ key, value: String(value) }));
    return create(TensorProtoSchema, { ...header, dataLocation: TensorProto_DataLocation.EXTERNAL, externalData });
  }
  // Raw data is little-endian, like every platform of Electron and onnxruntime.
  const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return create(TensorProtoSchema, { ...header, rawData });
}

function valueInfoProto({ name, dtype, shape }: Value): ValueInfoProto {
  const dim = shape.map((size) =>
    typeof size === 'number'
      ? ({ value: { case: 'dimValue', value: BigInt(size) } } as const)
      : ({ value: { case: 'dimParam', value: size } } as const),
  );
  const tensorType = { elemType: DATA_TYPES[dtype], shape: { dim } };
  return create(ValueInfoProtoSchema, { name, type: { value: { case: 'tensorType', value: tensorType } } });
}
