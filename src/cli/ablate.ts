import type { NetworkDocument } from '../graph/document.ts';
import { suggestion } from '../nearest.ts';
import { ablationRuns, planAblation } from '../sweep/ablation.ts';
import { ablationSummary, measureFor } from '../sweep/summary.ts';
import { type Text, UserError } from '../text.ts';
import { type Command, intOption, stringOption } from './command.ts';
import { deviceOf, deviceOptions } from './device.ts';
import { startEngine } from './engineClient.ts';
import { type Output, table } from './output.ts';
import { withFoundFiles, withMovedSource } from './ownData.ts';
import { recipeOptions, SEEDS, withRecipe } from './recipeOptions.ts';
import { differenceFigure, figure, measureText, type SeriesResult, trainSeries } from './series.ts';
import { printTransforms, transformsOption, withTransforms } from './transformsOption.ts';

export const ablate: Command = {
  name: 'ablate',
  args: 'FILE NODE…',
  summary: {
    en: 'train a network with and without a layer or block, and compare',
    zh: '消融实验：分别训练含有和去除某层或块的网络并比较',
  },
  examples: ['ablate lenet_modern pool1', 'ablate lenet_modern act1 act2 --seeds 3 --epochs 2'],
  options: {
    seeds: {
      type: 'string',
      value: 'N',
      help: {
        en: 'number of seeds per variant, starting at --seed (default: 5)',
        zh: '每种网络的随机种子数，从 --seed 开始（默认 5）',
      },
    },
    ...recipeOptions,
    transforms: transformsOption,
    ...deviceOptions,
  },
  arity: [2, 100],
  async run({ positionals: [file = '', ...names], options, output, files, open }) {
    const device = await deviceOf(options);
    const project = await open(file);
    const given = stringOption(options, 'data');
    const moved = await withMovedSource(project.document, given);
    const found = await withFoundFiles(withRecipe(moved, options), given);
    const document = await withTransforms(found, options);
    printTransforms(document, output);
    const seeds = intOption(options, 'seeds', SEEDS) ?? 5;
    const plan = planAblation(document, idsOf(document, names), seeds);
    if ('problem' in plan) throw new UserError(plan.problem);
    const changes = plan.arms.flatMap((arm) => arm.changes);
    for (const change of changes) output.note(change);
    const runs = ablationRuns(plan).map(({ arm, seed, document: network, varied }) => ({
      name: output.words(armName(arm.without === null, names, seed)),
      varied,
      document: network,
    }));
    const engine = startEngine({ files, device });
    const results = await trainSeries(engine, runs, project.weights, output).finally(() => engine.close());
    summarize(results, changes.map(output.words), output);
    return results.some(({ best }) => best !== null) ? 0 : 1;
  },
};

const armName = (isWhole: boolean, names: readonly string[], seed: number): Text => {
  const [en, zh] = [names.join(', '), names.join('、')];
  return isWhole
    ? { en: `with ${en}, seed ${seed}`, zh: `含 ${zh}，种子 ${seed}` }
    : { en: `without ${en}, seed ${seed}`, zh: `去除 ${zh}，种子 ${seed}` };
};

function idsOf({ nodes }: NetworkDocument, names: readonly string[]): readonly string[] {
  return names.map((name) => {
    const node = nodes.find((each) => each.name === name);
    if (node !== undefined) return node.id;
    const meant = suggestion(
      name,
      nodes.map((each) => each.name),
    );
    throw new UserError({
      en: `There is no layer or block “${name}”. ${meant.en}`,
      zh: `没有名为“${name}”的层或块。${meant.zh}`,
    });
  });
}

function summarize(results: readonly SeriesResult[], changes: readonly string[], output: Output): void {
  const measure = measureFor(results);
  const arms = ablationSummary(results, measure);
  output.printJson({
    event: 'done',
    runs: results.length,
    measure,
    changes,
    arms: arms.map(({ without, runs, spread, difference }) => ({
      without,
      runs,
      mean: spread?.mean ?? null,
      sd: spread?.sd ?? null,
      difference: difference && {
        mean: difference.mean,
        low: difference.low,
        high: difference.high,
        pairs: difference.n,
      },
    })),
  });
  const unit = measure === 'accuracy' ? ' pp' : '';
  const head = [
    '',
    output.words({ en: 'runs', zh: '次数' }),
    output.words({ en: `mean ${measureText(measure).en}`, zh: `平均${measureText(measure).zh}` }),
    output.words({ en: 'std. dev.', zh: '标准差' }),
    output.words({ en: 'difference', zh: '差异' }) + unit,
    output.words({ en: '95% interval', zh: '95% 置信区间' }),
  ];
  const rows = arms.map(({ without, runs, spread, difference }) => [
    without === null
      ? output.words({ en: 'original', zh: '原网络' })
      : output.words({ en: `without ${without}`, zh: `去除 ${without}` }),
    String(runs),
    figure(spread?.mean, measure),
    figure(spread?.sd, measure),
    difference === null ? '' : differenceFigure(difference.mean, measure),
    difference === null
      ? ''
      : `${differenceFigure(difference.low, measure)} … ${differenceFigure(difference.high, measure)}`,
  ]);
  for (const line of table([head, ...rows], [1, 2, 3, 4, 5])) output.print(line);
  output.print(
    output.words({
      en: 'Best epoch of each run; 95% confidence interval (Student’s t, paired by seed).',
      zh: '取每次训练的最佳轮次；区间为按种子配对的 95% 置信区间（t 分布）。',
    }),
  );
}
