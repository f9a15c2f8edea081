import { withMovedNames } from '../../graph/weightMoves.ts';
import type { weightCalls } from '../../protocol/weights.ts';
import { readCheckpoint, writeCheckpoint } from '../checkpoint.ts';
import { kept } from '../runs/runLibrary.ts';
import type { HandlersOf } from '../server.ts';
import { readWeights, writeWeights } from '../weights.ts';
import type { Parts } from './networkHandlers.ts';

/** Handlers of calls that read or replace the weights and the last run of the engine. */
export function weightHandlers({ held, runs, library }: Parts): HandlersOf<Omit<typeof weightCalls, 'moveWeights'>> {
  const weightsNow = () => {
    const weights = held.finite(runs);
    return weights.size === 0 ? new Uint8Array() : writeWeights(weights);
  };
  const lastRun = () => {
    const last = runs.checkpoint();
    return last === null ? {} : writeCheckpoint(last);
  };
  return {
    getWeights: () => ({ weights: weightsNow() }),
    getLastRun: () => ({ entries: lastRun() }),
    getTrained: () => ({ weights: weightsNow(), entries: lastRun() }),

    async setWeights({ weights: bytes }) {
      const weights = bytes.length === 0 ? new Map() : readWeights(bytes, 'weights.safetensors');
      await runs.setLast(null);
      held.now = weights;
      return { tensors: weights.size };
    },

    async takeWeights({ at, moved = [] }) {
      const { weights } = await kept(library).checkpoint(at);
      await runs.setLast(runs.checkpoint());
      held.now = withMovedNames(weights, moved);
      return {};
    },

    async setLastRun({ entries }) {
      const last = readCheckpoint(entries);
      await runs.setLast(last);
      held.recognize(last);
      if (last === null) return { run: null };
      const { step, epoch, history } = last.progress;
      return { run: { step, epoch, epochs: last.document.recipe.epochs, history: [...history] } };
    },
  };
}
