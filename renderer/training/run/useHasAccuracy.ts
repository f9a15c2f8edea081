import { useRun } from '../../state/stores/stores.ts';

/** False for a run of a regression network: its accuracy is NaN from the first step. */
export const useHasAccuracy = (): boolean =>
  useRun(({ curves, revision }) => revision < 0 || !Number.isNaN(curves.column('accuracy').at(-1) ?? 0));
