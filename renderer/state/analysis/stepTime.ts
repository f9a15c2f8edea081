import { useMemo } from 'react';
import { sameNetwork } from '../../../src/check/sameNetwork.ts';
import { useDocument, useRun } from '../stores/stores.ts';
import { predictedMs, useAnalysis } from './analysisStore.ts';

/** Milliseconds per training step of this network; null until a run has been measured. */
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: the check changes with layers and edges, not with positions
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
