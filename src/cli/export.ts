import { basename } from 'node:path';
import { dataName } from '../data/known.ts';
import { readCheckpoint } from '../engine/checkpoint.ts';
import { exportStep } from '../engine/exporter.ts';
import { exportAs, sizeOf, writeExport } from '../engine/exports.ts';
import { failureText } from '../engine/failure.ts';
import { openDataset } from '../engine/files.ts';
import { inputImage } from '../engine/network.ts';
import { CPU_DEVICE } from '../engine/session.ts';
import { EXPORT_OPTIONS, type ExportOption, FORMAT_NAMES, type FormatName, formatOf } from '../exportFormats.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { isSafetensors, safetensorsMetadata } from '../graph/safetensors.ts';
import { readModel } from '../onnx/read.ts';
import { OPSETS } from '../opsets.ts';
import { exportLines } from '../protocol/exportText.ts';
import { sizeText } from '../sizeText.ts';
import { worksWithText } from '../worksWith.ts';
import {
  type Command,
  choiceOption,
  type Invocation,
  intOption,
  type Options,
  stringOption,
  UsageError,
} from './command.ts';
import { checkOutput, forceOption, writeOutput } from './outputFile.ts';
import { checkFolder } from './outputFolder.ts';
import { fullSource, withMovedSource } from './ownData.ts';
import { withWeights } from './trained.ts';

const { least, most, standard } = OPSETS;

/** Names of the options of exports on the command line. */
const FLAGS = {
  opset: 'opset',
  fold: 'fold',
  preprocessing: 'with-preprocessing',
  float16: 'float16',
  external: 'external-data',
  samples: 'samples',
} as const satisfies Readonly<Record<ExportOption, string>>;

export const exportCommand: Command = {
  name: 'export',
  args: 'FILE -o OUT.onnx',
  summary: {
    en: 'export the network as an ONNX model and verify it, or in another format',
    zh: '将网络导出为 ONNX 模型并校验，或导出为其他格式',
  },
  examples: [
    'export lenet_modern -o lenet.onnx',
    'export digits.netloom -o digits.onnx --opset 18 --fold',
    'export pets.netloom -o pets.onnx --with-preprocessing',
    'export digits.netloom --to pytorch -o digits',
    'export digits.netloom --to keras -o digits-keras',
    'export digits.netloom --to safetensors -o digits.safetensors',
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
      value: FORMAT_NAMES.join('|'),
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
    'external-data': {
      type: 'boolean',
      help: {
        en: 'write the weights to a file beside the model; models over 2 GB always have one',
        zh: '将权重写入模型旁的单独文件；超过 2 GB 的模型总是如此',
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
    const format = choiceOption(options, 'to', FORMAT_NAMES) ?? 'onnx';
    refuseOthers(options, format);
    const path = requirePath(invocation, format);
    const opset = intOption(options, 'opset', { least: 1, most: 1000, example: standard });
    const project = await withDataAt(await open(file), stringOption(options, 'data'));
    const { graph, weights, initial } = withWeights(project, file, output);
    await checkTarget(path, format, file, options);
    const { document } = graph;
    const data = await openDataset(document.data.source, files, document.data, { image: inputImage(document) }).catch(
      failureText,
    );
    const dataSha256 = readCheckpoint(project.others)?.dataSha256;
    const ownSamples = options.samples === true;
    if (options.step === true) {
      const known = 'en' in data ? null : data;
      const { model, opset: written, ops } = await exportStep({ graph, data: known, opset, dataSha256, ownSamples });
      await writeOutput(path, model);
      output.printJson({ output: path, opset: written, bytes: model.length, ops, proof: null });
      const list = Object.entries(ops).map(([op, count]) => `${op} ${count}`);
      output.print(`${path}: ${sizeText(model.length)}, opset ${written}; ${list.join(', ')}`);
      return 0;
    }
    const chosen = EXPORT_OPTIONS.filter((name) => name !== 'opset' && options[FLAGS[name]] === true);
    const choices = { format, opset, ...Object.fromEntries(chosen.map((name) => [name, true])) };
    const fileName = basename(path);
    const exported = await exportAs({
      ...{ graph, weights, initial, data, dataSha256, device: CPU_DEVICE },
      ...{ choices, fileName },
    });
    await writeExport({ format, path, files: exported.files, force: options.force === true, write: writeOutput });
    const bytes = sizeOf(exported.files);
    output.printJson({ output: path, bytes, files: exported.files.map((each) => each.path), ...exported.report });
    output.print(`${path}: ${sizeText(bytes)}`);
    for (const line of exportLines(exported.report)) output.print(output.words(line));
    if (exported.report.format === 'onnx') output.print(output.words(worksWithText({ ...exported.report, bytes })));
    return 0;
  },
};

/** Throws UsageError for options that the format does not have. */
function refuseOthers(options: Options, format: FormatName): void {
  const { title, options: own } = formatOf(format);
  const flags = [...EXPORT_OPTIONS.filter((name) => !own.includes(name)).map((name) => FLAGS[name])];
  const other = [...flags, ...(format === 'onnx' ? [] : ['step'])].find((name) => options[name] !== undefined);
  if (other !== undefined) {
    throw new UsageError({
      en: `The format “${title.en}” has no option --${other}. Leave it out, or leave out --to ${format}.`,
      zh: `“${title.zh}”没有选项 --${other}。请去掉该选项，或去掉 --to ${format}。`,
    });
  }
  const fits: readonly string[] = [FLAGS.opset, FLAGS.samples];
  const withWeightsOnly = Object.values(FLAGS).find(
    (name) => !fits.includes(name) && name !== FLAGS.fold && options[name] !== undefined,
  );
  if (options.step === true && withWeightsOnly !== undefined) {
    throw new UsageError({
      en: `--${withWeightsOnly} is for models with weights, not for the training step. Leave it out, or leave out --step.`,
      zh: `--${withWeightsOnly} 用于含权重的模型，不用于训练步。请去掉该选项，或去掉 --step。`,
    });
  }
}

function requirePath({ positionals: [file = ''], options }: Invocation, format: FormatName): string {
  const path = stringOption(options, 'output');
  if (path !== undefined) return path;
  const { extension } = formatOf(format);
  const to = format === 'onnx' ? '' : ` --to ${format}`;
  throw new UsageError(
    extension === null
      ? {
          en: `Give a folder for the project: netloom export ${file}${to} -o DIR`,
          zh: `请指定项目的文件夹：netloom export ${file}${to} -o 文件夹`,
        }
      : {
          en: `Give a path for the exported file: netloom export ${file}${to} -o OUT.${extension}`,
          zh: `请指定导出文件的路径：netloom export ${file}${to} -o OUT.${extension}`,
        },
  );
}

/** Throws UserError unless the export can be written there. */
async function checkTarget(path: string, format: FormatName, input: string, options: Options): Promise<void> {
  const { extension } = formatOf(format);
  if (extension === null) return checkFolder(path, options.force === true);
  return checkOutput(path, {
    extension: `.${extension}`,
    input,
    options,
    mayReplace: (isInput, bytes) => !isInput && metadataOf(bytes, format).netloom_version !== undefined,
  });
}

/** Metadata of an existing file in the format of the export. */
function metadataOf(bytes: Uint8Array, format: FormatName): Readonly<Record<string, string>> {
  if (format === 'safetensors') return isSafetensors(bytes) ? safetensorsMetadata(bytes) : {};
  return readModel(bytes)?.metadata ?? {};
}

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
