import type { Dataset } from '../data/dataset.ts';
import { withClassesOf } from '../data/namedClasses.ts';
import { splitOf } from '../data/split.ts';
import { Evaluator } from '../engine/evaluator.ts';
import { openDataset } from '../engine/files.ts';
import { inputImage, samplesFor } from '../engine/network.ts';
import type { DataConfig } from '../graph/document.ts';
import type { Scores } from '../metrics/classification.ts';
import type { OutputEvaluation } from '../protocol/results.ts';
import { type Text, UserError } from '../text.ts';
import { type Command, stringOption } from './command.ts';
import { deviceOf, deviceOptions } from './device.ts';
import { counted, countOf, type Output, percent, table } from './output.ts';
import { withSource } from './ownData.ts';
import { recipeOptions } from './recipeOptions.ts';
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
    const opening = await open(file);
    const project = { ...opening, document: await withTransforms(opening.document, options) };
    const { graph, weights } = withWeights(project, file, output);
    const settings = withSource(project.document.data, stringOption(options, 'data'));
    const isOther = settings.source !== project.document.data.source;
    const opened = await openDataset(settings.source, files, settings, { image: inputImage(project.document) });
    if (isOther && opened.columns !== undefined) throw otherTable(opened.name);
    const data = withClassesOf(opened, project.document.data.facts?.targets[0]?.names);
    const samples = samplesFor(graph, data);
    const evaluator = await Evaluator.open(graph, device);
    const { indices, set } = isOther
      ? { indices: Uint32Array.from({ length: data.count }, (_, index) => index), set: ALL }
      : options.test === true
        ? testSet(data, settings)
        : { indices: splitOf(data, settings).validation, set: VALIDATION };
    const result = await evaluator.evaluate(samples, indices, weights);
    await evaluator.release();
    const { outputs, loss } = result;
    // A network with one output keeps its metrics at the top level; several outputs are listed by name.
    const { classes, ...first } = result;
    output.printJson({
      set: set.en,
      samples: indices.length,
      ...first,
      perClass: perClass(classes),
      outputs: outputs.map(({ classes: own, ...rest }) => ({ ...rest, perClass: perClass(own) })),
    });
    output.print(
      output.words({
        en: `${set.en}, ${countOf(indices.length, 'sample')}: loss ${loss.toFixed(4)}`,
        zh: `${set.zh}，${counted(indices.length)} 个样本：损失 ${loss.toFixed(4)}`,
      }),
    );
    for (const each of outputs) tell(each, outputs.length > 1, output);
    return 0;
  },
};

const ALL: Text = { en: 'all samples', zh: '全部样本' };
const VALIDATION: Text = { en: 'validation set', zh: '验证集' };
const TEST: Text = { en: 'test set', zh: '测试集' };

function testSet(data: Dataset, settings: DataConfig): { readonly indices: Uint32Array; readonly set: Text } {
  const { test } = splitOf(data, settings);
  if (test.length > 0) return { indices: test, set: TEST };
  throw new UserError({
    en: `“${data.name}” has no test set: no folder “test” and no test file. Give other samples: --data PATH`,
    zh: `“${data.name}”没有测试集：没有 test 文件夹或测试文件。请给出其他样本：--data PATH`,
  });
}

const otherTable = (name: string) =>
  new UserError({
    en: `Table “${name}” cannot be evaluated by a network that was trained on another table: its columns would be standardized by other means. Put all rows into one table, and train on it.`,
    zh: `用其他表格训练的网络无法评估表格“${name}”：其各列会按不同的均值标准化。请将所有行合并到一个表格中再训练。`,
  });

const perClass = (classes: OutputEvaluation['classes']) =>
  classes.map(({ support, ...scores }, k) => ({ class: k, count: support, ...scores }));

/** Prints the metrics of one output, preceded by its name if the network has several. */
function tell(evaluation: OutputEvaluation, byName: boolean, { print, words }: Output): void {
  const { name, accuracy, topK, confusion, classes, macro, weighted, regression } = evaluation;
  const top = topK.map(({ k, accuracy: share }) => `top-${k} ${percent(share)}`);
  const numbers = regression && [
    `MSE ${regression.mse.toPrecision(5)}`,
    `MAE ${regression.mae.toPrecision(5)}`,
    `R² ${regression.r2.toFixed(4)}`,
  ];
  const line = numbers ?? [words({ en: `accuracy ${percent(accuracy)}`, zh: `精度 ${percent(accuracy)}` }), ...top];
  const values = words({ en: line.join(', '), zh: line.join('，') });
  print(byName ? words({ en: `${name}: ${values}`, zh: `${name}：${values}` }) : values);
  if (confusion.length === 0) return;
  const scores = [
    { en: 'precision', zh: '精确率' },
    { en: 'recall', zh: '召回率' },
    { en: 'F1', zh: 'F1' },
  ].map(words);
  const head = [words({ en: 'true \\ predicted', zh: '真实 \\ 预测' }), ...confusion.map((_, k) => `${k}`), ...scores];
  const cells = ({ precision, recall, f1 }: Scores) => [precision, recall, f1].map(percent);
  const rows = confusion.map((row, k) => [`${k}`, ...row.map(String), ...cells(classes[k] as Scores)]);
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
