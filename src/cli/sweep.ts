import type { NetworkDocument } from '../graph/document.ts';
import type { SweepField } from '../sweep/field.ts';
import { otherFields, sweepFields } from '../sweep/fields.ts';
import { foldsOf, inFolds } from '../sweep/folds.ts';
import { planSweep, type SweepPlan, shortId } from '../sweep/plan.ts';
import {
  drawBetween,
  type GridAxis,
  type RandomAxis,
  SWEEP_LIMIT,
  type SweepSpec,
  sweepPoints,
  sweepSize,
} from '../sweep/points.ts';
import { bestOf, measureFor, summaryBy, variedKeys } from '../sweep/summary.ts';
import { readRange, readValues } from '../sweep/values.ts';
import { type Text, UserError } from '../text.ts';
import { type Command, type IntRange, intOption, listOption, stringOption, UsageError } from './command.ts';
import { deviceOf, deviceOptions } from './device.ts';
import { startEngine } from './engineClient.ts';
import { countOf, type Output, table } from './output.ts';
import { withFoundFiles, withMovedSource } from './ownData.ts';
import { recipeOptions, SEEDS, withRecipe } from './recipeOptions.ts';
import { figure, measureText, printResults, type SeriesResult, trainSeries } from './series.ts';
import { noField, splitField } from './setFields.ts';
import { askedSplit, splitOption, withAskedSplit } from './splitOption.ts';
import { printTransforms, transformsOption, withTransforms } from './transformsOption.ts';

const RUNS: IntRange = { least: 1, most: SWEEP_LIMIT, example: 20 };

export const sweep: Command = {
  name: 'sweep',
  args: 'FILE',
  summary: { en: 'run a hyperparameter sweep and compare the results', zh: '超参数搜索：用多组设置训练网络并比较结果' },
  examples: [
    'sweep mlp --vary recipe.optimizer.learningRate=0.01,0.03,0.1 --epochs 2',
    'sweep lenet_modern --vary conv1.outChannels=4..16 --random 5 --seeds 2',
  ],
  options: {
    vary: {
      type: 'string',
      value: 'FIELD=VALUES',
      multiple: true,
      help: {
        en: 'a hyperparameter and its values: recipe.optimizer.learningRate=0.01,0.1 or conv1.outChannels=6,16; with --random, also a range: 0.001..0.1',
        zh: '超参数及其取值：recipe.optimizer.learningRate=0.01,0.1 或 conv1.outChannels=6,16；配合 --random 也可给范围：0.001..0.1',
      },
    },
    random: {
      type: 'string',
      value: 'N',
      help: { en: 'sample N trials instead of all combinations', zh: '随机抽取 N 组，而非全部组合' },
    },
    seeds: {
      type: 'string',
      value: 'N',
      help: { en: 'number of seeds per trial, starting at --seed', zh: '每组设置的随机种子数，从 --seed 开始' },
    },
    list: { type: 'boolean', help: { en: 'list the runs without training', zh: '只列出各次训练，不实际训练' } },
    ...recipeOptions,
    transforms: transformsOption,
    split: splitOption,
    ...deviceOptions,
  },
  arity: [1, 1],
  async run({ positionals: [file = ''], options, output, files, open }) {
    const device = await deviceOf(options);
    const project = await open(file);
    const given = stringOption(options, 'data');
    const moved = await withMovedSource(project.document, given);
    const opened = await withFoundFiles(withRecipe(moved, options), given);
    const found = await withTransforms(opened, options);
    printTransforms(found, output);
    const asked = await askedSplit(options);
    const document = asked === null ? found : { ...found, data: withAskedSplit(found.data, asked) };
    const folds = asked?.allFolds === true ? foldsOf(document.data) : 1;
    const count = intOption(options, 'random', RUNS);
    const axes = listOption(options, 'vary').map((written) => readAxis(document, written, count !== undefined));
    if (axes.length === 0) {
      throw new UsageError({
        en: 'Give a hyperparameter to vary, for example: --vary "recipe.optimizer.learningRate=0.01,0.1"',
        zh: '请指定要搜索的超参数，例如：--vary "recipe.optimizer.learningRate=0.01,0.1"',
      });
    }
    const { seed } = document.recipe;
    const seeds = Array.from({ length: intOption(options, 'seeds', SEEDS) ?? 0 }, (_, i) => seed + i);
    const spec: SweepSpec =
      count === undefined
        ? { kind: 'grid', axes: axes as readonly GridAxis[], seeds }
        : { kind: 'random', axes: axes.map(asDraw), count, seed, seeds };
    const size = sweepSize(spec) * folds;
    if (size > SWEEP_LIMIT) {
      throw new UserError({
        en: `This sweep has ${size} runs; the maximum is ${SWEEP_LIMIT}. Use fewer values, or sample some trials: --random 50`,
        zh: `此次搜索共 ${size} 次训练，超过上限 ${SWEEP_LIMIT} 次。请减少取值，或随机抽取一部分：--random 50`,
      });
    }
    const points = folds > 1 ? inFolds(sweepPoints(spec), folds) : sweepPoints(spec);
    const plan = planSweep(document, points);
    tellPlan(plan, output);
    if (plan.runs.length === 0) return 1;
    if (options.list === true) return 0;
    const engine = startEngine({ files, device });
    const results = await trainSeries(engine, plan.runs, project.weights, output).finally(() => engine.close());
    summarize(results, plan, output);
    return results.some(({ best }) => best !== null) ? 0 : 1;
  },
};

type SweepAxis = GridAxis | RandomAxis;

const asDraw = (axis: SweepAxis): RandomAxis =>
  'draw' in axis ? axis : { id: axis.id, draw: { kind: 'choice', values: axis.values } };

function readAxis(document: NetworkDocument, written: string, ranges: boolean): SweepAxis {
  const [id, values] = splitField(written);
  const field = fieldOf(document, id);
  const refuse = ({ en, zh }: Text): never => {
    throw new UserError({ en: `--vary ${id}: ${en}`, zh: `--vary ${id}：${zh}` });
  };
  if (values === null) return refuse({ en: `add values: ${id}=…`, zh: `请补充取值：${id}=…` });
  const range = readRange(field.field, values);
  if (range !== null) {
    if ('problem' in range) return refuse(range.problem);
    if (!ranges)
      return refuse({
        en: 'a range needs --random N; a grid needs a list of values.',
        zh: '范围需配合 --random N 使用；网格搜索需列出取值。',
      });
    return { id, draw: drawBetween(field.field, field.logarithmic, range.min, range.max) };
  }
  const read = readValues(field.field, values);
  return 'problem' in read ? refuse(read.problem) : { id, values: read.values };
}

/** Finds a hyperparameter by its id, including those of optimizers and schedules that the sweep may choose. */
function fieldOf(document: NetworkDocument, id: string): SweepField {
  const fields = [...sweepFields(document), ...otherFields(document)];
  const found = fields.find((field) => field.id === id);
  if (found !== undefined) return found;
  throw noField(
    id,
    fields.map((field) => field.id),
  );
}

function tellPlan({ runs, left }: SweepPlan, output: Output): void {
  output.printJson({
    event: 'plan',
    runs: runs.map(({ name, varied }) => ({ name, varied })),
    left: left.map(({ name, varied, reason }) => ({ name, varied, reason: output.words(reason) })),
  });
  output.note({ en: countOf(runs.length, 'run'), zh: `共 ${runs.length} 次训练` });
  for (const { name, reason } of left) {
    output.note({ en: `skipped: ${name}: ${reason.en}`, zh: `已跳过：${name}：${reason.zh}` });
  }
}

function summarize(results: readonly SeriesResult[], { left }: SweepPlan, output: Output): void {
  const measure = measureFor(results);
  const keys = variedKeys(results);
  const best = bestOf(results, measure);
  output.printJson({
    event: 'done',
    runs: results.length,
    left: left.length,
    measure,
    best: best && { name: best.name, varied: best.varied, validation: best.best?.validation },
    summary: Object.fromEntries(
      keys.map((key) => [
        key,
        summaryBy(results, key, measure).map(({ value, runs, spread, best: top }) => ({
          value,
          runs,
          mean: spread?.mean ?? null,
          sd: spread?.sd ?? null,
          best: top,
        })),
      ]),
    ),
  });
  printResults(results, output);
  for (const key of keys) {
    const rows = summaryBy(results, key, measure);
    if (rows.every(({ runs }) => runs < 2)) continue;
    const head = [
      shortId(key),
      output.words({ en: 'runs', zh: '次数' }),
      output.words({ en: `mean ${measureText(measure).en}`, zh: `平均${measureText(measure).zh}` }),
      output.words({ en: 'std. dev.', zh: '标准差' }),
      output.words({ en: 'best', zh: '最佳' }),
    ];
    const lines = rows.map(({ value, runs, spread, best: top }) => [
      String(value),
      String(runs),
      figure(spread?.mean, measure),
      figure(spread?.sd, measure),
      figure(top, measure),
    ]);
    output.print('');
    for (const line of table([head, ...lines], [1, 2, 3, 4])) output.print(line);
  }
}
