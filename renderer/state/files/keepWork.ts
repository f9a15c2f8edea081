import type { Edit } from '../../../src/graph/edits.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { recovered } from '../run/recovering.ts';
import { isActive } from '../stores/runStore.ts';
import { isUnsaved, useDocument, useRun } from '../stores/stores.ts';
import { isReplacing, replaced } from './replacing.ts';

/** Work is kept this long (ms) after the last change, and this long after the first while changes go on. */
const QUIET = 700;
const LONGEST = 1800;
/** Weights are much more to write than a drawing: at most this often (ms) while a run goes on. */
const WEIGHTS = 30_000;

/** Keeps unsaved work where the next start finds it after a crash. */
export function keepWork(): void {
  let kept: object | null = null;
  let nothing = true;
  let firstChange = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** Epochs and runs whose weights are kept. */
  let keptWeights = '';
  let keptMoves = 0;
  let weightsAt = 0;
  let generation = useDocument.getState().generation;

  /** Weights that are in no file; empty if the file has them all. */
  function trained(): string {
    const { run, state, epoch, weightsUnsaved, hasWeights, moves } = useRun.getState();
    if (weightsUnsaved) return `${run} ${isActive(state) ? epoch : state} ${moves}`;
    // The file has them under other names.
    if (moves > 0) return `moved ${moves}`;
    return hasWeights && useDocument.getState().fileName === null ? 'opened' : '';
  }

  /** Also inside a block. */
  const moves = (edit: Edit): boolean => edit.kind === 'move' || (edit.kind === 'editBlock' && edit.edits.every(moves));

  /** A drag goes on: what it comes to is kept at its end. What is typed is kept on the way. */
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
    // Under the names of before they would fit no layer.
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
      // Another network: main has cleared what it kept of the last.
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
