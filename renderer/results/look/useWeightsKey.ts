import { useRun } from '../../state/stores/stores.ts';

/** Key of the weights, which change after every epoch, at the end or pause of a run, and after every single step. */
export const useWeightsKey = (): string =>
  useRun(
    ({ run, state, epoch, step, hasWeights }) =>
      `${run} ${state} ${epoch} ${hasWeights} ${state === 'paused' ? step : ''}`,
  );
