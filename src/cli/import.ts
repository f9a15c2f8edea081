import { check } from '../check/check.ts';
import { importLimit } from '../engine/importing/importLimit.ts';
import { importModel, SizesNeeded } from '../engine/importing/importModel.ts';
import { writeWeights } from '../engine/weights.ts';
import { readProject, writeProject } from '../graph/file.ts';
import type { ImportReport } from '../protocol/imported.ts';
import { phaseTexts, reportLines, sizeLines } from '../protocol/importText.ts';
import { sizeText } from '../sizeText.ts';
import { UserError } from '../text.ts';
import {
  type Command,
  intOption,
  listOption,
  type OptionSpec,
  type Options,
  stringOption,
  UsageError,
} from './command.ts';
import { importApart } from './importApart.ts';
import { importTorchProject, isTorchInput } from './importTorch.ts';
import { counted, countOf } from './output.ts';
import { checkOutput, forceOption, writeOutput } from './outputFile.ts';

const outputSpec: OptionSpec = {
  type: 'string',
  short: 'o',
  value: 'OUT.netloom',
  help: { en: 'path of the network', zh: '网络文件的路径' },
};
const sizeSpec: OptionSpec = {
  type: 'string',
  multiple: true,
  value: 'NAME=N',
  help: {
    en: 'size that the model leaves open, by its name there',
    zh: '模型中未确定的大小，用其在模型中的名称指定',
  },
};

export const importCommand: Command = {
  name: 'import',
  args: 'IN -o OUT.netloom',
  summary: {
    en: 'import an ONNX model as a network and verify it, or a trained PyTorch project',
    zh: '将 ONNX 模型导入为网络并校验，或导入训练后的 PyTorch 项目',
  },
  examples: [
    'import resnet18.onnx -o resnet18.netloom',
    'import segmenter.onnx -o out.netloom --size height=256 --size width=320',
    'import ./digits -o trained.netloom',
  ],
  options: {
    output: outputSpec,
    force: forceOption,
    size: sizeSpec,
    'time-limit': {
      type: 'string',
      value: 'SECONDS',
      help: {
        en: 'end the import after this time; by default 120, and more for large files',
        zh: '超过该时间（秒）则停止导入；默认 120，大文件更长',
      },
    },
  },
  arity: [1, 1],
  async run({ positionals: [file = ''], options, output, script }) {
    const path = outputOption(file, options);
    const sizes = listOption(options, 'size');
    const limit = intOption(options, 'time-limit', { least: 1, most: 604_800, example: 600 });
    await checkOutput(path, { extension: '.netloom', input: file, options, mayReplace: () => false });
    sizesIn(sizes);
    if (await isTorchInput(file)) {
      if (sizes.length > 0) throw new UsageError(noSizes);
      return importTorchProject(file, path, output);
    }
    const args = [importRun.name, '-o', path, '--lang', output.language, ...(output.json ? ['--json'] : [])];
    for (const size of sizes) args.push('--size', size);
    return importApart({ script, args: [...args, '--', file], path, limit: limit ?? (await importLimit(file)) });
  },
};

/** Imports an ONNX model in this process. Used by `import`. */
export const importRun: Command = {
  name: 'import-run',
  args: 'IN.onnx -o OUT.netloom',
  summary: { en: 'import an ONNX model in this process', zh: '在本进程中导入 ONNX 模型' },
  examples: [],
  options: { output: outputSpec, size: sizeSpec },
  arity: [1, 1],
  hidden: true,
  async run({ positionals: [file = ''], options, output }) {
    const path = outputOption(file, options);
    const sizes = sizesIn(listOption(options, 'size'));
    const { document, weights, report } = await importModel(file, {
      sizes,
      language: output.language,
      onPhase: (phase) => output.progress(`${output.words(phaseTexts[phase])}…`),
    }).catch((error: unknown) => {
      throw error instanceof SizesNeeded ? withSizeOption(error) : error;
    });
    const unknown = Object.keys(sizes).filter((name) => !report.sizes.some((each) => each.name === name));
    if (unknown.length > 0) throw new UsageError(noSuchSize(unknown, report));
    const bytes = writeProject({ document, weights: weights.size === 0 ? null : writeWeights(weights), others: {} });
    // The file must open again.
    readProject(bytes, path);
    await writeOutput(path, bytes);
    const { totals, diagnostics } = check(document);
    output.printJson({ output: path, bytes: bytes.length, params: totals.params, macs: totals.macs, ...report });
    const layers = document.nodes.length;
    output.print(
      output.words({
        en: `${path}: ${sizeText(bytes.length)}, ${countOf(layers, 'node')}, ${counted(totals.params)} parameters`,
        zh: `${path}：${sizeText(bytes.length)}，${counted(layers)} 个节点，${counted(totals.params)} 个参数`,
      }),
    );
    for (const line of [...sizeLines(report), ...reportLines(report)]) output.print(output.words(line));
    for (const { severity, message } of diagnostics) if (severity === 'error') output.note(message);
    return 0;
  },
};

/** Path of the network. Throws UsageError. */
function outputOption(file: string, options: Options): string {
  const path = stringOption(options, 'output');
  if (path !== undefined) return path;
  throw new UsageError({
    en: `Give a path for the network: netloom import ${file} -o OUT.netloom`,
    zh: `请指定网络文件的路径：netloom import ${file} -o OUT.netloom`,
  });
}

const noSizes = {
  en: '--size is for ONNX models. Leave it out for PyTorch projects.',
  zh: '--size 用于 ONNX 模型。导入 PyTorch 项目时请去掉该选项。',
};

/** Sizes from `name=N`. Throws UsageError. */
function sizesIn(values: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    values.map((value) => {
      const [, name = '', digits = ''] = /^(.+)=(\d+)$/.exec(value) ?? [];
      const size = Number(digits);
      if (name !== '' && size >= 1 && size <= 65_536) return [name, size];
      throw new UsageError({
        en: `--size must be a name and a whole number from 1 to 65536, not “${value}”. For example: --size height=256`,
        zh: `--size 应为名称和 1 到 65536 的整数，而不是“${value}”。例如：--size height=256`,
      });
    }),
  );
}

function noSuchSize(names: readonly string[], { sizes }: ImportReport) {
  const open = sizes.map(({ name }) => name);
  return {
    en: `The model has no open size “${names.join('”, “')}”. ${open.length === 0 ? 'All its sizes are fixed.' : `Its open sizes: ${open.join(', ')}.`}`,
    zh: `模型中没有未确定的大小“${names.join('”“')}”。${open.length === 0 ? '其所有大小都是固定的。' : `未确定的大小：${open.join('、')}。`}`,
  };
}

function withSizeOption({ text, sizes }: SizesNeeded): UserError {
  const example = sizes.map(({ name, size }) => `--size ${name}=${size}`).join(' ');
  return new UserError({
    en: `${text.en} Give other sizes, for example: ${example}`,
    zh: `${text.zh}请指定其他大小，例如：${example}`,
  });
}
