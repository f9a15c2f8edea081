import { create } from 'zustand';
import type { Edit } from '../../../src/graph/edits.ts';
import { type ChosenSources, fits, type SourceTensor } from '../../../src/plan/matchWeights.ts';
import { setWeightsAside, tensorsIn, type WeightScope } from '../../../src/plan/otherWeights.ts';
import type { CallArgs } from '../../../src/protocol/calls.ts';
import type { CheckpointRef } from '../../../src/runs/record.ts';
import { UserError } from '../../../src/text.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { engine } from '../desktop/engine.ts';
import { useDocument, useRun, useUi } from '../stores/stores.ts';
import { useCheckpoint } from '../travel/checkpointStore.ts';
import { leaveQueue } from './leaveQueue.ts';

/** Weights of a file or run that the engine has opened, and the sources that the user chose. */
interface StartWeights {
  readonly open: boolean;
  readonly name: string;
  /** The part of the network that gets them. */
  readonly scope: WeightScope;
  readonly tensors: readonly SourceTensor[];
  readonly chosen: ChosenSources;
  choose(target: string, source: string | null): void;
  close(): void;
}

export const useStartWeights = create<StartWeights>()((set) => ({
  open: false,
  name: '',
  scope: null,
  tensors: [],
  chosen: {},
  choose: (target, source) => set(({ chosen }) => ({ chosen: { ...chosen, [target]: source } })),
  close: () => set({ open: false, tensors: [], chosen: {} }),
}));

type Source = CallArgs<'openWeights'>['source'];

function notifyError(error: unknown): void {
  if (error instanceof UserError) useUi.getState().notify({ tone: 'bad', about: 'weights', message: error.text });
  else console.error(error);
}

async function openWeights(source: Source, scope: WeightScope): Promise<void> {
  const { notify, settle } = useUi.getState();
  useDocument.getState().commit();
  if (useDocument.getState().rootCheck.graph === null) {
    notify({ tone: 'bad', about: 'weights', message: { key: 'fineTuning.networkErrors' } });
    return;
  }
  try {
    const { name, tensors } = await engine.call('openWeights', { source });
    settle('weights');
    useStartWeights.setState({ open: true, name, scope, tensors, chosen: {} });
  } catch (error) {
    notifyError(error);
  }
}

/** Asks for a file with weights and shows which of them fit the network, or a part of it. */
export async function loadWeights(scope: WeightScope = null): Promise<void> {
  const { path } = await callDesktop('chooseData', 'weights');
  if (path !== null) await openWeights({ kind: 'file', path }, scope);
}

/** Shows which weights of a checkpoint fit the network, or a part of it. */
export const loadRunWeights = (at: CheckpointRef, name: string, scope: WeightScope = null): Promise<void> =>
  openWeights({ kind: 'run', at, name }, scope);

/**
 * Gives a part of the network the opened weights, in one undo step with `before`. Returns the number of tensors that get
 * some.
 */
async function take(scope: WeightScope, chosen: ChosenSources, before: readonly Edit[]): Promise<number> {
  const { root, rootCheck, editRoot } = useDocument.getState();
  if (rootCheck.graph === null) return 0;
  editRoot([...before, ...setWeightsAside(root, rootCheck.graph, scope)]);
  const taken = await engine.call('useWeights', { document: useDocument.getState().root, chosen, scope }).then(
    (answer) => answer.taken,
    (error) => {
      useDocument.getState().undo();
      throw error;
    },
  );
  useCheckpoint.getState().go(null);
  useRun.getState().weightsTaken(null);
  leaveQueue();
  return taken;
}

const undo = { label: { key: 'fineTuning.undo' }, run: () => useDocument.getState().undo() } as const;

/** Gives the network the weights of the table; the next run starts from them. `all`: number of tensors of the network. */
export async function takeStartWeights(all: number): Promise<void> {
  const { chosen, name, scope, close } = useStartWeights.getState();
  const { recipe } = useDocument.getState().root;
  try {
    const taken = await take(scope, chosen, [{ kind: 'setRecipe', recipe: { ...recipe, start: 'held' } }]);
    close();
    useUi.getState().notify({
      tone: 'good',
      about: 'weights',
      message:
        scope === null
          ? { key: 'fineTuning.taken', values: { name, taken, all } }
          : { key: 'weights.loaded', values: { scope, name } },
      action: undo,
    });
  } catch (error) {
    notifyError(error);
  }
}

/**
 * Gives every tensor of a part of the network that of the same name and shape in the source, or refuses if one is missing.
 * `before`: edits of the same undo step.
 */
export async function resetWeights(scope: string, source: Source, before: readonly Edit[] = []): Promise<void> {
  const { notify } = useUi.getState();
  useDocument.getState().commit();
  const { graph } = useDocument.getState().rootCheck;
  if (graph === null) {
    notify({ tone: 'bad', about: 'weights', message: { key: 'fineTuning.networkErrors' } });
    return;
  }
  try {
    const { name, tensors } = await engine.call('openWeights', { source });
    const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
    const targets = tensorsIn(graph, scope);
    const odd = targets.find((target) => {
      const found = byName.get(target.name);
      return found === undefined || !fits(target.shape, found);
    });
    if (odd !== undefined) {
      const found = byName.get(odd.name)?.shape.join('×');
      notify({
        tone: 'bad',
        about: 'weights',
        message:
          found === undefined
            ? { key: 'weights.notIn', values: { tensor: odd.name, name } }
            : { key: 'weights.otherShape', values: { tensor: odd.name, name, found, shape: odd.shape.join('×') } },
      });
      return;
    }
    await take(scope, Object.fromEntries(targets.map((target) => [target.name, target.name])), before);
    notify({
      tone: 'good',
      about: 'weights',
      message: { key: 'weights.loaded', values: { scope, name } },
      action: undo,
    });
  } catch (error) {
    notifyError(error);
  }
}
