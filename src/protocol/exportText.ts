import type { Text } from '../text.ts';
import type { ExportReport, ModelInputs, OnnxReport } from './exported.ts';

const listed = (ops: OnnxReport['ops']): string =>
  Object.entries(ops)
    .map(([op, count]) => `${op} ${count}`)
    .join(', ');

/** Inputs of a model: names, types and shapes. */
export const inputsText = (inputs: ModelInputs): string =>
  inputs.map(({ name, elementType, shape }) => `${name} ${elementType} [${shape.join(', ')}]`).join('; ');

/** The facts of an export, one per line. */
export function exportLines(report: ExportReport): Text[] {
  switch (report.format) {
    case 'onnx':
      return onnxLines(report);
    case 'pytorch':
      return torchLines(report);
    case 'keras':
      return kerasLines(report);
    case 'safetensors':
      return safetensorsLines(report);
    default:
      return report satisfies never;
  }
}

function torchLines(report: Extract<ExportReport, { format: 'pytorch' }>): Text[] {
  const { class: name, parameters, withoutData } = report;
  const count = parameters.toLocaleString('en');
  const lines: Text[] = [{ en: `Class ${name}, parameters: ${count}`, zh: `类 ${name}，参数量：${count}` }];
  if (withoutData !== null) {
    lines.push({
      en: `The project has no samples: ${withoutData.en} Its README.md says which arrays train.py reads.`,
      zh: `项目中没有样本：${withoutData.zh}README.md 说明了 train.py 读取的数组。`,
    });
  }
  lines.push({ en: 'Check it with PyTorch: python check.py', zh: '用 PyTorch 校验：python check.py' });
  return lines;
}

function kerasLines({ model, parameters }: Extract<ExportReport, { format: 'keras' }>): Text[] {
  const count = parameters.toLocaleString('en');
  return [
    { en: `Model ${model}, parameters: ${count}`, zh: `模型 ${model}，参数量：${count}` },
    { en: 'Check it with Keras: python check.py', zh: '用 Keras 校验：python check.py' },
  ];
}

function safetensorsLines(report: Extract<ExportReport, { format: 'safetensors' }>): Text[] {
  const [tensors, values] = [report.tensors, report.values].map((count) => count.toLocaleString('en'));
  return [
    { en: `Tensors: ${tensors}, with ${values} values`, zh: `张量：${tensors} 个，共 ${values} 个数值` },
    ...initialLines(report),
    { en: 'Verified: the file has the same bits as the weights.', zh: '已校验：文件与权重逐位相同。' },
  ];
}

/** Weights that were never trained. */
function initialLines({ untrained, initial }: Pick<OnnxReport, 'untrained' | 'initial'>): Text[] {
  if (untrained) {
    return [{ en: 'Untrained: the weights are random initial values.', zh: '未经训练，权重为随机初始值。' }];
  }
  if (initial.length === 0) return [];
  const names = initial.slice(0, 3);
  const more = initial.length > names.length ? '…' : '';
  return [
    {
      en: `These weights were never trained and are random initial values: ${names.join(', ')}${more}`,
      zh: `以下权重从未训练，仍为随机初始值：${names.join('、')}${more}`,
    },
  ];
}

function onnxLines(report: OnnxReport): Text[] {
  const { opset, ops, inputs, preprocessing, external, proof } = report;
  const lines: Text[] = [{ en: `Opset ${opset}: ${listed(ops)}`, zh: `Opset ${opset}：${listed(ops)}` }];
  if (preprocessing) {
    const takes = inputsText(inputs);
    lines.push({ en: `Preprocessing is included. Input: ${takes}`, zh: `已包含预处理。输入：${takes}` });
  }
  if (external !== null) {
    lines.push({
      en: `Its weights are in ${external}. Keep both files in the same folder.`,
      zh: `权重在 ${external} 中。请将两个文件放在同一文件夹。`,
    });
  }
  return [...lines, ...initialLines(report), ...proofLines(proof)];
}

/** Errors of an export, where they were measured. */
function proofLines({ batches, maxError, largest, pixelError, float16Error }: OnnxReport['proof']): Text[] {
  const [error, most] = [(maxError ?? Number.NaN).toExponential(1), (largest ?? Number.NaN).toPrecision(2)];
  const lines: Text[] = [
    {
      en: `Verified at batch size ${batches.join(', ')}: outputs differ from those computed by Netloom by at most ${error} (largest output ${most}).`,
      zh: `已校验（批量大小 ${batches.join('、')}）：与 Netloom 计算结果的最大误差为 ${error}（输出最大为 ${most}）。`,
    },
  ];
  if (pixelError === 0) {
    lines.push({ en: 'Preprocessed pixels equal those of Netloom.', zh: '预处理后的像素与 Netloom 完全一致。' });
  } else if (pixelError != null) {
    lines.push({
      en: `Preprocessed pixels differ from those of Netloom by at most ${pixelError.toPrecision(2)} of 255.`,
      zh: `预处理后的像素与 Netloom 的最大误差为 ${pixelError.toPrecision(2)}（满值 255）。`,
    });
  }
  if (float16Error != null) {
    lines.push({
      en: `Rounding the weights to float16 changes the outputs by at most ${float16Error.toExponential(1)}.`,
      zh: `将权重舍入为 float16 使输出最多改变 ${float16Error.toExponential(1)}。`,
    });
  }
  return lines;
}
