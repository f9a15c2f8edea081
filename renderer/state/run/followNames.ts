import type { WeightMoves } from '../../../src/graph/weightMoves.ts';
import { movesBetween } from '../../../src/graph/weightTrail.ts';
import { engine } from '../desktop/engine.ts';
import { useDocument, useRun } from '../stores/stores.ts';

/** Since the file was opened or saved: what an engine has to be told that starts from the file's weights again. */
let sinceSaved: readonly WeightMoves[] = [];
let told: Promise<unknown> = Promise.resolve();

function tell(moves: readonly WeightMoves[]): void {
  if (moves.length === 0) return;
  // An engine that stopped meanwhile is told everything when it is there again.
  told = engine.call('moveWeights', { moves }).catch(() => {});
}

/** The engine has been told what everything is called now. */
export const namesTold = (): Promise<unknown> => told;

/** The engine was started again, with the weights of the file. */
export const tellNamesAgain = (): void => tell(sinceSaved);

/** Trained weights go along with their layers: into blocks, out of them, and under new names. */
export function followNames(): void {
  useDocument.subscribe((now, before) => {
    if (now.generation !== before.generation) {
      sinceSaved = [];
      return;
    }
    if (now.saved !== before.saved) sinceSaved = [];
    if (now.history === before.history) return;
    const moves = movesBetween(before.history, now.history);
    if (moves.length === 0) return;
    sinceSaved = [...sinceSaved, ...moves];
    tell(moves);
    useRun.getState().weightsMoved(moves);
  });
}
