import { create } from 'zustand';
import type { ChosenSources, SourceTensor } from '../../../src/plan/matchWeights.ts';
import type { CallArgs } from '../../../src/protocol/calls.ts';
import type { CheckpointRef } from '../../../src/runs/record.ts';
import { UserError } from '../../../src/text.ts';
import { callDesktop } from '../../state/desktop/desktop.ts';
import { engine } from '../../state/desktop/engine.ts';
import { leaveQueue } from '../../state/run/leaveQueue.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';

/** Weights of a file or run that the engine has opened, and the sources that the user chose. */
interface StartWeights {
  readonly open: boolean;
  readonly name: string;
  readonly tensors: readonly SourceTensor[];
  readonly chosen: ChosenSources;
  choose(target: string, source: string | null): void;
  close(): void;
}

export const useStartWeights = create<StartWeights>()((set) => ({
  open: false,
  name: '',
  tensors: [],
  chosen: {},
  choose: (target, source) => set(({ chosen }) => ({ chosen: { ...chosen, [target]: source } })),
  close: () => set({ open: false, tensors: [], chosen: {} }),
}));

function notifyError(error: unknown): void {
  if (error instanceof UserError) useUi.getState().notify({ tone: 'bad', about: 'weights', message: error.text });
  else console.error(error);
}

async function openWeights(source: CallArgs<'openWeights'>['source']): Promise<void> {
  const { notify, settle } = useUi.getState();
  useDocument.getState().commit();
  if (useDocument.getState().rootCheck.graph === null) {
    notify({ tone: 'bad', about: 'weights', message: { key: 'fineTuning.networkErrors' } });
    return;
  }
  try {
    const { name, tensors } = await engine.call('openWeights', { source });
    settle('weights');
    useStartWeights.setState({ open: true, name, tensors, chosen: {} });
  } catch (error) {
    notifyError(error);
  }
}

/** Asks for a file with weights and shows which of them fit the network. */
export async function loadWeights(): Promise<void> {
  const { path } = await callDesktop('chooseData', 'weights');
  if (path !== null) await openWeights({ kind: 'file', path });
}

/** Shows which weights of a checkpoint fit the network. */
export const loadRunWeights = (at: CheckpointRef, name: string): Promise<void> =>
  openWeights({ kind: 'run', at, name });

/** Gives the network the weights of the table; the next run starts from them. `all`: number of tensors of the network. */
export async function takeStartWeights(all: number): Promise<void> {
  const { chosen, name, close } = useStartWeights.getState();
  const { root } = useDocument.getState();
  try {
    const { taken } = await engine.call('useWeights', { document: root, chosen });
    close();
    useCheckpoint.getState().go(null);
    useRun.getState().weightsTaken(null);
    leaveQueue();
    if (root.recipe.start !== 'held') {
      useDocument.getState().editRoot([{ kind: 'setRecipe', recipe: { ...root.recipe, start: 'held' } }]);
    }
    useUi.getState().notify({
      tone: 'good',
      about: 'weights',
      message: { key: 'fineTuning.taken', values: { name, taken, all } },
    });
  } catch (error) {
    notifyError(error);
  }
}
