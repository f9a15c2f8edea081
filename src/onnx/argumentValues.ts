import type { ElementType } from '../elementTypes.ts';
import { elementCount } from '../ir/tensor.ts';
import type { GraphProto, NodeProto, ValueInfoProto } from './gen/onnx_pb.ts';
import { domainOf } from './read.ts';

type Dims = readonly number[];

/** An input that an op takes as an argument, and what is known about the op. */
interface Use {
  readonly node: NodeProto;
  /** Number of values. */
  readonly count: number;
  /** The values are whole numbers or text. */
  readonly isWhole: boolean;
  readonly isText: boolean;
  /** Shapes of the inputs and outputs of the op, where they are known. */
  input(index: number): Dims | undefined;
  output(index: number): Dims | undefined;
}

/** Values for an argument, the last of which is repeated; null if any number will do. */
type Argument = (use: Use) => readonly number[] | null;

const constant =
  (...values: readonly number[]): Argument =>
  () =>
    values;

const firstAxes: Argument = ({ count }) => Array.from({ length: count }, (_, i) => i);

const intOf = ({ node }: Use, name: string, otherwise: number): number => {
  const found = node.attribute.find((each) => each.name === name);
  return found === undefined ? otherwise : Number(found.i);
};

const axisOf = (use: Use, dims: Dims, otherwise: number): number => {
  const axis = intOf(use, 'axis', otherwise);
  return axis < 0 ? axis + dims.length : axis;
};

/** A shape: that of the output. */
const outputShape: Argument = (use) => {
  const dims = use.output(0);
  return dims?.length === use.count ? dims : null;
};

/** Any number of values has one of these shapes. */
const newShape: Argument = (use) => outputShape(use) ?? [-1, 1];
const wideShape: Argument = (use) => outputShape(use) ?? [1];

/** Sizes of the output as multiples of those of the input; a little more where these are no whole numbers, since the op rounds down. */
const factors: Argument = (use) => {
  const [from, to] = [use.input(0), use.output(0)];
  if (from?.length !== use.count || to?.length !== use.count) return [1];
  return to.map((size, axis) => {
    const factor = size / (from[axis] as number);
    return Number.isInteger(factor) ? factor : (size + 0.25) / (from[axis] as number);
  });
};

/** Axes of `long` that `short` does not have. */
function missingAxes(long: Dims, short: Dims): number[] {
  let next = 0;
  return long.flatMap((size, axis) => {
    if (size !== short[next]) return [axis];
    next++;
    return [];
  });
}

/** Axes that an op inserts, removes or reduces; by default the first ones. */
const changedAxes: Argument = (use) => {
  const [from, to] = [use.input(0), use.output(0)];
  if (from === undefined || to === undefined) return firstAxes(use);
  const axes =
    from.length === to.length
      ? from.flatMap((size, axis) => (size === to[axis] ? [] : [axis]))
      : from.length < to.length
        ? missingAxes(to, from)
        : missingAxes(from, to);
  const others = Array.from({ length: Math.max(from.length, to.length) }, (_, axis) => axis);
  return [...axes, ...others.filter((axis) => !axes.includes(axis))].slice(0, use.count);
};

/** Indices are zeros where an axis has only one element. */
const indices: Argument = (use) => {
  const dims = use.input(0);
  const size = dims?.[axisOf(use, dims, 0)];
  return size === undefined || size > 1 ? null : [0];
};
const coordinates: Argument = (use) => (use.input(0)?.some((size) => size < 2) ? [0] : null);

/** Half of the new cells before, the others behind. */
const pads: Argument = (use) => {
  const [from, to] = [use.input(0), use.output(0)];
  if (from === undefined || to === undefined || use.count !== 2 * from.length) return [0];
  const added = to.map((size, axis) => size - (from[axis] as number));
  return [...added.map((cells) => Math.floor(cells / 2)), ...added.map((cells) => Math.ceil(cells / 2))];
};

const ends: Argument = (use) => {
  const dims = use.output(0) ?? use.input(0);
  return dims === undefined ? [1] : dims.slice(0, use.count);
};

const parts: Argument = (use) => {
  const dims = use.input(0);
  if (dims === undefined) return null;
  const axis = axisOf(use, dims, 0);
  const known = use.node.output.map((_, i) => use.output(i)?.[axis]);
  if (known.every((size) => size !== undefined)) return known as number[];
  const [size, each] = [dims[axis] as number, Math.floor((dims[axis] as number) / use.count)];
  return Array.from({ length: use.count }, (_, i) => (i < use.count - 1 ? each : size - each * (use.count - 1)));
};

/** The size of the output along the axis of the op. */
const sizeAlongAxis =
  (axis: number, otherwise: number): Argument =>
  (use) => {
    const dims = use.output(0);
    return [dims?.[axisOf(use, dims, axis)] ?? otherwise];
  };

const sizeAt =
  (axis: number, otherwise: number): Argument =>
  (use) => [use.output(0)?.[axis] ?? otherwise];

/** A divisor is not zero. */
const divisor: Argument = ({ isWhole }) => (isWhole ? [2] : null);
const digits: Argument = ({ isText }) => (isText ? [1] : null);

/** Length of a transform whose output has the non-negative frequencies only. */
const transformLength =
  (axis: number): Argument =>
  (use) => {
    const bins = use.output(0)?.[axis];
    return [bins === undefined ? 16 : 2 * (bins - 1)];
  };
const frameStep: Argument = (use) => {
  const [length, frames, bins] = [use.input(0)?.[1], use.output(0)?.[1], use.output(0)?.[2]];
  if (length === undefined || frames === undefined || bins === undefined || frames < 2) return [1];
  const frame = use.input(2)?.[0] ?? (intOf(use, 'onesided', 1) === 1 ? 2 * (bins - 1) : bins);
  return [Math.max(1, Math.floor((length - frame) / (frames - 1)))];
};
const frameLength: Argument = (use) => {
  const bins = use.output(0)?.[2];
  const window = use.input(2)?.[0];
  if (window !== undefined) return [window];
  return [bins === undefined ? 2 : intOf(use, 'onesided', 1) === 1 ? 2 * (bins - 1) : bins];
};

/** The corners of everything: zeros, then ones. */
const wholeRegion: Argument = ({ count }) => Array.from({ length: count }, (_, i) => Number(i >= count / 2));

const window = [sizeAt(0, 8)];
const any: Argument = () => null;
const reduction = [any, changedAxes];

/** Arguments by op, in the order of the inputs. */
const ARGUMENTS = new Map<string, readonly Argument[]>(
  Object.entries({
    BlackmanWindow: window,
    Cast: [digits],
    CastLike: [digits],
    CenterCropPad: [any, wideShape],
    Clip: [any, constant(-0.5), constant(0.5)],
    ConstantOfShape: [wideShape],
    CumSum: [any, constant(0)],
    DequantizeLinear: [any, constant(0.1)],
    DFT: [any, sizeAlongAxis(1, 2)],
    Div: [any, divisor],
    Dropout: [any, constant(0.5), constant(0)],
    Expand: [any, wideShape],
    Gather: [any, indices],
    GatherElements: [any, indices],
    GatherND: [any, coordinates],
    HammingWindow: window,
    HannWindow: window,
    Loop: [constant(3), constant(1)],
    MaxUnpool: [any, any, outputShape],
    MelWeightMatrix: [sizeAt(1, 4), transformLength(0), constant(8192), constant(0), constant(4096)],
    Mod: [any, divisor],
    NegativeLogLikelihoodLoss: [any, coordinates],
    NonMaxSuppression: [any, any, constant(3), constant(0.5), constant(0)],
    OneHot: [any, sizeAlongAxis(-1, 2)],
    Pad: [any, pads],
    QuantizeLinear: [any, constant(0.1)],
    Range: [constant(0), sizeAt(0, 3), constant(1)],
    Reshape: [any, newShape],
    RoiAlign: [any, any, indices],
    Resize: [any, wholeRegion, factors, wideShape],
    ScatterElements: [any, indices],
    ScatterND: [any, coordinates],
    SequenceAt: [any, constant(0)],
    SequenceErase: [any, constant(0)],
    SequenceInsert: [any, any, constant(0)],
    Slice: [any, constant(0), ends, firstAxes, constant(1)],
    SoftmaxCrossEntropyLoss: [any, coordinates],
    Split: [any, parts],
    SplitToSequence: [any, parts],
    Squeeze: [any, changedAxes],
    STFT: [any, frameStep, any, frameLength],
    Tile: [any, factors],
    TopK: [any, sizeAlongAxis(-1, 1)],
    Unsqueeze: [any, changedAxes],
    Upsample: [any, factors],
    ...Object.fromEntries(
      ['L1', 'L2', 'LogSum', 'LogSumExp', 'Max', 'Mean', 'Min', 'Prod', 'Sum', 'SumSquare'].map((kind) => [
        `Reduce${kind}`,
        reduction,
      ]),
    ),
  }),
);

/** Ops that pass the numbers of their first input on. */
const PASSING = new Set(['Identity', 'Cast', 'Squeeze', 'Unsqueeze', 'Reshape', 'Flatten']);

interface FedInput {
  readonly name: string;
  readonly dtype: ElementType;
  readonly dims: Dims;
}

/**
 * Values for the inputs that ops take as arguments, such as a shape, axes or the number of classes: random numbers would make a model
 * fail that runs with these. `sizes`: those of symbols.
 */
export function argumentValues(
  graph: GraphProto,
  inputs: readonly FedInput[],
  sizes: ReadonlyMap<string, number>,
): ReadonlyMap<string, readonly number[]> {
  const shapes = new Map<string, Dims>();
  for (const info of [...graph.valueInfo, ...graph.output]) {
    const dims = knownDims(info, sizes);
    if (dims !== null) shapes.set(info.name, dims);
  }
  for (const { name, dims } of graph.initializer) shapes.set(name, dims.map(Number));
  for (const { name, dims } of inputs) shapes.set(name, dims);
  const users = new Map<string, { readonly node: NodeProto; readonly at: number }[]>();
  for (const node of graph.node) {
    if (domainOf(node.domain) !== '') continue;
    for (const [at, name] of node.input.entries()) {
      const known = users.get(name);
      if (known === undefined) users.set(name, [{ node, at }]);
      else known.push({ node, at });
    }
  }
  const valuesFor = ({ dtype, dims }: FedInput, name: string, depth: number): readonly number[] | null => {
    for (const { node, at } of users.get(name) ?? []) {
      const found = ARGUMENTS.get(node.opType)?.[at]?.({
        node,
        count: elementCount(dims),
        isWhole: dtype.includes('int'),
        isText: dtype === 'string',
        input: (i) => shapes.get(node.input[i] ?? ''),
        output: (i) => shapes.get(node.output[i] ?? ''),
      });
      if (found !== null && found !== undefined) return found;
      if (at > 0 || depth === 0 || !PASSING.has(node.opType)) continue;
      const passed = valuesFor({ name, dtype, dims }, node.output[0] ?? '', depth - 1);
      if (passed !== null) return passed;
    }
    return null;
  };
  return new Map(
    inputs.flatMap((input) => {
      const values = valuesFor(input, input.name, 8);
      const count = elementCount(input.dims);
      if (values === null || (values.length === 0 && count > 0)) return [];
      return [[input.name, Array.from({ length: count }, (_, i) => values[i] ?? (values.at(-1) as number))]];
    }),
  );
}

function knownDims({ type }: ValueInfoProto, sizes: ReadonlyMap<string, number>): Dims | null {
  const shape = type?.value.case === 'tensorType' ? type.value.value.shape : undefined;
  const dims = shape?.dim.map(({ value }) => {
    if (value.case === 'dimValue') return Number(value.value);
    return value.case === 'dimParam' ? sizes.get(value.value) : undefined;
  });
  return dims === undefined || dims.includes(undefined) ? null : (dims as number[]);
}
