import type { NetworkDocument } from '../../graph/document.ts';
import { withMovedNames, withSetAside } from '../../graph/weightMoves.ts';
import { matchWeights } from '../../plan/matchWeights.ts';
import { tensorsIn } from '../../plan/otherWeights.ts';
import type { CallArgs } from '../../protocol/calls.ts';
import type { weightCalls } from '../../protocol/weights.ts';
import { UserError } from '../../text.ts';
import { readCheckpoint, writeCheckpoint } from '../checkpoint.ts';
import { withoutAside } from '../heldWeights.ts';
import { kept } from '../runs/runLibrary.ts';
import type { HandlersOf } from '../server.ts';
import { readWeightSource, sourceOfWeights, takenWeights, type WeightSource } from '../weightSource.ts';
import { readWeights, writeWeights } from '../weights.ts';
import type { Parts } from './networkHandlers.ts';

/** Handlers of calls that read or replace the weights and the last run of the engine. */
export function weightHandlers({
  held,
  runs,
  library,
  networks,
}: Parts): HandlersOf<Omit<typeof weightCalls, 'moveWeights'>> {
  const weightsNow = (document?: NetworkDocument) => {
    const weights = held.toSave(runs, document);
    return weights.size === 0 ? new Uint8Array() : writeWeights(weights);
  };
  const lastRun = () => {
    const last = runs.checkpoint();
    return last === null ? {} : writeCheckpoint(last);
  };
  let opened: WeightSource | null = null;
  async function ownSource(
    source: Exclude<CallArgs<'openWeights'>['source'], { kind: 'file' }>,
  ): Promise<WeightSource> {
    switch (source.kind) {
      case 'run': {
        const { weights } = await kept(library).checkpoint(source.at);
        return sourceOfWeights(withMovedNames(weights, withoutAside(source.moved ?? [])), source.name);
      }
      case 'opened':
        if (held.opened.size === 0) throw openedUntrained();
        return sourceOfWeights(held.opened, source.name);
      case 'initial':
        return sourceOfWeights(networks.of(source.document).initial(), source.name);
      default:
        return source satisfies never;
    }
  }
  return {
    async openWeights({ source }) {
      opened = source.kind === 'file' ? await readWeightSource(source.path) : await ownSource(source);
      return {
        name: opened.name,
        tensors: opened.tensors.map(({ name, shape, transposed }) => ({
          name,
          shape: [...shape],
          ...(transposed && { transposed }),
        })),
      };
    },

    async useWeights({ document, chosen, scope = null }) {
      if (opened === null) throw nothingOpened();
      const weights = takenWeights(
        matchWeights(tensorsIn(networks.of(document).graph, scope), opened.tensors, chosen),
        opened,
      );
      await runs.setLast(runs.checkpoint());
      held.take(new Map([...held.now, ...weights]));
      opened = null;
      return { taken: weights.size };
    },

    getWeights: () => ({ weights: weightsNow() }),
    getLastRun: () => ({ entries: lastRun() }),
    getTrained: ({ document }) => ({ weights: weightsNow(document), entries: lastRun() }),

    async setWeights({ weights: bytes }) {
      const weights = bytes.length === 0 ? new Map() : readWeights(bytes, 'weights.safetensors');
      await runs.setLast(null);
      held.open(weights);
      return { tensors: weights.size };
    },

    async takeWeights({ at, moved = [] }) {
      const { weights } = await kept(library).checkpoint(at);
      await runs.setLast(runs.checkpoint());
      held.take(withSetAside(weights, moved));
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

const openedUntrained = (): UserError =>
  new UserError({
    en: 'The network had no weights when it was opened. Reinitialize the layer, or load its weights from a file.',
    zh: '打开时网络没有权重。请重新初始化此层，或从文件载入权重。',
  });

const nothingOpened = (): UserError =>
  new UserError({
    en: 'The weights are no longer open, because the training engine was restarted. Choose the file again.',
    zh: '权重已不再打开，因为训练引擎已重新启动。请重新选择文件。',
  });
