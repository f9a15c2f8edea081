import { diagnosticsOf, isProblem } from '../../state/problems/problems.ts';
import { useDocument } from '../../state/stores/stores.ts';

const none = [] as const;

/** Problems of the whole network; with `hints` also the hints. */
export function useProblems({ hints = false } = {}) {
  const root = useDocument((state) => state.root);
  const all = useDocument((state) => state.rootCheck.diagnostics);
  const shown = diagnosticsOf(root, all);
  return hints ? shown : shown.length === 0 ? none : shown.filter(isProblem);
}
