import { useMemo } from 'react';
import { useWords } from '../i18n/i18n.ts';
import { sameNetwork } from '../stores/sameNetwork.ts';
import { useDocument, useRun } from '../stores/stores.ts';
import { predictedMs, useAnalysis } from './analysisStore.ts';

/** Time of a training step of this drawing: measured by its own run, else predicted by what others took. */
export function StepTime({ batch, bare = false }: { readonly batch: number; readonly bare?: boolean }) {
  const { say } = useWords();
  const measured = useMeasured(batch);
  const predicted = usePredicted(batch);
  if (measured !== null) return say(bare ? 'analysis.measured' : 'status.measured', { ms: figure(measured) });
  if (predicted !== null) return say(bare ? 'analysis.predicted' : 'status.predicted', { ms: figure(predicted) });
  return bare ? say('analysis.notMeasured') : null;
}

const figure = (ms: number): string => ms.toFixed(ms < 100 ? 1 : 0);

function useMeasured(batch: number): number | null {
  const ran = useRun((state) => state.document);
  const rate = useRun((state) => state.samplesPerSecond);
  const optimizer = useDocument((state) => state.root.recipe.optimizer);
  const check = useDocument((state) => state.rootCheck);
  // Layers and wires change the check; places, which do not matter here, leave it.
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
