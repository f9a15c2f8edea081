import type { CheckedGraph } from '../check/checkedGraph.ts';
import type { Dataset } from '../data/dataset.ts';
import { constantsOf } from '../ir/program.ts';
import { kerasModel } from '../keras/model.ts';
import { OpsetError } from '../onnx/opset.ts';
import { readModel } from '../onnx/read.ts';
import { LARGEST_MODEL, writeModelFiles } from '../onnx/write.ts';
import type { ExportChoices, ExportPreview } from '../protocol/exported.ts';
import { torchModel } from '../pytorch/model.ts';
import { type Text, UserError } from '../text.ts';
import { requireHalf } from './exporter.ts';
import { planExport } from './exportPlan.ts';
import { requireWeights } from './exports.ts';
import { expectFinite } from './proof.ts';
import type { Tensors } from './session.ts';

interface PreviewRequest {
  readonly graph: CheckedGraph;
  readonly weights: Tensors;
  readonly data: Dataset | null;
  readonly choices: ExportChoices;
}

type Model = NonNullable<ExportPreview['model']>;

/** Facts about an export before it. Preprocessing that is not possible is left out. */
export function previewExport(request: PreviewRequest): ExportPreview {
  const { graph, weights, choices } = request;
  if (choices.format !== 'onnx') {
    const found = attempt(() => {
      expectFinite(weights);
      if (choices.format === 'pytorch') torchModel(graph);
      if (choices.format === 'keras') kerasModel(graph);
      if (choices.format === 'safetensors') requireWeights(weights);
    });
    return { problem: 'problem' in found ? found.problem : null, model: null, preprocessing: null };
  }
  // Weights beyond float16 are no reason against the preprocessing.
  const prepared = attempt(() => modelOf({ ...request, choices: { ...choices, float16: false } }, true));
  const preprocessing: ExportPreview['preprocessing'] =
    'problem' in prepared ? { reason: prepared.problem } : { inputs: prepared.value.inputs };
  const found = attempt(() => {
    expectFinite(weights);
    return modelOf(request, choices.preprocessing === true && 'value' in prepared);
  });
  return 'problem' in found
    ? { problem: found.problem, model: null, preprocessing }
    : { problem: null, model: found.value, preprocessing };
}

function modelOf({ graph, weights, data, choices }: PreviewRequest, preprocessing: boolean): Model {
  const plan = planExport({ ...choices, graph, weights, data, preprocessing });
  if (preprocessing && [...(plan.preprocessing?.values() ?? [])].every(({ kind }) => kind === 'none')) {
    throw new UserError(unchanged);
  }
  if (choices.float16 === true) requireHalf(plan.program);
  const { opset, file } = plan;
  // Weights beside the model are not copied.
  const summary = readModel(writeModelFiles(file, { opset, name: 'weights', above: 0 }).model);
  if (summary === undefined) throw new Error('the model cannot be read');
  const bytes = constantsOf(file).reduce((sum, { tensor }) => sum + (tensor?.data.byteLength ?? 0), 0);
  const inputs = summary.inputs.map(({ name, elementType, shape }) => ({ name, elementType, shape: [...shape] }));
  return { opset, ops: { ...summary.ops }, bytes, tooLarge: bytes > LARGEST_MODEL, inputs };
}

function attempt<T>(work: () => T): { readonly value: T } | { readonly problem: Text } {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof UserError || error instanceof OpsetError) return { problem: error.text };
    throw error;
  }
}

const unchanged: Text = {
  en: 'The network takes the data unchanged: there is no preprocessing to include.',
  zh: '网络直接使用原始数据：没有可包含的预处理。',
};
