import { basename, dirname, join } from 'node:path';
import { dataName } from '../data/known.ts';
import { readCheckpoint } from '../engine/checkpoint.ts';
import { exportModel, exportStep } from '../engine/exporter.ts';
import { openDataset } from '../engine/files.ts';
import { inputImage } from '../engine/network.ts';
import { CPU_DEVICE } from '../engine/session.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { readModel } from '../onnx/read.ts';
import { OPSETS } from '../opsets.ts';
import type { ExportResult } from '../protocol/exported.ts';
import { sizeText } from '../sizeText.ts';
import type { Text } from '../text.ts';
import { type Command, choiceOption, intOption, stringOption, UsageError } from './command.ts';
import { exportTorchProject } from './exportTorch.ts';
import { checkOutput, forceOption, writeOutput } from './outputFile.ts';
import { fullSource, withMovedSource } from './ownData.ts';
import { withWeights } from './trained.ts';

const { least, most, standard } = OPSETS;

const FORMATS = ['onnx', 'pytorch'] as const;
const ONNX_OPTIONS = ['opset', 'fold', 'samples', 'step', 'with-preprocessing', 'float16', 'data'] as const;

const opsText = (ops: Readonly<Record<string, number>>) =>
  Object.entries(ops)
    .map(([op, count]) => `${op} ${count}`)
    .join(', ');

export const exportCommand: Command = {
  name: 'export',
  args: 'FILE -o OUT.onnx',
  summary: {
    en: 'export the network as an ONNX model and verify it, or as a PyTorch project',
    zh: '将网络导出为 ONNX 模型并校验，或导出为 PyTorch 项目',
  },
  examples: [
    'export lenet_modern -o lenet.onnx',
    'export digits.netloom -o digits.onnx --opset 18 --fold',
    'export pets.netloom -o pets.onnx --with-preprocessing',
    'export digits.netloom --to pytorch -o digits',
  ],
  options: {
    output: {
      type: 'string',
      short: 'o',
      value: 'OUT',
      help: { en: 'path of the exported file, or folder of the project', zh: '导出文件的路径，或项目的文件夹' },
    },
    to: {
      type: 'string',
      value: FORMATS.join('|'),
      help: { en: 'format of the export (default: onnx)', zh: '导出格式（默认 onnx）' },
    },
    force: forceOption,
    opset: {
      type: 'string',
      value: 'N',
      help: {
        en: `ONNX opset version, ${least} to ${most} (default: ${standard})`,
        zh: `ONNX opset 版本，${least} 到 ${most}（默认 ${standard}）`,
      },
    },
    fold: {
      type: 'boolean',
      help: { en: 'fold batch normalization into the preceding layers', zh: '将批量规范化并入前面的层' },
    },
    data: {
      type: 'string',
      value: 'PATH',
      help: {
        en: 'new place of the dataset that the network was trained on',
        zh: '训练该网络的数据集的新位置',
      },
    },
    'with-preprocessing': {
      type: 'boolean',
      help: {
        en: 'include the preprocessing: the model takes images as uint8 [N, H, W, C], or rows of the table as float64',
        zh: '包含预处理：模型的输入为 uint8 图像 [N, H, W, C]，或 float64 的表格行',
      },
    },
    float16: {
      type: 'boolean',
      help: {
        en: 'store weights as float16: half the size, rounded to 3 digits; computation stays float32',
        zh: '以 float16 存储权重：大小减半，舍入到 3 位有效数字；计算仍为 float32',
      },
    },
    samples: {
      type: 'boolean',
      help: {
        en: 'include two samples of the dataset as a test vector, and the hash of the dataset; by default, neither is included for your own files',
        zh: '将两个样本作为测试向量写入文件，并写入数据集的哈希值；默认情况下，使用自己的数据文件时两者都不写入',
      },
    },
    step: {
      type: 'boolean',
      help: { en: 'instead, export the training step without weights', zh: '改为导出训练步，不含权重' },
    },
  },
  arity: [1, 1],
  async run(invocation) {
    const { positionals, options, output, files, open } = invocation;
    const [file = ''] = positionals;
    const path = stringOption(options, 'output');
    if (choiceOption(options, 'to', FORMATS) === 'pytorch') {
      const other = ONNX_OPTIONS.find((name) => options[name] !== undefined);
      if (other !== undefined) {
        throw new UsageError({
          en: `--${other} is for ONNX models, not for PyTorch projects. Leave it out, or leave out --to pytorch.`,
          zh: `--${other} 用于 ONNX 模型，不用于 PyTorch 项目。请去掉该选项，或去掉 --to pytorch。`,
        });
      }
      if (path !== undefined) return exportTorchProject(invocation, path);
      throw new UsageError({
        en: `Give a folder for the project: netloom export ${file} --to pytorch -o DIR`,
        zh: `请指定项目的文件夹：netloom export ${file} --to pytorch -o 文件夹`,
      });
    }
    if (path === undefined) {
      throw new UsageError({
        en: `Give a path for the exported file: netloom export ${file} -o OUT.onnx`,
        zh: `请指定导出文件的路径：netloom export ${file} -o OUT.onnx`,
      });
    }
    const opset = intOption(options, 'opset', { least: 1, most: 1000, example: standard });
    const project = await withDataAt(await open(file), stringOption(options, 'data'));
    const { graph, weights, initial } = withWeights(project, file, output);
    await checkOutput(path, {
      extension: '.onnx',
      input: file,
      options,
      mayReplace: (isInput, bytes) => !isInput && readModel(bytes)?.metadata.netloom_version !== undefined,
    });
    const prepares = ['with-preprocessing', 'float16'].find((name) => options[name] !== undefined);
    if (options.step === true && prepares !== undefined) {
      throw new UsageError({
        en: `--${prepares} is for models with weights, not for the training step. Leave it out, or leave out --step.`,
        zh: `--${prepares} 用于含权重的模型，不用于训练步。请去掉该选项，或去掉 --step。`,
      });
    }
    const ownSamples = options.samples === true;
    const dataSha256 = readCheckpoint(project.others)?.dataSha256;
    // Without the dataset of the network, the verification uses random samples.
    const preprocessing = options['with-preprocessing'] === true;
    const opened = openDataset(graph.document.data.source, files, graph.document.data, {
      image: inputImage(graph.document),
    });
    const data = await (preprocessing ? opened : opened.catch(() => null));
    if (options.step === true) {
      const { model, opset: written, ops } = await exportStep({ graph, data, opset, dataSha256, ownSamples });
      await writeOutput(path, model);
      output.printJson({ output: path, opset: written, bytes: model.length, ops, proof: null });
      output.print(`${path}: ${sizeText(model.length)}, opset ${written}; ${opsText(ops)}`);
      return 0;
    }
    const fold = options.fold === true;
    const fileName = basename(path);
    const result = await exportModel({
      graph,
      weights,
      initial,
      data,
      device: CPU_DEVICE,
      opset,
      fold,
      preprocessing,
      float16: options.float16 === true,
      fileName,
      dataSha256,
      ownSamples,
    });
    const { model, external, ops, proof, untrained } = result;
    const beside = external === null ? null : join(dirname(path), external.name);
    if (external !== null && beside !== null) await writeOutput(beside, external.parts);
    await writeOutput(path, model);
    const more = beside === null ? {} : { external: beside };
    const { inputs } = result;
    output.printJson({
      output: path,
      opset: result.opset,
      bytes: model.length,
      ops,
      inputs,
      proof,
      untrained,
      ...more,
    });
    output.print(`${path}: ${sizeText(model.length)}, opset ${result.opset}; ${opsText(ops)}`);
    if (preprocessing) output.print(output.words(inputsText(inputs)));
    if (beside !== null) {
      output.print(
        output.words({
          en: `Its weights are in ${beside}. Keep both files in the same folder.`,
          zh: `权重在 ${beside} 中。请将两个文件放在同一文件夹。`,
        }),
      );
    }
    if (untrained) {
      output.print(
        output.words({
          en: 'The model is untrained: its weights are random initial values.',
          zh: '模型未经训练，其权重为随机初始值。',
        }),
      );
    }
    output.print(
      output.words({
        en: `Verified at batch size ${proof.batches.join(', ')}: outputs differ from those computed by Netloom by at most ${proof.maxError.toExponential(1)} (largest output ${proof.largest.toPrecision(2)}).`,
        zh: `已校验（批量大小 ${proof.batches.join('、')}）：与 Netloom 计算结果的最大误差为 ${proof.maxError.toExponential(1)}（输出最大为 ${proof.largest.toPrecision(2)}）。`,
      }),
    );
    for (const text of proofTexts(proof)) output.print(output.words(text));
    return 0;
  },
};

/** The project with its dataset in another place. Throws UsageError for other data: its preprocessing may differ. */
async function withDataAt<P extends { readonly document: NetworkDocument }>(project: P, given?: string): Promise<P> {
  if (given === undefined) return project;
  const document = await withMovedSource(project.document, given);
  if (document.data.source !== fullSource(given)) {
    throw new UsageError({
      en: `“${given}” is not the dataset “${dataName(project.document.data.source)}” that the network was trained on. Give the place of that dataset.`,
      zh: `“${given}”不是训练该网络的数据集“${dataName(project.document.data.source)}”。请给出该数据集的位置。`,
    });
  }
  return { ...project, document };
}

/** Inputs of a model that contains its preprocessing. */
function inputsText(inputs: ExportResult['inputs']): Text {
  const list = inputs.map(({ name, elementType, shape }) => `${name} ${elementType} [${shape.join(', ')}]`);
  return {
    en: `Preprocessing is included. Input: ${list.join('; ')}`,
    zh: `已包含预处理。输入：${list.join('；')}`,
  };
}

/** Errors of the parts of an export, where they were measured. */
function proofTexts({ pixelError, float16Error }: ExportResult['proof']): Text[] {
  const texts: Text[] = [];
  if (pixelError === 0) {
    texts.push({ en: 'Preprocessed pixels equal those of Netloom.', zh: '预处理后的像素与 Netloom 完全一致。' });
  } else if (pixelError != null) {
    texts.push({
      en: `Preprocessed pixels differ from those of Netloom by at most ${pixelError.toPrecision(2)} of 255.`,
      zh: `预处理后的像素与 Netloom 的最大误差为 ${pixelError.toPrecision(2)}（满值 255）。`,
    });
  }
  if (float16Error != null) {
    texts.push({
      en: `Rounding the weights to float16 changes the outputs by at most ${float16Error.toExponential(1)}.`,
      zh: `将权重舍入为 float16 使输出最多改变 ${float16Error.toExponential(1)}。`,
    });
  }
  return texts;
}
