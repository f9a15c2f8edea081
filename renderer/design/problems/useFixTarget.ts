import type { Target } from '../../state/stores/applyFix.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { useEditing, useInnerDrawing } from '../inspector/drawing.ts';

/**
 * The drawing that the fixes of a problem edit: the whole network, the expanded block of the current form, or the
 * current level. Null in a built-in block, which is read-only.
 */
export function useFixTarget(whole: boolean): Target | null {
  const inner = useInnerDrawing();
  const { edit } = useEditing();
  const document = useDocument((state) => (whole ? state.root : state.document));
  const check = useDocument((state) => (whole ? state.rootCheck : state.check));
  if (whole) return { document, check, edit: useDocument.getState().editRoot };
  if (inner === null) return { document, check, edit };
  if (inner.levels.at(-1)?.block === null) return null;
  return { document: inner.document, check: inner.check, edit };
}
