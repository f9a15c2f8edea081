import { useDocument, useRun } from '../../state/stores/stores.ts';
import { type RunLength, runLength } from './runLength.ts';

/** Number of steps that a run of the current network would have; null if it is not known yet. */
export function useRunLength(): RunLength | null {
  const root = useDocument((state) => state.root);
  const ran = useRun((state) => state.document);
  const steps = useRun((state) => state.steps);
  return runLength(root, ran, steps);
}
