import { Evaluator } from '../engine/evaluator.ts';
import { openDataset } from '../engine/files.ts';
import { fitData, splitOf } from '../engine/network.ts';
import { type Command, stringOption } from './command.ts';
import { deviceOf, deviceOptions } from './device.ts';
import { openNetwork } from './networkFile.ts';
import { percent, table } from './output.ts';
import { recipeOptions } from './train.ts';
import { withWeights } from './trained.ts';

/** Of class `k`, from a confusion matrix with true classes as rows; 0/0 counts as 0. */
export function classMetrics(confusion: readonly (readonly number[])[], k: number) {
  const count = confusion[k]?.reduce((a, b) => a + b, 0) ?? 0;
  const predicted = confusion.reduce((sum, row) => sum + (row[k] ?? 0), 0);
  const right = confusion[k]?.[k] ?? 0;
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  const [precision, recall] = [share(right, predicted), share(right, count)];
  return { class: k, count, precision, recall, f1: share(2 * precision * recall, precision + recall) };
}

export const evaluate: Command = {
  name: 'evaluate',
  args: 'FILE',
  summary: {
    en: 'loss, accuracy and confusion matrix over the validation samples',
    zh: '验证样本上的损失、精度与混淆矩阵',
  },
  options: { data: recipeOptions.data as (typeof recipeOptions)[string], ...deviceOptions },
  arity: [1, 1],
  async run({ positionals: [file = ''], options, output, files }) {
    const device = deviceOf(options);
    const project = await openNetwork(file);
    const source = stringOption(options, 'data') ?? project.document.data.source;
    const { graph, weights } = withWeights(project, file, output);
    const data = await openDataset(source, files);
    fitData(graph, data);
    const evaluator = await Evaluator.open(graph, device);
    const { validation } = splitOf(data, project.document.data);
    const { loss, accuracy, confusion } = await evaluator.evaluate(data, validation, weights);
    await evaluator.release();
    const perClass = confusion.map((_, k) => classMetrics(confusion, k));
    output.printJson({ loss, accuracy, confusion, perClass });

    const { words, print } = output;
    print(
      words({
        en: `${validation.length} samples: loss ${loss.toFixed(4)}, accuracy ${percent(accuracy)}`,
        zh: `${validation.length} 个样本：损失 ${loss.toFixed(4)}，精度 ${percent(accuracy)}`,
      }),
    );
    const head = [
      words({ en: 'true \\ predicted', zh: '真实 \\ 预测' }),
      ...confusion.map((_, k) => `${k}`),
      words({ en: 'recall', zh: '召回率' }),
    ];
    const rows = confusion.map((row, k) => [`${k}`, ...row.map(String), percent(perClass[k]?.recall ?? 0)]);
    for (const line of table(
      [head, ...rows],
      head.map((_, i) => i),
    ))
      print(line);
    return 0;
  },
};
