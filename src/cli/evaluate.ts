import { classNames } from '../data/classNames.ts';
import { type Dataset, labelsOf } from '../data/dataset.ts';
import { targetFacts } from '../data/known.ts';
import { withClassesOf } from '../data/namedClasses.ts';
import { type SplitSettings, splitOf, splitSamples } from '../data/split.ts';
import { Evaluator } from '../engine/evaluator.ts';
import { openDataset } from '../engine/files.ts';
import { inputImage, samplesFor } from '../engine/network.ts';
import type { DataConfig } from '../graph/document.ts';
import { type ConfusionCell, MOST_IN_MATRIX, matrixOf, type Scores } from '../metrics/classification.ts';
import type { OutputEvaluation } from '../protocol/results.ts';
import { type Text, UserError } from '../text.ts';
import { type Command, stringOption } from './command.ts';
import { deviceOf, deviceOptions } from './device.ts';
import { counted, countOf, type Output, percent, table } from './output.ts';
import { withMovedSource, withSource } from './ownData.ts';
import { recipeOptions } from './recipeOptions.ts';
import { splitOption, withSplit } from './splitOption.ts';
import { withWeights } from './trained.ts';
import { transformsOption, withTransforms } from './transformsOption.ts';

export const evaluate: Command = {
  name: 'evaluate',
  args: 'FILE',
  summary: {
    en: 'print loss, accuracy and confusion matrix (or regression errors) on the validation set',
    zh: '输出验证集上的损失、精度和混淆矩阵（回归网络输出误差）',
  },
  examples: ['evaluate digits.netloom', 'evaluate digits.netloom --data t10k-images-idx3-ubyte --json'],
  options: {
    data: recipeOptions.data as (typeof recipeOptions)[string],
    split: splitOption,
    transforms: transformsOption,
    test: {
      type: 'boolean',
      help: {
        en: 'evaluate the test set of the dataset, once all choices are made',
        zh: '在所有选择确定之后，评估数据集的测试集',
      },
    },
    ...deviceOptions,
  },
  arity: [1, 1],
  async run({ positionals: [file = ''], options, output, files, open }) {
    const device = await deviceOf(options);
    const given = stringOption(options, 'data');
    const asSaved = await open(file);
    const opening = { ...asSaved, document: await withMovedSource(asSaved.document, given) };
    const placed = { ...opening.document, data: withSource(opening.document.data, given) };
    const isOther = placed.data.source !== opening.document.data.source;
    const { data: settings } = await withSplit(placed, options);
    const project = { ...opening, document: await withTransforms(opening.document, options) };
    const { graph, weights } = withWeights(project, file, output);
    const isResplit = JSON.stringify(keptPart(settings)) !== JSON.stringify(keptPart(opening.document.data));
    const opened = await openDataset(settings.source, files, settings, { image: inputImage(project.document) });
    if (isOther && opened.columns !== undefined) throw otherTable(opened.name);
    if (isResplit && opened.columns !== undefined) throw resplitTable(opened.name);
    if (isResplit && !isOther) output.note(OTHER_SPLIT);
    const data = withClassesOf(opened, project.document.data.facts?.targets[0]?.names);
    const samples = samplesFor(graph, data);
    const evaluator = await Evaluator.open(graph, device);
    const isWhole = isOther && options.split === undefined;
    const { indices, set } =
      options.test === true
        ? testSet(data, settings)
        : isWhole
          ? { indices: Uint32Array.from({ length: data.count }, (_, index) => index), set: ALL }
          : { indices: splitOf(data, settings).validation, set: VALIDATION };
    if (options.test === true) output.note(TEST_ONCE);
    const result = await evaluator.evaluate(samples, indices, weights);
    await evaluator.release();
    const { outputs, loss } = result;
    // A network with one output keeps its metrics at the top level; several outputs are listed by name.
    const targets = data.targets.map(targetFacts);
    const { classes, cells, ...first } = result;
    output.printJson({
      set: set.en,
      samples: indices.length,
      ...first,
      ...confusionJson(cells, classes.length),
      perClass: perClass(classes, classNames(targets, outputs[0]?.name ?? null)),
      outputs: outputs.map(({ classes: own, cells: confused, ...rest }) => ({
        ...rest,
        ...confusionJson(confused, own.length),
        perClass: perClass(own, classNames(targets, rest.name)),
      })),
    });
    output.print(
      output.words({
        en: `${set.en}, ${countOf(indices.length, 'sample')}: loss ${loss.toFixed(4)}`,
        zh: `${set.zh}，${counted(indices.length)} 个样本：损失 ${loss.toFixed(4)}`,
      }),
    );
    for (const each of outputs) tell(each, classNames(targets, each.name), outputs.length > 1, output);
    return 0;
  },
};

const ALL: Text = { en: 'all samples', zh: '全部样本' };
const VALIDATION: Text = { en: 'validation set', zh: '验证集' };
const TEST: Text = { en: 'test set', zh: '测试集' };

function testSet(data: Dataset, settings: DataConfig): { readonly indices: Uint32Array; readonly set: Text } {
  const { test } = splitSamples(data, labelsOf(data), settings);
  if (test.length > 0) return { indices: test, set: TEST };
  throw new UserError({
    en: `“${data.name}” has no test set: no folder “test”, no test file, and no share of the split. Give other samples: --data PATH`,
    zh: `“${data.name}”没有测试集：没有 test 文件夹、测试文件，划分中也没有测试集。请给出其他样本：--data PATH`,
  });
}

/** The settings that decide the split. */
const keptPart = ({ validation, splitSeed, split }: SplitSettings) => [validation, splitSeed, split ?? null];

const OTHER_SPLIT: Text = {
  en: 'The network was trained with another split, so samples evaluated here may have been trained on.',
  zh: '网络是用另一种划分训练的，因此这里评估的样本可能参与过训练。',
};

const TEST_ONCE: Text = {
  en: 'The test set gives an unbiased figure only while no choice is made by it. Choices made by it turn it into a second validation set.',
  zh: '只有不依据测试集做任何选择，测试结果才是无偏的。一旦据此做选择，它就成了另一个验证集。',
};

const otherTable = (name: string) =>
  new UserError({
    en: `Table “${name}” cannot be evaluated by a network that was trained on another table: its columns would be standardized by other means. Put all rows into one table, and train on it.`,
    zh: `用其他表格训练的网络无法评估表格“${name}”：其各列会按不同的均值标准化。请将所有行合并到一个表格中再训练。`,
  });

const resplitTable = (name: string) =>
  new UserError({
    en: `Table “${name}” cannot be evaluated with another split than that of the training: its columns would be standardized by other rows. Train with that split: netloom train FILE --split SPLIT`,
    zh: `表格“${name}”不能用训练时以外的划分来评估：其各列会按不同的行标准化。请用该划分训练：netloom train FILE --split SPLIT`,
  });

/** The confusion matrix, or for many classes the list of its cells that are not 0. */
const confusionJson = (cells: readonly ConfusionCell[], classes: number) =>
  classes <= MOST_IN_MATRIX ? { confusion: matrixOf(cells, classes) } : { confusion: null, confusionCells: cells };

const perClass = (classes: OutputEvaluation['classes'], names: readonly string[]) =>
  classes.map(({ support, ...scores }, k) => ({
    class: k,
    ...(names[k] === undefined ? {} : { name: names[k] }),
    count: support,
    ...scores,
  }));

/** Prints the metrics of one output, preceded by its name if the network has several. */
function tell(evaluation: OutputEvaluation, names: readonly string[], byName: boolean, output: Output): void {
  const { print, words } = output;
  const { name, accuracy, topK, cells: confused, classes, macro, weighted, regression } = evaluation;
  const top = topK.map(({ k, accuracy: share }) => `top-${k} ${percent(share)}`);
  const numbers = regression && [
    `MSE ${regression.mse.toPrecision(5)}`,
    `MAE ${regression.mae.toPrecision(5)}`,
    `R² ${regression.r2.toFixed(4)}`,
  ];
  const line = numbers ?? [words({ en: `accuracy ${percent(accuracy)}`, zh: `精度 ${percent(accuracy)}` }), ...top];
  const values = words({ en: line.join(', '), zh: line.join('，') });
  print(byName ? words({ en: `${name}: ${values}`, zh: `${name}：${values}` }) : values);
  if (classes.length === 0) return;
  if (classes.length > MOST_PRINTED) {
    tellMany(evaluation, names, output);
    return;
  }
  const confusion = matrixOf(confused, classes.length);
  const scores = [
    { en: 'precision', zh: '精确率' },
    { en: 'recall', zh: '召回率' },
    { en: 'F1', zh: 'F1' },
  ].map(words);
  const { labels, heads } = classLabels(confusion.length, names);
  const head = [words({ en: 'true \\ predicted', zh: '真实 \\ 预测' }), ...heads, ...scores];
  const cells = ({ precision, recall, f1 }: Scores) => [precision, recall, f1].map(percent);
  const rows = confusion.map((row, k) => [labels[k] as string, ...row.map(String), ...cells(classes[k] as Scores)]);
  const mean = (title: Text, of: Scores | null) =>
    of === null ? [] : [[words(title), ...confusion.map(() => ''), ...cells(of)]];
  const means = [
    ...mean({ en: 'macro average', zh: '宏平均' }, macro),
    ...mean({ en: 'weighted average', zh: '加权平均' }, weighted),
  ];
  const lines = table(
    [head, ...rows, ...means],
    head.map((_, i) => i),
  );
  for (const text of lines) print(text);
}

/** Most classes whose confusion matrix fits a terminal. */
const MOST_PRINTED = 32;
/** Lines of a list for more classes. */
const LINES = 10;

/** Prints the classes of the lowest F1 and the most frequent confusions. */
function tellMany({ cells, classes }: OutputEvaluation, names: readonly string[], { print, words }: Output): void {
  const label = (k: number): string => names[k] ?? `${k}`;
  const list = (title: Text, columns: readonly Text[], rows: readonly (readonly string[])[]) => {
    if (rows.length === 0) return;
    const places = columns.map((_, at) => at);
    for (const line of [words(title), ...table([columns.map(words), ...rows], places)]) print(line);
  };
  const [precision, recall] = [
    { en: 'precision', zh: '精确率' },
    { en: 'recall', zh: '召回率' },
  ];
  const count = { en: 'samples', zh: '样本数' };
  const weakest = classes
    .map((scores, k) => ({ k, ...scores }))
    .filter(({ support }) => support > 0)
    .sort((a, b) => a.f1 - b.f1 || b.support - a.support || a.k - b.k)
    .slice(0, LINES);
  list(
    {
      en: `The ${weakest.length} of ${classes.length} classes with the lowest F1:`,
      zh: `${classes.length} 个类别中 F1 最低的 ${weakest.length} 个：`,
    },
    [{ en: 'class', zh: '类别' }, count, precision, recall, { en: 'F1', zh: 'F1' }],
    weakest.map(({ k, support, ...scores }) => [
      label(k),
      `${support}`,
      ...[scores.precision, scores.recall, scores.f1].map(percent),
    ]),
  );
  const confused = cells
    .filter(({ truth, predicted }) => truth !== predicted)
    .sort((a, b) => b.count - a.count)
    .slice(0, LINES);
  list(
    { en: 'The most frequent confusions:', zh: '最常见的混淆：' },
    [{ en: 'true', zh: '真实' }, { en: 'predicted', zh: '预测' }, count],
    confused.map((cell) => [label(cell.truth), label(cell.predicted), `${cell.count}`]),
  );
}

/** Most characters of all names together that head the columns of a table. */
const HEADS_WIDTH = 60;

/** Names of the classes for the rows of a table, and for its columns, where long names are replaced by numbers that the rows explain. */
function classLabels(count: number, names: readonly string[]) {
  const numbers = Array.from({ length: count }, (_, k) => `${k}`);
  if (names.length === 0) return { labels: numbers, heads: numbers };
  const labels = numbers.map((k, at) => names[at] ?? `#${k}`);
  if (labels.join('').length <= HEADS_WIDTH) return { labels, heads: labels };
  const heads = numbers.map((k) => `#${k}`);
  return { labels: labels.map((label, at) => (names[at] === undefined ? label : `${heads[at]} ${label}`)), heads };
}
