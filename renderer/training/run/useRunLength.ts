import { useDocument, useRun } from '../../state/stores/stores.ts';
import { type RunLength, runLength } from './runLength.ts';

/** The steps that a run of the present drawing would have; null where that is not known yet. */
export function useRunLength(): RunLength | null {
  const root = useDocument((state) => state.root);
  const ran = useRun((state) => state.document);
  const steps = useRun((state) => state.steps);
  return runLength(root, ran, steps);
}
