import { blockedConv, blockedInput, blockedOutput } from './blockedKernels.ts';
import type { Dense, Kernel } from './dense.ts';
import { broadcasting, cast, div, elu, erf, hardSigmoid, leakyRelu, softplus } from './elementwiseKernels.ts';
import { gather, gatherElements, oneHot, scatterElements } from './indexingKernels.ts';
import { concat, expand, flatten, pad, reshape, shapeOf, slice, split, transpose } from './layoutKernels.ts';
import { fusedMatMul, gemm, matMul } from './matrixKernels.ts';
import { batchNormalization, layerNormalization, lrn } from './normalizationKernels.ts';
import type { OpName } from './ops.ts';
import type { Op, Program, Value } from './program.ts';
import {
  argMax,
  logSoftmax,
  reduceMax,
  reduceMean,
  reduceSum,
  softmax,
  softmaxCrossEntropyLoss,
} from './reductionKernels.ts';
import { dimsText } from './shape.ts';
import { elementCount, numbersOf } from './tensor.ts';
import { averagePool, conv, convTranspose, globalAveragePool, maxPool, maxUnpool, resize } from './windowKernels.ts';

export type { Dense } from './dense.ts';

/** The computation of every op, as defined by ONNX, or by onnxruntime where ONNX leaves it open. */
const kernels = {
  Add: broadcasting((a, b) => a + b),
  Sub: broadcasting((a, b) => a - b),
  Mul: broadcasting((a, b) => a * b),
  Div: div,
  Neg: broadcasting((a) => -a),
  Exp: broadcasting(Math.exp),
  Log: broadcasting(Math.log),
  Sqrt: broadcasting(Math.sqrt),
  Relu: broadcasting((a) => Math.max(0, a)),
  Sigmoid: broadcasting((a) => 1 / (1 + Math.exp(-a))),
  Tanh: broadcasting(Math.tanh),
  Identity: broadcasting((a) => a),
  HardSigmoid: hardSigmoid,
  Abs: broadcasting(Math.abs),
  Sign: broadcasting(Math.sign),
  Erf: broadcasting(erf),
  Softplus: broadcasting(softplus),
  LeakyRelu: leakyRelu,
  Elu: elu,
  PRelu: broadcasting((a, slope) => (a > 0 ? a : slope * a)),
  Max: broadcasting(Math.max),
  Min: broadcasting(Math.min),
  Sum: broadcasting((...x) => x.reduce((a, b) => a + b)),
  Equal: broadcasting((a, b) => Number(a === b)),
  Greater: broadcasting((a, b) => Number(a > b)),
  Less: broadcasting((a, b) => Number(a < b)),
  Not: broadcasting((a) => 1 - a),
  Where: broadcasting((condition, a, b) => (condition === 0 ? b : a)),
  Cast: cast,
  MatMul: matMul,
  Gemm: gemm,
  Conv: conv,
  ConvTranspose: convTranspose,
  MaxPool: maxPool,
  MaxUnpool: maxUnpool,
  AveragePool: averagePool,
  GlobalAveragePool: globalAveragePool,
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  LRN: lrn,
  Resize: resize,
  Shape: shapeOf,
  ScatterElements: scatterElements,
  Gather: gather,
  GatherElements: gatherElements,
  ReduceSum: reduceSum,
  ReduceMean: reduceMean,
  ReduceMax: reduceMax,
  ArgMax: argMax,
  Softmax: softmax,
  LogSoftmax: logSoftmax,
  SoftmaxCrossEntropyLoss: softmaxCrossEntropyLoss,
  OneHot: oneHot,
  Transpose: transpose,
  Reshape: reshape,
  Flatten: flatten,
  Expand: expand,
  Concat: concat,
  Split: split,
  Slice: slice,
  Pad: pad,
  FusedMatMul: fusedMatMul,
  BlockedInput: blockedInput,
  BlockedOutput: blockedOutput,
  BlockedConv: blockedConv,
  Operator: (_, { name }) => {
    throw new Error(`only the runtime can run the ONNX operator '${name}'`);
  },
} satisfies Record<OpName, Kernel>;

/**
 * Evaluates a program slowly, in float64: the reference to which gradients and the runtime are compared. `feeds` has
 * every input by name; the result has every output by name. Throws if a shape differs from the one in the program.
 */
export function interpret(program: Program, feeds: Readonly<Record<string, Dense>>): Record<string, Dense> {
  const values = new Map<Value, Dense>();
  const symbols = new Map<string, number>();

  const settle = (value: Value, result: Dense, by: string): void => {
    const agrees =
      result.shape.length === value.shape.length &&
      result.data.length === elementCount(result.shape) &&
      value.shape.every((dim, i) => {
        const size = result.shape[i] as number;
        if (typeof dim === 'number') return dim === size;
        if (!symbols.has(dim)) symbols.set(dim, size);
        return symbols.get(dim) === size;
      });
    if (!agrees) {
      const found = `${dimsText(result.shape)} with ${result.data.length} numbers`;
      throw new Error(`${by} has '${value.name}' as ${found}, expected ${dimsText(value.shape)}`);
    }
    values.set(value, result);
  };

  const read = (value: Value): Dense => {
    const result = values.get(value) ?? denseOf(value);
    if (result === undefined) throw new Error(`'${value.name}' is used before it is defined`);
    values.set(value, result);
    return result;
  };

  for (const { value } of program.inputs) {
    const feed = feeds[value.name];
    if (feed === undefined) throw new Error(`there is no feed for '${value.name}'`);
    settle(value, feed, 'the feed');
  }
  for (const op of program.ops) {
    const inputs = op.inputs.map((value) => (value === null ? undefined : read(value)));
    const results = evaluate(op, inputs);
    op.outputs.forEach((value, i) => {
      settle(value, results[i] as Dense, `${op.op} '${op.name}'`);
    });
  }
  return Object.fromEntries(program.outputs.map(({ value }) => [value.name, read(value)]));
}

const evaluate = (op: Op, inputs: readonly (Dense | undefined)[]): readonly Dense[] =>
  (kernels[op.op] as Kernel)(inputs, op);

const denseOf = ({ tensor }: Value): Dense | undefined =>
  tensor && { shape: tensor.shape, data: Float64Array.from(numbersOf(tensor)) };
