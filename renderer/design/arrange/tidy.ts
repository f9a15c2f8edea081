import type { Direction } from '../../../src/graph/document.ts';
import { sizesIn } from '../../../src/layout/size.ts';
import { planTidy } from '../../../src/layout/tidy.ts';
import { canvas } from '../../state/stores/canvasHandle.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { glide, useArrange } from './arrangeStore.ts';
import { layOut } from './elk.ts';

/** A layout that takes longer (ms) says so. */
const QUICK = 400;
export interface Tidying {
  /** Also what was placed by hand, which is then no longer so. */
  readonly everything: boolean;
  readonly direction?: Direction;
}

let running: AbortController | null = null;
/** The selected layers when there are several; null for all. */
function chosen(): ReadonlySet<string> | null {
  const { nodes } = useUi.getState().selection;
  return nodes.length > 1 ? new Set(nodes) : null;
}

/** Lays out the selected layers, or the whole network, as one undo step. A newer call takes the place of this one. */
export async function tidy({ everything, direction }: Tidying): Promise<void> {
  running?.abort();
  useDocument.getState().commit();
  const { document, check } = useDocument.getState();
  const only = direction === undefined ? chosen() : null;
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
    if (pinned) useUi.getState().notify({ tone: 'info', message: { key: 'arrange.allPinned' } });
    return;
  }
  const control = new AbortController();
  running = control;
  const cancel = () => control.abort();
  const count = only?.size ?? document.nodes.length;
  const slow = setTimeout(() => useArrange.setState({ busy: { count, cancel } }), QUICK);
  // An edit made meanwhile is not to be lost under an older arrangement.
  const unsubscribe = useDocument.subscribe((state) => state.document !== document && cancel());
  try {
    const edits = plan.edits(await layOut(plan.graph, control.signal));
    if (control.signal.aborted) return;
    unsubscribe();
    glide();
    useDocument.getState().edit(edits);
    if (only === null) canvas.current?.fit();
  } catch (error) {
    if (!control.signal.aborted) throw error;
  } finally {
    unsubscribe();
    clearTimeout(slow);
    if (running === control) {
      running = null;
      useArrange.setState({ busy: null });
    }
  }
}
