import type { WeightMoves } from '../../../src/graph/weightMoves.ts';
import { movesBetween } from '../../../src/graph/weightTrail.ts';
import { engine } from '../desktop/engine.ts';
import { useDocument, useRun } from '../stores/stores.ts';

/** Moves of weights since the file was opened or saved, for an engine that starts again with the file's weights. */
let sinceSaved: readonly WeightMoves[] = [];
let told: Promise<unknown> = Promise.resolve();

function tell(moves: readonly WeightMoves[]): void {
  if (moves.length === 0) return;
  // A stopped engine gets all moves when it is back.
  told = engine.call('moveWeights', { moves }).catch(() => {});
}

/** Resolves when the engine knows the current names. */
export const namesSent = (): Promise<unknown> => told;

/** Sends all moves to an engine that restarted with the weights of the file. */
export const resendNames = (): void => tell(sinceSaved);

/** Moves trained weights together with their layers: into blocks, out of blocks and to new names. */
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
