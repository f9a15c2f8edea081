import { check as checkDocument } from '../../../src/check/check.ts';
import type { Direction } from '../../../src/graph/document.ts';
import { applyEdits, type Edit } from '../../../src/graph/edits.ts';
import { sizesIn } from '../../../src/layout/size.ts';
import { planTidy } from '../../../src/layout/tidy.ts';
import { canvas } from '../../state/stores/canvasHandle.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { glide, useArrange } from './arrangeStore.ts';
import { layOut } from './elk.ts';

/** Time (ms) after which a layout shows its progress. */
const QUICK = 400;
export interface Tidying {
  /** Also moves pinned nodes, which are then no longer pinned. */
  readonly everything: boolean;
  readonly direction?: Direction;
  /** Edits whose result is laid out, in the same undo step. */
  readonly after?: readonly Edit[];
}

let running: AbortController | null = null;
/** The selected layers if there are several; null for all layers. */
function chosen(): ReadonlySet<string> | null {
  const { nodes } = useUi.getState().selection;
  return nodes.length > 1 ? new Set(nodes) : null;
}

/** Lays out the selected layers or the whole network in one undo step. A newer call or edit cancels it: false. */
export async function tidy({ everything, direction, after = [] }: Tidying): Promise<boolean> {
  running?.abort();
  useDocument.getState().commit();
  const current = useDocument.getState();
  const before = current.document;
  const document = applyEdits(before, after);
  const check = after.length === 0 ? current.check : checkDocument(document);
  const only = direction === undefined && after.length === 0 ? chosen() : null;
  const view = canvas.current?.room() ?? { width: 844, height: 460 };
  const flow = direction ?? document.direction;
  const plan = planTidy({
    document,
    direction: flow,
    sizeOf: sizesIn({ ...document, direction: flow }, check),
    keepPinned: !everything,
    view,
    ...(only && { only }),
  });
  if (plan === null) {
    const pinned = document.nodes.some((node) => node.pinned);
    if (after.length > 0) current.edit(after);
    else if (pinned) useUi.getState().notify({ tone: 'info', message: { key: 'arrange.allPinned' } });
    return after.length > 0;
  }
  const control = new AbortController();
  running = control;
  const cancel = () => control.abort();
  const count = only?.size ?? document.nodes.length;
  const slow = setTimeout(() => useArrange.setState({ busy: { count, cancel } }), QUICK);
  // An older layout must not overwrite an edit made meanwhile.
  const unsubscribe = useDocument.subscribe((state) => state.document !== before && cancel());
  try {
    const edits = plan.edits(await layOut(plan.graph, control.signal));
    if (control.signal.aborted) return false;
    unsubscribe();
    glide();
    useDocument.getState().edit([...after, ...edits]);
    if (only === null) canvas.current?.fit();
    return true;
  } catch (error) {
    if (!control.signal.aborted) throw error;
    return false;
  } finally {
    unsubscribe();
    clearTimeout(slow);
    if (running === control) {
      running = null;
      useArrange.setState({ busy: null });
    }
  }
}
