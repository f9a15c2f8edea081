import { useMemo } from 'react';
import { sameNetwork } from '../../../src/check/sameNetwork.ts';
import { useDocument, useRun } from '../stores/stores.ts';
import { predictedMs, useAnalysis } from './analysisStore.ts';

/** Milliseconds of a training step of this drawing; null where no run has been measured yet. */
export function useStepTime(batch: number): { readonly ms: number; readonly measured: boolean } | null {
  const measured = useMeasured(batch);
  const predicted = usePredicted(batch);
  if (measured !== null) return { ms: measured, measured: true };
  return predicted === null ? null : { ms: predicted, measured: false };
}

function useMeasured(batch: number): number | null {
  const ran = useRun((state) => state.document);
  const rate = useRun((state) => state.samplesPerSecond);
  const optimizer = useDocument((state) => state.root.recipe.optimizer);
  const check = useDocument((state) => state.rootCheck);
  // Layers and edges change the check; places, which do not matter here, leave it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the present drawing
  const same = useMemo(() => ran !== null && sameNetwork(ran, useDocument.getState().root), [ran, check]);
  if (!same || rate <= 0 || ran?.recipe.batchSize !== batch || ran.recipe.optimizer !== optimizer) return null;
  return (batch / rate) * 1000;
}

function usePredicted(batch: number): number | null {
  const cost = useAnalysis((state) => state.costs.get(batch));
  const measurements = useAnalysis((state) => state.measurements);
  const macs = useDocument((state) => state.rootCheck.totals.macs);
  return predictedMs(cost, macs, measurements);
}
