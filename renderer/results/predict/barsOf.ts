import type { Said } from './predictor.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly best: boolean;
}

interface Words {
  readonly yes: string;
  readonly no: string;
}

/** What an output says of sample `at` of `count`, class by class, or the most probable `top` of them. */
export function barsOf({ answers, said }: Said, { yes, no }: Words, top: number | null, at = 0, count = 1): Bar[] {
  const width = said.length / count;
  const values = [...said.subarray(at * width, (at + 1) * width)];
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
  const all = named();
  const most = Math.max(...all.map(({ value }) => value));
  const best = all.findIndex(({ value }) => value === most);
  const bars = all.map((bar, index) => ({ ...bar, best: answers === 'class' ? index === best : bar.value > 0.5 }));
  return top === null || answers !== 'class' ? bars : bars.sort((a, b) => b.value - a.value).slice(0, top);
}
