import { Evaluator } from '../engine/evaluator.ts';
import { openDataset } from '../engine/files.ts';
import { samplesFor, splitOf } from '../engine/network.ts';
import type { Scores } from '../metrics/classification.ts';
import type { OutputEvaluation } from '../protocol/results.ts';
import type { Text } from '../text.ts';
import { type Command, stringOption } from './command.ts';
import { deviceOf, deviceOptions } from './device.ts';
import { countOf, type Output, percent, table } from './output.ts';
import { recipeOptions } from './recipeOptions.ts';
import { withWeights } from './trained.ts';

export const evaluate: Command = {
  name: 'evaluate',
  args: 'FILE',
  summary: {
    en: 'print loss, accuracy and confusion matrix (or regression errors) on the validation set',
    zh: '输出验证集上的损失、精度和混淆矩阵（回归网络输出误差）',
  },
  examples: ['evaluate digits.netloom', 'evaluate digits.netloom --data t10k-images-idx3-ubyte --json'],
  options: { data: recipeOptions.data as (typeof recipeOptions)[string], ...deviceOptions },
  arity: [1, 1],
  async run({ positionals: [file = ''], options, output, files, open }) {
    const device = await deviceOf(options);
    const project = await open(file);
    const source = stringOption(options, 'data') ?? project.document.data.source;
    const { graph, weights } = withWeights(project, file, output);
    const data = await openDataset(source, files, project.document.data);
    const samples = samplesFor(graph, data);
    const evaluator = await Evaluator.open(graph, device);
    const { validation } = splitOf(data, project.document.data);
    const result = await evaluator.evaluate(samples, validation, weights);
    await evaluator.release();
    const { outputs, loss } = result;
    // A network with one output keeps its metrics at the top level; several outputs are listed by name.
    const { classes, ...first } = result;
    output.printJson({
      ...first,
      perClass: perClass(classes),
      outputs: outputs.map(({ classes: own, ...rest }) => ({ ...rest, perClass: perClass(own) })),
    });
    output.print(
      output.words({
        en: `${countOf(validation.length, 'sample')}: loss ${loss.toFixed(4)}`,
        zh: `${validation.length} 个样本：损失 ${loss.toFixed(4)}`,
      }),
    );
    for (const each of outputs) tell(each, outputs.length > 1, output);
    return 0;
  },
};

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
