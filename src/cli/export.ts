import { basename, dirname, join } from 'node:path';
import { readCheckpoint } from '../engine/checkpoint.ts';
import { exportModel, exportStep } from '../engine/exporter.ts';
import { openDataset } from '../engine/files.ts';
import { CPU_DEVICE } from '../engine/session.ts';
import { readModel } from '../onnx/read.ts';
import { OPSETS } from '../opsets.ts';
import { sizeText } from '../sizeText.ts';
import { type Command, choiceOption, intOption, stringOption, UsageError } from './command.ts';
import { exportTorchProject } from './exportTorch.ts';
import { checkOutput, forceOption, writeOutput } from './outputFile.ts';
import { withWeights } from './trained.ts';

const { least, most, standard } = OPSETS;

const FORMATS = ['onnx', 'pytorch'] as const;
const ONNX_OPTIONS = ['opset', 'fold', 'samples', 'step'] as const;

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
    const project = await open(file);
    const { graph, weights, initial } = withWeights(project, file, output);
    await checkOutput(path, {
      extension: '.onnx',
      input: file,
      options,
      mayReplace: (isInput, bytes) => !isInput && readModel(bytes)?.metadata.netloom_version !== undefined,
    });
    const ownSamples = options.samples === true;
    const dataSha256 = readCheckpoint(project.others)?.dataSha256;
    // Without the dataset of the network, the verification uses random samples.
    const data = await openDataset(graph.document.data.source, files, graph.document.data).catch(() => null);
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
      fileName,
      dataSha256,
      ownSamples,
    });
    const { model, external, ops, proof, untrained } = result;
    const beside = external === null ? null : join(dirname(path), external.name);
    if (external !== null && beside !== null) await writeOutput(beside, external.parts);
    await writeOutput(path, model);
    const more = beside === null ? {} : { external: beside };
    output.printJson({ output: path, opset: result.opset, bytes: model.length, ops, proof, untrained, ...more });
    output.print(`${path}: ${sizeText(model.length)}, opset ${result.opset}; ${opsText(ops)}`);
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
    return 0;
  },
};
