import type { Text } from './text.ts';

/** Facts about an ONNX model that decide which programs can run it. */
interface ModelFacts {
  /** Opset of the default domain. */
  readonly opset: number;
  /** Number of nodes per operator; those of other domains are named `domain.Op`. */
  readonly ops: Readonly<Record<string, number>>;
  /** Inputs, with element types of ONNX: `float` is float32. */
  readonly inputs: readonly { readonly name: string; readonly elementType: string }[];
  /** Size of the weights, in bytes. */
  readonly bytes: number;
}

interface RuntimeLimits {
  /** Program with the version whose documents say this. */
  readonly name: string;
  readonly source: string;
  /** Range of opsets; absent where the documents name none. */
  readonly opsets?: readonly [least: number, most: number];
  /** Supported operators, without those of which it supports only some modes; absent where they are all. */
  readonly ops?: ReadonlySet<string>;
  /** Element types of inputs; absent where they are all. */
  readonly inputs?: ReadonlySet<string>;
  /** Largest model, in bytes; absent where the documents name no limit. */
  readonly bytes?: number;
}

const listed = (names: string): ReadonlySet<string> => new Set(names.split(/\s+/).filter((name) => name !== ''));

/** Documented limits of programs that run ONNX models. */
const RUNTIMES: readonly RuntimeLimits[] = [
  {
    name: 'onnxruntime 1.30',
    // Exports are run in it, and opsets from 7 on are supported by all versions that have the opset.
    source: 'onnxruntime.ai/docs/reference/compatibility.html',
    opsets: [7, 26],
  },
  {
    name: 'onnxruntime-web 1.30',
    // Memory of WebAssembly is at most 4 GB.
    source: 'onnxruntime.ai/docs/tutorials/web/large-models.html',
    opsets: [7, 26],
    bytes: 4 * 2 ** 30,
  },
  {
    name: 'OpenCV DNN 5',
    source: 'opencv/opencv modules/dnn/src/onnx/onnx_importer2.cpp, buildDispatchMap_ONNX_AI',
    inputs: new Set(['float']),
    ops: listed(`
      Abs Acos Acosh Add And ArgMax ArgMin Asin Asinh Atan Atanh AveragePool BatchNormalization Cast Ceil Celu Clip Concat
      Constant ConstantOfShape Conv ConvTranspose Cos Cosh CumSum DepthToSpace DequantizeLinear Div Dropout Einsum Elu Equal
      Erf Exp Expand Flatten Floor GRU Gather GatherElements Gelu Gemm GlobalAveragePool GlobalMaxPool Greater GreaterOrEqual
      GroupNormalization HardSigmoid HardSwish Identity If ImageScaler InstanceNormalization LRN LSTM LayerNormalization
      LeakyRelu Less LessOrEqual Log LogSoftmax MatMul Max MaxPool MaxUnpool Mean Min Mod Mul Neg Not Or PRelu Pad Pow
      QuantizeLinear Range Reciprocal ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd
      ReduceSum ReduceSumSquare Relu Reshape Round Scatter ScatterElements ScatterND Selu Shape Shrink Sigmoid Sign Sin
      Sinh Slice Softmax Softplus Softsign SpaceToDepth Split Sqrt Squeeze Sub Sum Tan Tanh ThresholdedRelu Tile Transpose
      Unsqueeze Upsample Where Xor`),
  },
  {
    name: 'TensorRT 10.15',
    source: 'onnx/onnx-tensorrt docs/operators.md',
    opsets: [9, 24],
    inputs: new Set(['float', 'uint8']),
    ops: listed(`
      Abs Acos Acosh Add And ArgMax ArgMin Asin Asinh Atan Atanh Attention AveragePool BatchNormalization BlackmanWindow Cast
      CastLike Ceil Celu Clip Concat Constant ConstantOfShape Conv ConvTranspose Cos Cosh CumSum DeformConv DepthToSpace
      DequantizeLinear Div Dropout Einsum Elu Equal Erf Exp Expand EyeLike Flatten Floor GRU Gather GatherElements GatherND
      Gelu Gemm GlobalAveragePool GlobalLpPool GlobalMaxPool Greater GreaterOrEqual GridSample GroupNormalization
      HammingWindow HannWindow HardSigmoid HardSwish Hardmax Identity If ImageScaler InstanceNormalization IsInf IsNaN LRN
      LSTM LayerNormalization LeakyRelu Less LessOrEqual Log LogSoftmax Loop LpNormalization LpPool MatMul Max MaxPool Mean
      MeanVarianceNormalization Min Mish Mod Mul Neg NonMaxSuppression NonZero Not OneHot Or PRelu Pad ParametricSoftplus Pow
      QuantizeLinear RMSNormalization RNN RandomNormal RandomNormalLike RandomUniform RandomUniformLike Range Reciprocal
      ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare Relu
      Reshape ReverseSequence RoiAlign RotaryEmbedding Round STFT ScaledTanh Scan Scatter ScatterElements ScatterND
      Selu Shape Shrink Sigmoid Sign Sin Sinh Size Slice Softmax Softplus Softsign SpaceToDepth Split Sqrt Squeeze Sub Sum Tan
      Tanh TensorScatter ThresholdedRelu Tile TopK Transpose Trilu Unsqueeze Upsample Where Xor`),
  },
];

/** A program, and the reason that it is not known to run a model; null if its documents name no obstacle. */
export interface RuntimeVerdict {
  readonly name: string;
  readonly obstacle: Text | null;
}

/** Programs that run a model as far as their documents say: by opset, operators and size. */
export const worksWith = (model: ModelFacts): readonly RuntimeVerdict[] =>
  RUNTIMES.map((runtime) => ({ name: runtime.name, obstacle: obstacleOf(runtime, model) }));

function obstacleOf({ opsets, ops, inputs, bytes }: RuntimeLimits, model: ModelFacts): Text | null {
  if (opsets !== undefined && (model.opset < opsets[0] || model.opset > opsets[1])) {
    const [least, most] = opsets;
    return { en: `it documents opset ${least} to ${most}`, zh: `其文档支持 opset ${least} 到 ${most}` };
  }
  const unknown = ops === undefined ? [] : Object.keys(model.ops).filter((op) => !ops.has(op));
  if (unknown.length > 0) {
    const [one, list] = [unknown.length === 1, unknown.slice(0, 3)];
    const more = unknown.length > list.length ? '…' : '';
    return {
      en: `${one ? 'operator' : 'operators'} ${list.join(', ')}${more}`,
      zh: `算子 ${list.join('、')}${more}`,
    };
  }
  const other = model.inputs.find(({ elementType }) => inputs !== undefined && !inputs.has(elementType));
  if (other !== undefined) {
    const { name, elementType } = other;
    return { en: `input ${name} of type ${elementType}`, zh: `输入 ${name} 的类型 ${elementType}` };
  }
  if (bytes !== undefined && model.bytes > bytes) {
    return { en: 'the weights exceed its memory of 4 GB', zh: '权重超过其 4 GB 内存' };
  }
  return null;
}

/** One line: programs without a known obstacle, then the others with the reason. */
export function worksWithText(model: ModelFacts): Text {
  const verdicts = worksWith(model);
  const good = verdicts.filter(({ obstacle }) => obstacle === null).map(({ name }) => name);
  const line = (language: 'en' | 'zh', works: string, not: string, comma: string, stop: string): string => {
    const others = verdicts.flatMap(({ name, obstacle }) => {
      if (obstacle === null) return [];
      return [language === 'en' ? `${not}${name} (${obstacle.en})` : `${not}${name}（${obstacle.zh}）`];
    });
    return [...(good.length === 0 ? [] : [`${works}${good.join(comma)}`]), ...others]
      .map((each) => each + stop)
      .join('');
  };
  return {
    en: line('en', 'By operators and opset, works with: ', 'Not known to work: ', ', ', '. ').trim(),
    zh: line('zh', '按算子和 opset 判断，可用于：', '未确认可用：', '、', '。'),
  };
}
