import { clone, create, toBinary } from '@bufbuild/protobuf';
import type { ElementType } from '../../graph/document.ts';
import { type ChosenSize, inputsOf, type ModelInput } from '../../importing/inputs.ts';
import { capturedBy, opName } from '../../importing/model.ts';
import type { Fact } from '../../importing/site.ts';
import { elementCount } from '../../ir/tensor.ts';
import {
  type TensorProto_DataType as DataType,
  GraphProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  ValueInfoProtoSchema,
} from '../../onnx/gen/onnx_pb.ts';
import { DATA_TYPES } from '../../onnx/opset.ts';
import { type Constant, decodeConstant, type Numbers } from '../../onnx/tensors.ts';
import { random } from '../../random/philox.ts';
import { asType } from '../feeds.ts';
import { CPU_DEVICE, loadModel, type Session, type Tensors } from '../session.ts';
import { difference } from './difference.ts';

/** Sizes at which a model is run. */
export interface Running {
  readonly sizes: readonly ChosenSize[];
  /** Inputs whose first axis is that of the batch; empty if the batch of the model cannot be chosen. */
  readonly batched: ReadonlySet<string>;
  /** Numbers for inputs that ops take as arguments. */
  readonly values: ReadonlyMap<string, readonly number[]>;
}

export interface Observation {
  readonly facts: ReadonlyMap<string, Fact>;
  /** Values that do not depend on the inputs. */
  readonly constants: ReadonlyMap<string, Constant>;
}

/** The runtime's form of a tensor. */
type Fed = Tensors extends ReadonlyMap<string, infer T> ? T : never;

/** Initializers from this size on, in bytes, are fed: writing them into another model would take as long as reading them. */
const FED_FROM = 16 * 1024;
/** Bytes of values that are fetched in one run. */
const FETCHED = 128 * 2 ** 20;
/** The batches of the two runs. */
const BATCHES = [2, 3] as const;

/** Ops whose results are no tensors, or may be none. */
const NO_TENSORS = /^(Sequence(Construct|Empty|Erase|Insert|Map)|SplitToSequence|Optional|ai\.onnx\.ml\.ZipMap)$/;
const MAYBE_TENSORS = /^(If|Loop|Scan|OptionalGetElement|Identity)$/;

/** Ops that give the size of a value, not its numbers. */
const SIZES = new Set(['Shape', 'Size']);
/** Kept with their constants, so that the numbers of a quantized model stay what they are. */
const QUANTIZED = /QuantizeLinear$/;

/** Ops whose first result has the element type of the first input. */
const SAME_TYPE = new Set(
  (
    'Conv ConvTranspose Relu BatchNormalization MaxPool AveragePool GlobalAveragePool GlobalMaxPool Add Sub Mul Div Gemm MatMul ' +
    'Concat Reshape Flatten Transpose Sigmoid Tanh LRN Softmax LogSoftmax LeakyRelu PRelu Elu Selu Clip ReduceMean ReduceSum ' +
    'ReduceMax Squeeze Unsqueeze Slice Pad Resize Upsample Split Dropout Erf Sqrt Pow Exp Log Neg Abs HardSigmoid HardSwish ' +
    'Expand Tile LayerNormalization InstanceNormalization Gather Sum Max Min DepthToSpace SpaceToDepth Softplus Identity'
  ).split(' '),
);

/** True for the values that depend on the numbers of the inputs, by name. */
function dataValues(nodes: readonly NodeProto[], inputs: ReadonlySet<string>): ReadonlySet<string> {
  const data = new Set(inputs);
  for (const node of nodes) {
    const op = opName(node);
    const random = /^(Random|Bernoulli|Multinomial)/.test(op);
    if (SIZES.has(op)) continue;
    const uses = [...node.input, ...capturedBy(node)].some((name) => data.has(name));
    if (uses || random || QUANTIZED.test(op)) for (const output of node.output) data.add(output);
  }
  return data;
}

const shapeName = (value: string): string => `${value}/netloom_shape`;

interface Instruments {
  readonly bytes: Uint8Array;
  /** Initializers that are fed. */
  readonly weights: ReadonlyMap<string, Constant>;
  readonly constants: ReadonlyMap<string, Constant>;
  /** Values that are computed and are tensors. */
  readonly values: readonly string[];
}

/** The model with the shapes of all values, and all values, as outputs. */
function instrumented(model: ModelProto, { batched, sizes }: Running, tensorsOnly: boolean): Instruments {
  const graph = model.graph as NonNullable<ModelProto['graph']>;
  const weights = new Map<string, Constant>();
  const constants = new Map<string, Constant>();
  const kept: TensorProto[] = [];
  for (const tensor of graph.initializer) {
    const values = decodeConstant(tensor);
    if (values !== null) constants.set(tensor.name, values);
    const bytes = values === null || values.dtype === 'string' ? 0 : (values.data as Numbers).byteLength;
    if (values !== null && bytes >= FED_FROM) weights.set(tensor.name, values);
    else kept.push(tensor);
  }
  const given = new Set(graph.initializer.map(({ name }) => name));
  const size = new Map(sizes.map((each) => [each.name, each.size]));
  const values = graph.node.flatMap((node) => {
    const op = opName(node);
    if (NO_TENSORS.test(op) || (tensorsOnly && MAYBE_TENSORS.test(op))) return [];
    return node.output.filter((name) => name !== '');
  });
  const input = [
    ...graph.input
      .filter(({ name }) => !given.has(name))
      .map((info) => {
        const copy = clone(ValueInfoProtoSchema, info);
        const tensor = copy.type?.value.case === 'tensorType' ? copy.type.value.value : undefined;
        for (const [axis, dim] of (tensor?.shape?.dim ?? []).entries()) {
          const isBatch = axis === 0 && batched.has(info.name);
          const chosen = dim.value.case === 'dimParam' ? size.get(dim.value.value) : undefined;
          if (isBatch) dim.value = { case: 'dimParam', value: 'netloom_batch' };
          else if (chosen !== undefined) dim.value = { case: 'dimValue', value: BigInt(chosen) };
        }
        return copy;
      }),
    ...[...weights].map(([name, constant]) => typedInfo(name, constant)),
  ];
  const whole = create(ModelProtoSchema, {
    ...model,
    metadataProps: [],
    graph: create(GraphProtoSchema, {
      ...graph,
      name: graph.name || 'graph',
      initializer: kept,
      input,
      valueInfo: [],
      node: [
        ...graph.node,
        ...values.map((value) =>
          create(NodeProtoSchema, { opType: 'Shape', input: [value], output: [shapeName(value)] }),
        ),
      ],
      output: [...values, ...values.map(shapeName)].map((name) => create(ValueInfoProtoSchema, { name })),
    }),
  });
  return { bytes: toBinary(ModelProtoSchema, whole), weights, constants, values };
}

function typedInfo(name: string, { dtype, dims }: Constant) {
  const dim = dims.map((size) => ({ value: { case: 'dimValue' as const, value: BigInt(size) } }));
  const tensor = { elemType: DATA_TYPES[dtype] as DataType, shape: { dim } };
  return create(ValueInfoProtoSchema, { name, type: { value: { case: 'tensorType', value: tensor } } });
}

const fed = ({ dtype, dims, data }: Constant): Fed => ({ dtype, shape: dims, data }) as unknown as Fed;

/** Inputs of a model: arguments of ops, else random numbers in [−1, 1), indices of 0 and 1, truth values. */
export function randomFeeds(
  inputs: readonly ModelInput[],
  { sizes, batched, values }: Running,
  batch: number,
  seed: number,
): Map<string, Fed> {
  const chosen = new Map(sizes.map(({ name, size }) => [name, size]));
  return new Map(
    inputs.map(({ name, dtype, dims }) => {
      const shape = dims.map((dim, axis) => {
        if (axis === 0 && batched.has(name)) return batch;
        return typeof dim === 'number' ? dim : (chosen.get(dim) ?? 1);
      });
      const given = values.get(name);
      if (given !== undefined && given.length > 0 && dtype !== null) {
        const data = Float32Array.from({ length: elementCount(shape) }, (_, i) => given[i % given.length] as number);
        return [name, asType({ dtype: 'float32', shape, data }, dtype)];
      }
      return [
        name,
        fed({
          dtype: dtype ?? 'float32',
          dims: shape,
          data: randomData(dtype, elementCount(shape), `${name}/${seed}`),
        }),
      ];
    }),
  );
}

function randomData(dtype: ElementType | null, count: number, name: string): Constant['data'] {
  const rng = random(1, `import/${name}`);
  const bits = (): number => Number(rng.uniform() < 0.5);
  switch (dtype) {
    case 'float64':
      return Float64Array.from({ length: count }, () => rng.uniform());
    case 'float16':
      // 0.5 to 1: the exponent of 0.5 and a random fraction.
      return Uint16Array.from({ length: count }, () => 0x3800 + Math.floor(rng.uniform() * 0x400));
    case 'bfloat16':
      return Uint16Array.from({ length: count }, () => 0x3f00 + Math.floor(rng.uniform() * 0x80));
    case 'int64':
      return BigInt64Array.from({ length: count }, () => BigInt(bits()));
    case 'uint64':
      return BigUint64Array.from({ length: count }, () => BigInt(bits()));
    case 'int32':
      return Int32Array.from({ length: count }, bits);
    case 'uint32':
      return Uint32Array.from({ length: count }, bits);
    case 'int16':
      return Int16Array.from({ length: count }, bits);
    case 'uint16':
      return Uint16Array.from({ length: count }, bits);
    case 'int8':
      return Int8Array.from({ length: count }, bits);
    case 'uint8':
    case 'bool':
      return Uint8Array.from({ length: count }, bits);
    case 'string':
      return Array.from({ length: count }, () => (bits() === 1 ? 'a' : 'b'));
    default:
      return Float32Array.from({ length: count }, () => 2 * rng.uniform() - 1);
  }
}

/**
 * Runs a model and observes types, shapes and constants of all its values; null if samples of a batch affect each other, or if a
 * result has no batch axis. Throws the errors of the runtime.
 */
export async function observe(
  model: ModelProto,
  running: Running,
  results: readonly string[],
): Promise<Observation | null> {
  const opened = await open(model, running);
  try {
    const seen = await read(model, running, opened);
    if (running.batched.size === 0) return seen;
    // A result that does not depend on the numbers of the inputs has no samples.
    const predictions = results.filter((name) => seen.facts.get(name)?.data === true);
    if (!predictions.every((name) => seen.facts.get(name)?.batch === true)) return null;
    return (await isPerSample(model, running, opened, predictions)) ? seen : null;
  } finally {
    await opened.session.release();
  }
}

/** Difference between a sample alone and in a batch, relative to the largest number. */
const SAMPLE_TOLERANCE = 1e-3;

/** True if the results of a sample do not depend on the others of its batch. */
async function isPerSample(
  model: ModelProto,
  running: Running,
  { session, parts }: Opening,
  results: readonly string[],
): Promise<boolean> {
  const weights = [...parts.weights].map(([name, constant]): [string, Fed] => [name, fed(constant)]);
  const both = randomFeeds(inputsOf(model), running, 2, 0);
  const names = results.filter((name) => parts.values.includes(name));
  if (names.length === 0) return true;
  const whole = await session.run(new Map([...both, ...weights]), names);
  for (const i of [0, 1]) {
    const one = [...both].map(([name, tensor]): [string, Fed] => [
      name,
      running.batched.has(name) ? sampleOf(tensor, i) : tensor,
    ]);
    const alone = await session.run(new Map([...one, ...weights]), names);
    for (const [name, tensor] of whole) {
      const { error, largest } = difference(alone.get(name), sampleOf(tensor, i));
      if (!(error <= SAMPLE_TOLERANCE * Math.max(1, largest))) return false;
    }
  }
  return true;
}

function sampleOf({ dtype, shape, data }: Fed, index: number): Fed {
  const count = data.length / (shape[0] as number);
  return { dtype, shape: [1, ...shape.slice(1)], data: data.slice(index * count, (index + 1) * count) } as Fed;
}

interface Opening {
  readonly session: Session;
  readonly parts: Instruments;
}

async function open(model: ModelProto, running: Running): Promise<Opening> {
  const all = instrumented(model, running, false);
  try {
    return { session: await loadModel(all.bytes, CPU_DEVICE, 'none'), parts: all };
  } catch (error) {
    // A branch or a loop may give a sequence, which has no shape.
    const tensors = instrumented(model, running, true);
    if (tensors.values.length === all.values.length) throw error;
    return { session: await loadModel(tensors.bytes, CPU_DEVICE, 'none'), parts: tensors };
  }
}

async function read(model: ModelProto, running: Running, { session, parts }: Opening): Promise<Observation> {
  const nodes = model.graph?.node ?? [];
  const inputs = inputsOf(model);
  const data = dataValues(nodes, new Set(inputs.map(({ name }) => name)));
  const isFree = running.batched.size > 0;
  const fixed = parts.values.filter((name) => !data.has(name));
  const weights = [...parts.weights].map(([name, constant]): [string, Fed] => [name, fed(constant)]);
  const feedsAt = (batch: number): Map<string, Fed> => new Map([...randomFeeds(inputs, running, batch, 0), ...weights]);
  const runs: Map<string, Fed>[] = [];
  for (const batch of isFree ? BATCHES : [BATCHES[0]]) {
    const names = [...parts.values.map(shapeName), ...fixed];
    runs.push(names.length === 0 ? new Map() : await session.run(feedsAt(batch), names));
  }
  const [first, second = first] = runs as [Map<string, Fed>, Map<string, Fed>?];
  const dimsIn = (run: Map<string, Fed>, name: string): number[] =>
    Array.from((run.get(shapeName(name)) as Fed).data as ArrayLike<bigint>, Number);
  const shapes = new Map(parts.values.map((name) => [name, [dimsIn(first, name), dimsIn(second, name)] as const]));

  const constants = new Map(parts.constants);
  for (const name of fixed) {
    const [a, b] = [first.get(name), second.get(name)] as [Fed, Fed];
    if (isEqual(a, b)) constants.set(name, { dtype: a.dtype as ElementType, dims: a.shape, data: a.data as Numbers });
  }
  const dtypes = await dtypesOf({ nodes, inputs, shapes, constants, first, session, feeds: feedsAt(BATCHES[0]) });
  const facts = new Map<string, Fact>();
  for (const { name, dtype } of inputs) {
    const [dims, other] = BATCHES.map(
      (batch) => randomFeeds(inputs, running, isFree ? batch : BATCHES[0], 0).get(name)?.shape ?? [],
    );
    facts.set(name, factOf(dtype, dims as number[], other as number[], true, isFree));
  }
  for (const [name, [dims, other]] of shapes) {
    facts.set(name, factOf(dtypes.get(name) ?? null, dims, other, data.has(name), isFree));
  }
  return { facts, constants };
}

function factOf(
  dtype: ElementType | null,
  dims: readonly number[],
  other: readonly number[],
  data: boolean,
  isFree: boolean,
): Fact {
  const [a, b] = BATCHES;
  const batch = isFree && dims[0] === a && other[0] === b && dims.slice(1).join() === other.slice(1).join();
  return { dtype, dims, other, batch, data };
}

const isEqual = (a: Fed, b: Fed): boolean =>
  a.shape.join() === b.shape.join() &&
  Array.from(a.data as ArrayLike<unknown>).every((value, i) => Object.is(value, b.data[i]));

interface Typing {
  readonly nodes: readonly NodeProto[];
  readonly inputs: readonly ModelInput[];
  readonly shapes: ReadonlyMap<string, readonly [readonly number[], readonly number[]]>;
  readonly constants: ReadonlyMap<string, Constant>;
  readonly first: ReadonlyMap<string, Fed>;
  readonly session: Session;
  readonly feeds: Tensors;
}

/** Element types of all values: those of common ops follow from their inputs, the others are read off the values. */
async function dtypesOf({
  nodes,
  inputs,
  shapes,
  constants,
  first,
  session,
  feeds,
}: Typing): Promise<Map<string, ElementType>> {
  const dtypes = new Map<string, ElementType>([...constants].map(([name, { dtype }]) => [name, dtype]));
  for (const { name, dtype } of inputs) if (dtype !== null) dtypes.set(name, dtype);
  for (const [name, { dtype }] of first) dtypes.set(name, dtype as ElementType);
  const infer = (): string[] =>
    nodes.flatMap((node) => {
      const type = SAME_TYPE.has(opName(node)) ? dtypes.get(node.input[0] ?? '') : undefined;
      return node.output.flatMap((name, i) => {
        if (!shapes.has(name) || dtypes.has(name)) return [];
        if (type === undefined || i > 0) return [name];
        dtypes.set(name, type);
        return [];
      });
    });
  for (let open = infer(); open.length > 0; open = infer()) {
    const batch: string[] = [];
    let bytes = 0;
    for (const name of open) {
      bytes += 8 * elementCount(shapes.get(name)?.[0] ?? []);
      if (batch.length > 0 && bytes > FETCHED) break;
      batch.push(name);
    }
    for (const [name, { dtype }] of await session.run(feeds, batch)) dtypes.set(name, dtype as ElementType);
  }
  return dtypes;
}
