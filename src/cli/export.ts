import { basename, dirname, join } from 'node:path';
import { readCheckpoint } from '../engine/checkpoint.ts';
import { exportModel, exportStep } from '../engine/exporter.ts';
import { openDataset } from '../engine/files.ts';
import { CPU_DEVICE } from '../engine/session.ts';
import { readModel } from '../onnx/read.ts';
import { OPSETS } from '../opsets.ts';
import { sizeText } from '../sizeText.ts';
import { type Command, intOption, stringOption, UsageError } from './command.ts';
import { checkOutput, forceOption, writeOutput } from './outputFile.ts';
import { withWeights } from './trained.ts';

const { least, most, standard } = OPSETS;

const opsText = (ops: Readonly<Record<string, number>>) =>
  Object.entries(ops)
    .map(([op, count]) => `${op} ${count}`)
    .join(', ');

export const exportCommand: Command = {
  name: 'export',
  args: 'FILE -o OUT.onnx',
  summary: { en: 'the inference model as ONNX, with proof', zh: '导出带验证的 ONNX 推理模型' },
  examples: ['export lenet_modern -o lenet.onnx', 'export digits.netloom -o digits.onnx --opset 18 --fold'],
  options: {
    output: { type: 'string', short: 'o', value: 'OUT.onnx', help: { en: 'where to write it', zh: '写入位置' } },
    force: forceOption,
    opset: {
      type: 'string',
      value: 'N',
      help: {
        en: `ONNX opset, ${least} to ${most} (default: ${standard})`,
        zh: `ONNX opset，${least} 到 ${most}（默认 ${standard}）`,
      },
    },
    fold: {
      type: 'boolean',
      help: { en: 'make batch normalisation part of the layers before it', zh: '把批量规范化并入前面的层' },
    },
    samples: {
      type: 'boolean',
      help: {
        en: 'put two samples of the data into the file, as its test vector, and the hash of all; else neither is told of your own files',
        zh: '把两个样本作为测试向量写入文件，并写入全部数据的哈希值；否则自己的数据文件两者都不写入',
      },
    },
    step: {
      type: 'boolean',
      help: { en: 'write the training step instead, without weights', zh: '改为导出训练步（不含权重）' },
    },
  },
  arity: [1, 1],
  async run({ positionals: [file = ''], options, output, files, open }) {
    const path = stringOption(options, 'output');
    if (path === undefined) {
      throw new UsageError({
        en: `Say where to write: netloom export ${file} -o OUT.onnx`,
        zh: `请指定写入位置：netloom export ${file} -o OUT.onnx`,
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
    // Without the network's data the proof takes random samples.
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
          en: `Its weights are in ${beside}: keep both together.`,
          zh: `权重在 ${beside} 中：两个文件需放在一起。`,
        }),
      );
    }
    if (untrained) {
      output.print(
        output.words({
          en: 'The model is untrained: its weights are initial random values.',
          zh: '该模型未经训练：其权重为随机初始值。',
        }),
      );
    }
    output.print(
      output.words({
        en: `Proof: loaded afresh at batch ${proof.batches.join(', ')}, its results differ from Netloom's own by at most ${proof.maxError.toExponential(1)}, where they are up to ${proof.largest.toPrecision(2)}.`,
        zh: `验证：以批量 ${proof.batches.join('、')} 重新加载，结果最大为 ${proof.largest.toPrecision(2)}，与 Netloom 自身结果的最大差异为 ${proof.maxError.toExponential(1)}。`,
      }),
    );
    return 0;
  },
};
