import type { NetworkDocument } from '../../../src/graph/document.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { useEstimate } from '../run/estimate.ts';

/** Seconds per epoch of the open network, measured in its own runs or predicted from others; null before the first run. */
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

/** Estimated time for variants of the open network, at the cost of the open network for each. */
export function useSeriesSeconds(documents: readonly NetworkDocument[]): number | null {
  const epoch = useEpochSeconds();
  return epoch === null ? null : documents.reduce((sum, { recipe }) => sum + recipe.epochs * epoch, 0);
}
