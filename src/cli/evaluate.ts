import { Evaluator } from '../engine/evaluator.ts';
import { openDataset } from '../engine/files.ts';
import { fitData, splitOf } from '../engine/network.ts';
import { type Command, stringOption } from './command.ts';
import { deviceOf, deviceOptions } from './device.ts';
import { openNetwork } from './networkFile.ts';
import { percent, table } from './output.ts';
import { recipeOptions } from './train.ts';
import { withWeights } from './trained.ts';

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
    const device = await deviceOf(options);
    const project = await openNetwork(file);
    const source = stringOption(options, 'data') ?? project.document.data.source;
    const { graph, weights } = withWeights(project, file, output);
    const data = await openDataset(source, files);
    fitData(graph, data);
    const evaluator = await Evaluator.open(graph, device);
    const { validation } = splitOf(data, project.document.data);
    const { loss, accuracy, confusion, classes } = await evaluator.evaluate(data, validation, weights);
    await evaluator.release();
    const perClass = classes.map(({ support, ...scores }, k) => ({ class: k, count: support, ...scores }));
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
