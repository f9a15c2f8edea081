import { check } from '../check/check.ts';
import { importModel } from '../engine/importing/importModel.ts';
import { writeWeights } from '../engine/weights.ts';
import { readProject, writeProject } from '../graph/file.ts';
import type { ImportReport } from '../protocol/imported.ts';
import { reportLines } from '../protocol/importText.ts';
import { sizeText } from '../sizeText.ts';
import { type Command, listOption, stringOption, UsageError } from './command.ts';
import { importTorchProject, isTorchInput } from './importTorch.ts';
import { counted, countOf } from './output.ts';
import { checkOutput, forceOption, writeOutput } from './outputFile.ts';

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
    output: {
      type: 'string',
      short: 'o',
      value: 'OUT.netloom',
      help: { en: 'path of the network', zh: '网络文件的路径' },
    },
    force: forceOption,
    size: {
      type: 'string',
      multiple: true,
      value: 'NAME=N',
      help: {
        en: 'size that the model leaves open, by its name there',
        zh: '模型中未确定的大小，用其在模型中的名称指定',
      },
    },
  },
  arity: [1, 1],
  async run({ positionals: [file = ''], options, output }) {
    const path = stringOption(options, 'output');
    if (path === undefined) {
      throw new UsageError({
        en: `Give a path for the network: netloom import ${file} -o OUT.netloom`,
        zh: `请指定网络文件的路径：netloom import ${file} -o OUT.netloom`,
      });
    }
    const sizes = sizesIn(listOption(options, 'size'));
    await checkOutput(path, { extension: '.netloom', input: file, options, mayReplace: () => false });
    if (await isTorchInput(file)) {
      if (Object.keys(sizes).length > 0) throw new UsageError(noSizes);
      return importTorchProject(file, path, output);
    }
    const { document, weights, report } = await importModel(file, { sizes, language: output.language });
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
    for (const line of reportLines(report)) output.print(output.words(line));
    for (const { severity, message } of diagnostics) if (severity === 'error') output.note(message);
    return 0;
  },
};

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
