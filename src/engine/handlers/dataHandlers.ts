import type { Dataset, Field } from '../../data/dataset.ts';
import { factsFrom } from '../../data/known.ts';
import { type dataCalls, MOST_UNREADABLE } from '../../protocol/data.ts';
import type { HandlersOf } from '../server.ts';
import type { Parts } from './networkHandlers.ts';

/** Calls about the dataset of a network. */
export const dataHandlers = ({ networks }: Parts): HandlersOf<typeof dataCalls> => ({
  async openData({ document, asIs }) {
    const data = await networks.dataset(document, asIs);
    const { unreadable = [], targets } = data;
    const target = targets[0];
    return {
      facts: factsFrom(data, document.data.split),
      kind: kindOf(data),
      classes: target?.kind === 'classes' ? classCounts(target) : [],
      columns: (data.columns ?? []).map((column) => ({ ...column })),
      image: data.image ?? null,
      unreadableCount: unreadable.length,
      unreadable: unreadable.slice(0, MOST_UNREADABLE).map((each) => ({ ...each })),
    };
  },

  dataProgress: () => ({ progress: networks.opening }),

  cancelOpening() {
    networks.cancelOpening();
    return {};
  },
});

/** Images, a table, or other numbers. */
export function kindOf({ inputs: [input], columns }: Dataset): 'images' | 'table' | 'numbers' {
  if (input?.kind === 'bytes') return 'images';
  return columns === undefined ? 'numbers' : 'table';
}

/** Samples of every class. */
export function classCounts({ classes, data }: Extract<Field, { kind: 'classes' }>): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of data) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}
