import type { importCalls } from '../../protocol/imported.ts';
import { importModel } from '../importing/importModel.ts';
import type { HandlersOf } from '../server.ts';
import { writeWeights } from '../weights.ts';

/** Handlers of calls that read models of other programs. */
export const importHandlers = (): HandlersOf<typeof importCalls> => ({
  async importModel({ path, sizes, language }) {
    const { document, weights, report } = await importModel(path, { sizes, language });
    return { document, weights: weights.size === 0 ? new Uint8Array() : writeWeights(weights), report };
  },
});
