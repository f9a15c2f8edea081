import type { Edit } from '../../../src/graph/edits.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { recovered } from '../run/recovering.ts';
import { isActive } from '../stores/runStore.ts';
import { isUnsaved, useDocument, useRun } from '../stores/stores.ts';
import { isReplacing, replaced } from './replacing.ts';

/** Delays (ms) before unsaved work is stored: after the last change, and at most after the first of a series. */
const QUIET = 700;
const LONGEST = 1800;
/** Minimum interval (ms) between copies of the weights during a run, because they are much larger than the document. */
const WEIGHTS = 30_000;

/** Stores unsaved work, so that the next start can restore it after a crash. */
export function keepWork(): void {
  let kept: object | null = null;
  let nothing = true;
  let firstChange = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** Run and epoch of the stored weights. */
  let keptWeights = '';
  let keptMoves = 0;
  let weightsAt = 0;
  let generation = useDocument.getState().generation;

  /** Key of the weights that are in no file; empty if the file has them all. */
  function trained(): string {
    const { run, state, epoch, weightsUnsaved, hasWeights, moves } = useRun.getState();
    if (weightsUnsaved) return `${run} ${isActive(state) ? epoch : state} ${moves}`;
    // The file has them under old names.
    if (moves > 0) return `moved ${moves}`;
    return hasWeights && useDocument.getState().fileName === null ? 'opened' : '';
  }

  /** True for an edit that only moves nodes, also inside a block. */
  const moves = (edit: Edit): boolean => edit.kind === 'move' || (edit.kind === 'editBlock' && edit.edits.every(moves));

  /** True during a drag, which is stored at its end. A text is stored while it is typed. */
  const isDragged = (): boolean => useDocument.getState().history.gesture?.edits.every(moves) ?? false;

  async function keep(): Promise<void> {
    timer = null;
    if (isReplacing()) await replaced();
    if (isDragged()) return;
    const { root: document } = useDocument.getState();
    if (!isUnsaved()) {
      if (!nothing) await callDesktop('keep', null);
      nothing = true;
      kept = null;
      keptWeights = '';
      return;
    }
    const now = trained();
    const { state, moves } = useRun.getState();
    // Weights under old names would fit no layer.
    const due = !isActive(state) || moves !== keptMoves || Date.now() - weightsAt >= WEIGHTS;
    const weights = now !== '' && now !== keptWeights && due;
    if (document === kept && !weights) return;
    kept = document;
    nothing = false;
    if (weights) {
      keptWeights = now;
      keptMoves = moves;
      weightsAt = Date.now();
      await recovered();
    }
    await callDesktop('keep', { document, weights });
  }

  function changed(): void {
    if (isDragged()) return;
    const { root: document, generation: present } = useDocument.getState();
    if (present !== generation) {
      // For another network, the main process has cleared the stored work.
      generation = present;
      kept = null;
      keptWeights = '';
    }
    const unsaved = isUnsaved();
    if (unsaved ? document === kept && trained() === keptWeights : nothing) return;
    const now = Date.now();
    if (timer === null) firstChange = now;
    else clearTimeout(timer);
    timer = setTimeout(() => keep().catch(console.error), Math.min(QUIET, Math.max(0, firstChange + LONGEST - now)));
  }

  useDocument.subscribe(changed);
  useRun.subscribe(changed);
}
