import { useRun } from '../../state/stores/stores.ts';

/**
 * Key of the weights, which change after every epoch, at the end or pause of a run, after every single step, and when the
 * network gets others.
 */
export const useWeightsKey = (): string =>
  useRun(
    ({ run, state, epoch, step, hasWeights, taken, moves }) =>
      `${run} ${state} ${epoch} ${hasWeights} ${taken} ${moves} ${state === 'paused' ? step : ''}`,
  );
