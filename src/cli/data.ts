import type { Dataset, Field, Part } from '../data/dataset.ts';
import { labelsOf, PARTS } from '../data/dataset.ts';
import { classCounts, labelText } from '../data/labelForms.ts';
import { recoloredText } from '../data/recolored.ts';
import { type SplitSettings, splitSamples } from '../data/split.ts';
import { classesOfParts, samplesUsed } from '../data/usedSamples.ts';
import { DecodedCache, MOST_KEPT } from '../engine/data/decodedCache.ts';
import { DEFAULT_SPLIT, openDataset } from '../engine/files.ts';
import { kindOf } from '../engine/handlers/dataHandlers.ts';
import { inputColumn } from '../engine/network.ts';
import { augmentationText } from '../graph/augmentationText.ts';
import type { TransformStep } from '../graph/document.ts';
import { shapeText } from '../layers/config.ts';
import { sizeText } from '../sizeText.ts';
import { type Command, UsageError } from './command.ts';
import { bar, counted, countOf, type Output, table } from './output.ts';
import { askedSplit, splitOption, withAskedSplit } from './splitOption.ts';
import { askedTransforms, transformsOption } from './transformsOption.ts';
import { usedLine } from './usedLine.ts';

export const dataCommand: Command = {
  name: 'data',
  args: '[PATH]',
  summary: {
    en: 'show the samples, classes and unreadable files of a dataset',
    zh: '显示数据集的样本、类别和无法读取的文件',
  },
  examples: ['data mnist', 'data flowers.zip --split 80/10/10', 'data iris.csv --json', 'data --clear-cache'],
  options: {
    split: splitOption,
    transforms: transformsOption,
    'clear-cache': {
      type: 'boolean',
      help: {
        en: 'delete the decoded images on disk; they are made again when needed',
        zh: '删除磁盘上的已解码图像；需要时会重新生成',
      },
    },
  },
  arity: [0, 1],
  async run({ positionals: [path], options, output, files }) {
    if (options['clear-cache'] === true) await clearKept(output);
    else if (path === undefined) throw noPath();
    if (path === undefined) return 0;
    const transforms = await askedTransforms(options);
    const asked = await askedSplit(options);
    const settings = asked === null ? DEFAULT_SPLIT : withAskedSplit(DEFAULT_SPLIT, asked);
    const data = await openDataset(path, files, settings, {
      progress: (done, total) => output.progress(`${bar(done / total)} ${counted(done)} / ${counted(total)}`),
    });
    const target = data.targets[0];
    const classes = target?.kind === 'classes' ? namedCounts(target) : [];
    const unreadable = data.unreadable ?? [];
    const split = asked === null ? null : splitFacts(data, settings);
    const prepared = transforms === null ? null : preparedShapes(data, transforms);
    output.printJson({
      kind: kindOf(data),
      samples: data.count,
      classes,
      shape: data.inputs[0]?.shape ?? [],
      inputs: data.inputs.map(({ name, shape }) => ({ name, shape })),
      targets: data.targets.map(({ name, shape, kind }) => ({ name, shape, kind })),
      labels: labelText(data).en,
      parts: partCounts(data),
      ...(split && { split }),
      ...(prepared && { prepared }),
      unreadable: unreadable.map(({ file, reason }) => ({ file, reason: output.words(reason) })),
    });
    tell(data, classes, output);
    if (transforms !== null) printPrepared(prepared ?? [], transforms, output);
    if (split !== null) printSplit(split, output);
    if (data.image !== undefined) {
      const recolored = recoloredText(data.recolored ?? 0, data.image);
      if (recolored !== null) output.note(recolored);
      await tellKept(output);
    }
    return 0;
  },
};

/** Samples of every class, by name where the data has names. */
const namedCounts = (field: Extract<Field, { kind: 'classes' }>) =>
  classCounts(field).map((count, label) => ({ name: field.names?.[label] ?? `${label}`, count }));

/** Shapes of the inputs after the transforms. Throws UserError where they do not fit. */
const preparedShapes = (data: Dataset, transforms: readonly TransformStep[]) =>
  data.inputs.map((field) => ({
    name: field.name,
    shape: inputColumn(data, field, field.name, { ...DEFAULT_SPLIT, source: data.name, transforms }).shape,
  }));

function printPrepared(
  inputs: readonly { readonly name: string; readonly shape: readonly number[] }[],
  transforms: readonly TransformStep[],
  { print, words }: Output,
): void {
  const shapes = inputs.map(({ name, shape }) => `${name} ${shapeText(shape)}`);
  const { transforms: list } = augmentationText({ transforms });
  print(
    words({
      en: `after the transforms: ${shapes.join(', ')} (${list ?? 'none'})`,
      zh: `变换后：${shapes.join('、')}（${list ?? '无'}）`,
    }),
  );
}

/** Samples of every part that the data comes in; empty where it comes whole. */
function partCounts({ parts }: Dataset): Partial<Record<Part, number>> {
  if (parts === undefined) return {};
  const counts = Object.entries(PARTS).map(([part, mark]) => [part, parts.filter((each) => each === mark).length]);
  return Object.fromEntries(counts.filter(([, count]) => count !== 0));
}

function tell(data: Dataset, classes: ReturnType<typeof namedCounts>, { print, words, note }: Output): void {
  const shapes = [...data.inputs, ...data.targets].map(({ name, shape }) => `${name} ${shapeText(shape) || '1'}`);
  print(
    words({
      en: `${countOf(data.count, 'sample')}: ${shapes.join(', ')}`,
      zh: `${counted(data.count)} 个样本：${shapes.join('、')}`,
    }),
  );
  for (const [part, count] of Object.entries(partCounts(data))) {
    print(words({ en: `${part}: ${counted(count)}`, zh: `${PART_NAMES[part as Part]}：${counted(count)}` }));
  }
  print(words(labelText(data)));
  if (classes.some(({ count }) => count === 0)) {
    note({
      en: 'To leave out classes without samples and number the others from 0, train with --set data.labels=renumbered.',
      zh: '如需去除没有样本的类别并从 0 重新编号，请在训练时使用 --set data.labels=renumbered。',
    });
  }
  const rows = classes.map(({ name, count }) => [name, counted(count)]);
  for (const line of table(rows, [1])) print(line);
  const { unreadable = [] } = data;
  if (unreadable.length === 0) return;
  note({
    en: `${countOf(unreadable.length, 'file')} could not be read and ${unreadable.length === 1 ? 'was' : 'were'} left out:`,
    zh: `${counted(unreadable.length)} 个文件无法读取，已跳过：`,
  });
  for (const { file, reason } of unreadable) note({ en: `  ${file}: ${reason.en}`, zh: `  ${file}：${reason.zh}` });
}

/** Prints which samples are used for what, class by class. */
function printSplit(split: ReturnType<typeof splitFacts>, { print, words }: Output): void {
  const { perClass, ...used } = split;
  print(words(usedLine(used)));
  if (perClass.length === 0) return;
  const head = [
    { en: 'class', zh: '类别' },
    { en: 'training', zh: '训练' },
    { en: 'validation', zh: '验证' },
    { en: 'test', zh: '测试' },
  ].map(words);
  const rows = perClass.map(({ name, train, validation, test }) => [name, ...[train, validation, test].map(counted)]);
  for (const line of table([head, ...rows], [1, 2, 3])) print(line);
}

/** Samples of a split, in all and by class. Throws UserError where it does not fit the data. */
function splitFacts(data: Dataset, settings: SplitSettings) {
  const split = splitSamples(data, labelsOf(data), settings);
  return { ...samplesUsed(data, split, settings), perClass: classesOfParts(data, split) };
}

const noPath = () =>
  new UsageError({
    en: 'Give the path of a dataset, or --clear-cache: netloom data PATH',
    zh: '请给出数据集的路径，或使用 --clear-cache：netloom data PATH',
  });

async function clearKept({ note }: Output): Promise<void> {
  const freed = sizeText(await new DecodedCache().clear());
  note({ en: `Decoded images of ${freed} were deleted.`, zh: `已删除 ${freed} 的已解码图像。` });
}

/** Disk space that decoded images take, of all datasets together. */
async function tellKept({ note }: Output): Promise<void> {
  const cache = new DecodedCache();
  const bytes = await cache.size();
  if (bytes === 0) return;
  note({
    en: `Decoded images of all datasets: ${sizeText(bytes)} on disk, at most ${sizeText(MOST_KEPT)}. To free the space: netloom data --clear-cache (folder ${cache.folder}).`,
    zh: `所有数据集的已解码图像：磁盘占用 ${sizeText(bytes)}，上限 ${sizeText(MOST_KEPT)}。如需释放空间：netloom data --clear-cache（文件夹 ${cache.folder}）。`,
  });
}

const PART_NAMES: Readonly<Record<Part, string>> = { train: '训练集', validation: '验证集', test: '测试集' };
