import { EventEmitter, once } from 'node:events';
import type { ImportPhase, importCalls } from '../../protocol/imported.ts';
import { importModel, SizesNeeded } from '../importing/importModel.ts';
import type { HandlersOf } from '../server.ts';
import { writeWeights } from '../weights.ts';

/** Handlers of calls that read models of other programs. */
export function importHandlers(): HandlersOf<typeof importCalls> {
  let phase: ImportPhase | null = null;
  const progress = new EventEmitter<{ change: [] }>();
  function enter(next: ImportPhase | null): void {
    phase = next;
    progress.emit('change');
  }
  return {
    async importModel({ path, sizes, language }) {
      try {
        const { document, weights, report } = await importModel(path, { sizes, language, onPhase: enter });
        return { document, weights: weights.size === 0 ? new Uint8Array() : writeWeights(weights), report };
      } catch (error) {
        if (error instanceof SizesNeeded) return { needed: [...error.sizes], message: error.text };
        throw error;
      } finally {
        enter(null);
      }
    },

    async importProgress({ known }) {
      while (phase === known) await once(progress, 'change');
      return { phase };
    },
  };
}
