import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import type { OutputPrediction } from '../../../src/protocol/results.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly best: boolean;
}

interface Words {
  readonly yes: string;
  readonly no: string;
  /** Names of the classes; a class without one is called by its number. */
  readonly classes: readonly string[];
}

/** Above this number of classes, only the most probable ones are shown by default. */
const MANY = 20;
const MOST = 10;

/** Default number of bars for that many classes; null for all. */
export const topOf = (classes: number): number | null => (classes > MANY ? MOST : null);

/** Bars of the first output before a prediction, which take the same room as those with probabilities. */
export function emptyBars({ graph }: Pick<CheckResult, 'graph'>, words: Words): Bar[] {
  const end = graph?.nodes.find(({ layer }) => layer.output !== undefined);
  const answers = end?.layer.output?.answers;
  const count = Object.values(end?.inputs ?? {})[0]?.[0] ?? 0;
  if (answers === undefined || answers === 'numbers') return [];
  const bars = barsOf({ name: '', answers, values: new Float32Array(count) }, words, topOf(count));
  return bars.map(({ label }) => ({ label, value: 0, best: false }));
}

/** Bars for the prediction of sample `at` of `count`: all classes, or the `top` most probable ones. */
export function barsOf(
  { answers, values: all }: OutputPrediction,
  { yes, no, classes }: Words,
  top: number | null,
  at = 0,
  count = 1,
): Bar[] {
  const width = all.length / count;
  const values = [...all.subarray(at * width, (at + 1) * width)];
  const named = (): Omit<Bar, 'best'>[] => {
    if (answers === 'class') return values.map((value, index) => ({ label: classes[index] ?? `${index}`, value }));
    return values.flatMap((value, index) => {
      const which = values.length > 1 ? `${index} ` : '';
      return [
        { label: `${which}${no}`, value: 1 - value },
        { label: `${which}${yes}`, value },
      ];
    });
  };
  const rows = named();
  const most = Math.max(...rows.map(({ value }) => value));
  const best = rows.findIndex(({ value }) => value === most);
  const bars = rows.map((bar, index) => ({ ...bar, best: answers === 'class' ? index === best : bar.value > 0.5 }));
  return top === null || answers !== 'class' ? bars : bars.sort((a, b) => b.value - a.value).slice(0, top);
}
