import type { RunChange } from '../../../src/runs/record.ts';
import { type RunCurves, scaleOf } from './chartData.ts';
import { formatMetric } from './curveMetrics.ts';
import type { Marks } from './marks.ts';

type SettingName = Exclude<keyof RunChange, 'step'>;

/** Changes made during the run, with their positions in epochs and their descriptions. */
export function changeMarks(
  run: RunCurves,
  say: (what: SettingName, from: string, to: string) => string,
): Marks['changes'] {
  const scale = scaleOf(run);
  return run.changes.map(({ step, learningRate, batchSize, epochs }) => {
    const words: string[] = [];
    if (learningRate) {
      const { learningRate: write } = formatMetric;
      words.push(say('learningRate', write(learningRate.from), write(learningRate.to)));
    }
    if (batchSize) words.push(say('batchSize', `${batchSize.from}`, `${batchSize.to}`));
    if (epochs) words.push(say('epochs', `${epochs.from}`, `${epochs.to}`));
    return { at: scale.epochOf(step), text: words.join(' · ') };
  });
}
