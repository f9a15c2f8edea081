import type { NetworkDocument } from '../../../src/graph/document.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { useEstimate } from '../run/estimate.ts';

/** What an epoch of the open network takes, by runs of it or by what others took here; null before anything was trained. */
function useEpochSeconds(): number | null {
  const { name, data, recipe } = useDocument((state) => state.root);
  const ran = useRuns(({ runs }) =>
    runs.find(({ network, source, epoch, seconds }) => {
      return network === name && source === data.source && epoch > 0 && seconds > 0;
    }),
  );
  const estimate = useEstimate();
  if (estimate !== null) return estimate.seconds / recipe.epochs;
  return ran === undefined ? null : ran.seconds / ran.epoch;
}

/** How long these variants of the open network will take, as if each had its cost. */
export function useSeriesSeconds(documents: readonly NetworkDocument[]): number | null {
  const epoch = useEpochSeconds();
  return epoch === null ? null : documents.reduce((sum, { recipe }) => sum + recipe.epochs * epoch, 0);
}
