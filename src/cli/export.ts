import { compileTrainStep } from '../compile/trainStep.ts';
import { exportModel } from '../engine/exporter.ts';
import { openDataset } from '../engine/files.ts';
import { CPU_DEVICE } from '../engine/session.ts';
import { PORTABLE } from '../ir/builder.ts';
import { readModel } from '../onnx/read.ts';
import { writeModel } from '../onnx/write.ts';
import { type Command, intOption, stringOption, UsageError } from './command.ts';
import { checkOutput, openNetwork, writeWhole } from './networkFile.ts';
import { counted } from './output.ts';
import { withWeights } from './trained.ts';

const opsText = (ops: Readonly<Record<string, number>>) =>
  Object.entries(ops)
    .map(([op, count]) => `${op} ${count}`)
    .join(', ');

export const exportCommand: Command = {
  name: 'export',
  args: 'FILE -o OUT.onnx',
  summary: { en: 'the inference model as ONNX, with proof', zh: '导出带验证的 ONNX 推理模型' },
  options: {
    output: { type: 'string', short: 'o', value: 'OUT.onnx', help: { en: 'where to write it', zh: '写入位置' } },
    opset: { type: 'string', value: 'N', help: { en: 'ONNX opset (default: 17)', zh: 'ONNX opset（默认 17）' } },
    step: {
      type: 'boolean',
      help: { en: 'write the training step instead, without weights', zh: '改为导出训练步（不含权重）' },
    },
  },
  arity: [1, 1],
  async run({ positionals: [file = ''], options, output, files }) {
    const path = stringOption(options, 'output');
    if (path === undefined) {
      throw new UsageError({
        en: `Say where to write: netloom export ${file} -o OUT.onnx`,
        zh: `请指定写入位置：netloom export ${file} -o OUT.onnx`,
      });
    }
    const opset = intOption(options, 'opset', 1, 17);
    const withOpset = opset === undefined ? {} : { opset };
    const project = await openNetwork(file);
    const { graph, weights } = withWeights(project, file, output);
    await checkOutput(path);
    if (options.step === true) {
      const { recipe } = graph.document;
      const program = compileTrainStep(graph, { ...recipe, batch: recipe.batchSize, target: PORTABLE });
      const model = writeModel(program, withOpset);
      const summary = readModel(model);
      await writeWhole(path, model);
      const ops = { ...summary?.ops };
      output.printJson({ output: path, opset: summary?.opset, bytes: model.length, ops, proof: null });
      output.print(`${path}: ${counted(model.length)} B, opset ${summary?.opset}; ${opsText(ops)}`);
      return 0;
    }
    // Without the network's data the proof takes random samples.
    const data = await openDataset(graph.document.data.source, files).catch(() => null);
    const result = await exportModel({ graph, weights, data, device: CPU_DEVICE, ...withOpset });
    await writeWhole(path, result.model);
    const { model, ops, proof } = result;
    output.printJson({ output: path, opset: result.opset, bytes: model.length, ops, proof });
    output.print(`${path}: ${counted(model.length)} B, opset ${result.opset}; ${opsText(ops)}`);
    output.print(
      output.words({
        en: `Proof: loaded afresh at batch 1, 7 and 64, its logits differ from the trainer's by at most ${proof.maxError.toExponential(1)}.`,
        zh: `验证：以批量 1、7、64 重新加载，logits 与训练器的最大差异为 ${proof.maxError.toExponential(1)}。`,
      }),
    );
    return 0;
  },
};
