import type { NetworkDocument } from '../graph/document.ts';
import { startWeights } from '../graph/recipe.ts';
import type { RunEvent } from '../protocol/runEvents.ts';
import type { EpochRecord, Metrics } from '../runs/record.ts';
import type { VariedValues } from '../sweep/plan.ts';
import { type Measure, measureFor, type Outcome } from '../sweep/summary.ts';
import type { Text } from '../text.ts';
import type { EngineClient } from './engineClient.ts';
import { onInterrupt, STOPPING } from './interrupts.ts';
import { bar, type Output, percent, table } from './output.ts';
import { hold } from './startFrom.ts';

/** One run of a sweep or an ablation study. */
export interface SeriesRun {
  readonly name: string;
  readonly varied: VariedValues;
  readonly document: NetworkDocument;
}

export interface SeriesResult extends Outcome {
  readonly name: string;
  readonly state: 'done' | 'stopped' | 'failed';
  readonly message: Text | null;
  readonly last: EpochRecord | null;
  readonly epochs: number;
  /** Seconds spent in completed epochs. */
  readonly seconds: number;
}

/**
 * Trains the runs one after the other and prints the result of each. The first interrupt ends the series; the results
 * so far are kept. `held`: weights of the project, for frozen layers, or for all where the settings choose it.
 */
export async function trainSeries(
  engine: EngineClient,
  runs: readonly SeriesRun[],
  held: Uint8Array | null,
  output: Output,
): Promise<readonly SeriesResult[]> {
  let present: { id: string; receive(event: RunEvent): void } | null = null;
  let interrupted = false;
  await hold(engine, held);
  engine.onRun((event) => present?.receive(event));
  const free = onInterrupt(() => {
    interrupted = true;
    output.note(STOPPING);
    // If the engine has ended, the call that started the run reports it.
    if (present !== null) engine.call('control', { run: present.id, action: 'stop' }).catch(() => {});
  });
  const results: SeriesResult[] = [];
  for (const [at, run] of runs.entries()) {
    if (interrupted) break;
    const id = `cli-${at}`;
    const epochs: EpochRecord[] = [];
    const result = await new Promise<SeriesResult>((resolve, reject) => {
      let steps = 1;
      present = {
        id,
        receive(event) {
          if (event.kind === 'progress') {
            const share = (at + (event.step.at(-1) ?? 0) / steps) / runs.length;
            output.progress(`${bar(share)} ${at + 1}/${runs.length}  ${run.name}`);
          }
          if (event.kind === 'epoch') epochs.push(event);
          if (event.kind !== 'run') return;
          steps = Math.max(1, event.steps);
          const { state, message } = event;
          if (state !== 'done' && state !== 'stopped' && state !== 'failed') return;
          resolve({
            id,
            name: run.name,
            varied: run.varied,
            state,
            message,
            best: bestEpoch(epochs),
            last: epochs.at(-1) ?? null,
            epochs: epochs.length,
            seconds: epochs.reduce((sum, { seconds }) => sum + seconds, 0),
          });
        },
      };
      // Restores the weights of the project, so that no run starts from the weights of the previous one.
      engine
        .call('train', {
          run: id,
          document: run.document,
          weights: startWeights(run.document),
          paused: false,
          aside: true,
        })
        .catch(reject);
    });
    results.push(result);
    tell(result, `${at + 1}/${runs.length}`, output);
  }
  free();
  return results;
}

/** The rule of the engine: by accuracy, then by loss. */
const isBetter = (a: Metrics, b: Metrics): boolean =>
  a.accuracy !== null && b.accuracy !== null && a.accuracy !== b.accuracy ? a.accuracy > b.accuracy : a.loss < b.loss;

const bestEpoch = (epochs: readonly EpochRecord[]): EpochRecord | null =>
  epochs.reduce<EpochRecord | null>(
    (best, epoch) => (best === null || isBetter(epoch.validation, best.validation) ? epoch : best),
    null,
  );

function tell({ name, varied, state, message, best, last, epochs, seconds }: SeriesResult, at: string, output: Output) {
  const figures = (record: EpochRecord | null) =>
    record && { epoch: record.epoch, train: record.train, validation: record.validation };
  output.printJson({
    event: 'run',
    name,
    varied,
    state,
    epochs,
    best: figures(best),
    last: figures(last),
    seconds,
    ...(message !== null && { message: output.words(message) }),
  });
  const result = best === null ? '' : resultText(best, best.validation.accuracy === null ? 'loss' : 'accuracy');
  const why = message === null ? '' : `  ${output.words(message)}`;
  output.note({
    en: `${at}  ${name}  ${state === 'failed' ? 'failed' : `validation ${result}`}${why}`,
    zh: `${at}  ${name}  ${state === 'failed' ? '失败' : `验证 ${result}`}${why}`,
  });
}

const resultText = ({ validation }: EpochRecord, measure: Measure): string => figure(validation[measure], measure);

/** An accuracy as a percentage, a loss with four decimals. */
export const figure = (value: number | null | undefined, measure: Measure): string => {
  if (value === null || value === undefined) return '–';
  return measure === 'accuracy' ? percent(value) : value.toFixed(4);
};

/** A difference of accuracies in percentage points. */
export const differenceFigure = (value: number, measure: Measure): string => {
  const sign = value < 0 ? '−' : '+';
  const size = Math.abs(value);
  return sign + (measure === 'accuracy' ? (100 * size).toFixed(2) : size.toFixed(4));
};

export const measureText = (measure: Measure): Text =>
  measure === 'accuracy' ? { en: 'validation accuracy', zh: '验证精度' } : { en: 'validation loss', zh: '验证损失' };

/** Prints every run with a result, best first. */
export function printResults(results: readonly SeriesResult[], { print, words }: Output): void {
  const measure = measureFor(results);
  const value = ({ best }: SeriesResult) => best?.validation[measure] ?? null;
  const order = (a: SeriesResult, b: SeriesResult) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return measure === 'accuracy' ? y - x : x - y;
  };
  const head = [
    { en: 'run', zh: '训练' },
    measureText(measure),
    { en: 'loss', zh: '损失' },
    { en: 'epoch', zh: '轮' },
    { en: 'seconds', zh: '秒' },
  ].map(words);
  const rows = [...results]
    .sort(order)
    .map((result) => [
      result.name,
      figure(value(result), measure),
      figure(result.best?.validation.loss, 'loss'),
      String(result.best?.epoch ?? '–'),
      result.seconds.toFixed(1),
    ]);
  for (const line of table([head, ...rows], [1, 2, 3, 4])) print(line);
}
