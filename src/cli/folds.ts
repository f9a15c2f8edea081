import type { EngineFiles } from '../engine/files.ts';
import { trainableGraph } from '../engine/network.ts';
import type { OpenedProject } from '../engine/projectFile.ts';
import type { Device } from '../engine/session.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { foldRuns, foldsOf } from '../sweep/folds.ts';
import { spreadOf } from '../sweep/statistics.ts';
import { type Measure, measureFor } from '../sweep/summary.ts';
import type { Text } from '../text.ts';
import { type ExitCode, type Options, UsageError } from './command.ts';
import { startEngine } from './engineClient.ts';
import { countOf, type Output, table } from './output.ts';
import { withOpenedData } from './ownData.ts';
import { figure, measureText, type SeriesResult, trainSeries } from './series.ts';

interface FoldTraining {
  readonly project: OpenedProject;
  /** A document that is split into folds. */
  readonly document: NetworkDocument;
  readonly options: Options;
  readonly output: Output;
  readonly files: EngineFiles;
  readonly device: Device;
}

/** Options of `train` that belong to one network; the folds give one network each. */
const OF_ONE = ['output', 'resume', 'from', 'export-order', 'stop-after', 'report-norm'];

/** Trains one network per fold, and prints mean and standard deviation of their results. Saves nothing. Throws UserError. */
export async function trainFolds(training: FoldTraining): Promise<ExitCode> {
  const { project, document, options, output, files, device } = training;
  const one = OF_ONE.find((name) => options[name] !== undefined);
  const folds = foldsOf(document.data);
  if (one !== undefined) throw ofOneNetwork(one, folds);
  trainableGraph(document);
  const engine = startEngine({ files, device });
  const results = await (async () => {
    const opened = await withOpenedData(engine, document, output, { whole: true });
    const runs = foldRuns(opened).map((run) => ({ ...run, name: output.words(run.name) }));
    output.printJson({ event: 'plan', runs: runs.map(({ name, varied }) => ({ name, varied })) });
    return trainSeries(engine, runs, project.weights, output);
  })().finally(() => engine.close());
  summarize(results, folds, output);
  return results.filter(({ state }) => state === 'done').length === folds ? 0 : 1;
}

const ofOneNetwork = (option: string, folds: number) =>
  new UsageError({
    en: `--${option} belongs to one network, but folds:${folds} trains ${folds}. Leave it out, or choose a fold: --split folds:${folds}:1`,
    zh: `--${option} 用于单个网络，而 folds:${folds} 会训练 ${folds} 个。请去掉该选项，或选择其中一折：--split folds:${folds}:1`,
  });

/** Results of the folds: of the best epoch, chosen by validation, and of the last. */
function spreads(results: readonly SeriesResult[], measure: Measure) {
  const spread = (of: 'best' | 'last') =>
    spreadOf(results.flatMap((result) => result[of]?.validation[measure] ?? []).filter(Number.isFinite));
  return { best: spread('best'), last: spread('last') };
}

function summarize(results: readonly SeriesResult[], folds: number, output: Output): void {
  const measure = measureFor(results);
  const { best, last } = spreads(results, measure);
  output.printJson({ event: 'done', folds, measure, best, last });
  const { words } = output;
  const head = [
    { en: 'fold', zh: '折' },
    { en: `${measureText(measure).en}, last epoch`, zh: `${measureText(measure).zh}（最后一轮）` },
    { en: 'best epoch', zh: '最佳轮次' },
    { en: 'seconds', zh: '秒' },
  ].map(words);
  const rows = results.map((result) => [
    result.name,
    figure(result.last?.validation[measure], measure),
    figure(result.best?.validation[measure], measure),
    result.seconds.toFixed(1),
  ]);
  const of = (name: Text, value: 'mean' | 'sd') => [
    words(name),
    figure(last?.[value], measure),
    figure(best?.[value], measure),
    '',
  ];
  const means = [of({ en: 'mean', zh: '平均' }, 'mean'), of({ en: 'std. dev.', zh: '标准差' }, 'sd')];
  for (const line of table([head, ...rows, ...means], [1, 2, 3])) output.print(line);
  const n = last?.n ?? 0;
  output.print(
    words({
      en: `Mean and sample standard deviation of ${countOf(n, 'fold')}${n < folds ? `; ${folds - n} of ${folds} have no result` : ''}. The best epoch is chosen by validation, so its figures are slightly optimistic.`,
      zh: `${n} 折的平均值和样本标准差${n < folds ? `；共 ${folds} 折，${folds - n} 折没有结果` : ''}。最佳轮次按验证结果选出，因此略为乐观。`,
    }),
  );
}
