import { withConstantLayouts } from '../compile/constantLayouts.ts';
import { foldBatchNorm } from '../compile/foldBatchNorm.ts';
import { withHalfWeights } from '../compile/halfWeights.ts';
import { bindParameters, compileInference } from '../compile/inference.ts';
import { type InputPreprocessing, takesAnySize, withPreprocessing } from '../compile/preprocessing.ts';
import { withSeparatePads } from '../compile/separatePads.ts';
import type { Program } from '../ir/program.ts';
import { opsetFor } from '../onnx/inline.ts';
import { ANTIALIAS, checkOpset, OpsetError, portableAt } from '../onnx/opset.ts';
import { UserError } from '../text.ts';
import type { ExportOptions } from './exporter.ts';
import { type ExportInput, exportInputs, withArguments } from './exportSamples.ts';
import { preprocessingOf } from './rawSamples.ts';

/** Programs of an export. */
export interface ExportPlan {
  readonly opset: number;
  /** Inputs of the network. */
  readonly inputs: readonly ExportInput[];
  /** The preparation that the file contains; null if it contains none. */
  readonly preprocessing: InputPreprocessing | null;
  /** The network with its weights. */
  readonly program: Program;
  /** The program of the file: the network, with preprocessing and small weights if they are wanted. */
  readonly file: Program;
}

/** Compiles an export. Throws UserError and OpsetError for options that the network does not have. */
export function planExport(
  options: Pick<ExportOptions, 'graph' | 'weights' | 'data' | 'opset' | 'fold' | 'preprocessing' | 'float16'>,
): ExportPlan {
  const { graph, weights, data, fold = false, preprocessing: prepares = false, float16 = false } = options;
  if (options.opset !== undefined) checkOpset(options.opset);
  if (prepares && data === null) throw new UserError(noData);
  const plain = compileInference(graph);
  const inputs = exportInputs(
    graph,
    data,
    plain.inputs.filter(({ role }) => role.kind === 'data'),
  );
  const preprocessing = prepares && data !== null ? preprocessingOf(inputs, data) : null;
  const anySize = [...(preprocessing?.values() ?? [])].some(takesAnySize);
  const opset = options.opset ?? Math.max(opsetFor(plain), anySize ? ANTIALIAS : 0);
  if (anySize && opset < ANTIALIAS) throw tooEarly(opset);
  const target = portableAt(opset);
  const bound = bindParameters(compileInference(graph, target), weights);
  const program = withSeparatePads(withConstantLayouts(fold ? foldBatchNorm(bound) : bound), target);
  const small = float16 ? withHalfWeights(program, target) : program;
  const file = preprocessing === null ? small : withPreprocessing(small, preprocessing, target);
  return { opset, inputs: withArguments(inputs, program, opset), preprocessing, program, file };
}

const noData = {
  en: 'Preprocessing cannot be included without the dataset, which decides it. Put the dataset back in its place or choose it again in the Data workspace, or export without preprocessing.',
  zh: '预处理取决于数据集，没有数据集时无法包含。请将数据集放回原处，或在“数据”工作区重新选择，或不包含预处理进行导出。',
};

const tooEarly = (opset: number) =>
  new OpsetError({
    en: `The preprocessing resizes images of any size with antialiasing, which ONNX supports from opset ${ANTIALIAS}. Choose opset ${ANTIALIAS} or later instead of ${opset}, or export without preprocessing.`,
    zh: `预处理会缩放任意尺寸的图像并抗锯齿，ONNX 从 opset ${ANTIALIAS} 起才支持。请选择 ${ANTIALIAS} 或更高的 opset，而不是 ${opset}，或不包含预处理进行导出。`,
  });
