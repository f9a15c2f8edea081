import type { OutputPrediction } from '../../../src/protocol/results.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly best: boolean;
}

interface Words {
  readonly yes: string;
  readonly no: string;
}

/** The prediction of an output for sample `at` of `count`, class by class, or the most probable `top` of them. */
export function barsOf(
  { answers, values: all }: OutputPrediction,
  { yes, no }: Words,
  top: number | null,
  at = 0,
  count = 1,
): Bar[] {
  const width = all.length / count;
  const values = [...all.subarray(at * width, (at + 1) * width)];
  const named = (): Omit<Bar, 'best'>[] => {
    if (answers === 'class') return values.map((value, index) => ({ label: `${index}`, value }));
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
