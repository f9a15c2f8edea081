import type { TrainedSource } from '../../../src/desktopCalls.ts';
import type { Message } from '../../ui/i18n/i18n.ts';
import { whole } from '../../ui/i18n/numbers.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { namesSent } from '../run/followNames.ts';
import { recovered } from '../run/recovering.ts';
import { isUnsaved, useDocument, useRun, useUi } from '../stores/stores.ts';
import { replaced } from './replacing.ts';

/** Ends typing and dragging, so that the value is part of the saved document. */
export function settle(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  useDocument.getState().commit();
}

/** Message about the weights in a file that was saved without an engine. */
function withoutEngine(trained: TrainedSource): Message | null {
  switch (trained.kind) {
    case 'engine':
      return null;
    case 'file':
      return { key: 'file.savedOldWeights' };
    case 'none':
      return { key: 'file.savedNoWeights' };
    case 'checkpoint':
      return { key: 'file.savedCheckpoint', values: { step: whole(trained.step) } };
    default:
      return trained satisfies never;
  }
}

/** Saves the network. Null if it was not saved, for example because the user canceled. */
async function save(as: boolean): Promise<TrainedSource | null> {
  await replaced();
  settle();
  await recovered();
  const { root, generation } = useDocument.getState();
  const { notify } = useUi.getState();
  await namesSent();
  const before = useRun.getState();
  const { run: id, moved, weightsUnsaved } = before;
  const run = id !== null && weightsUnsaved ? { id, moved: [...moved] } : null;
  const answer = await callDesktop('save', root, { as, run });
  if (!answer.ok) notify({ tone: 'bad', about: 'save', message: answer.message });
  if (!answer.ok || answer.saved === null) return null;
  const { path, name, trained } = answer.saved;
  // Meanwhile another network may have been opened, or the weights may have changed.
  if (useDocument.getState().generation === generation) {
    useDocument.getState().markSaved(root, path, name);
    const { run, step } = useRun.getState();
    if (run === before.run && step === before.step) useRun.getState().weightsSaved();
  }
  const saved = { key: 'file.saved', values: { path } } as const;
  const detail = withoutEngine(trained);
  if (detail === null) notify({ tone: 'good', about: 'save', message: saved });
  else notify({ tone: 'bad', about: 'save', message: saved, detail });
  return trained;
}

/** Returns true if the network was saved. */
export const saveNetwork = async (as: boolean): Promise<boolean> => (await save(as)) !== null;

/**
 * Returns true if network and weights were saved. A crash of the engine may have lost the newest weights, which the
 * user is told.
 */
export const saveWhole = async (): Promise<boolean> => (await save(false))?.kind === 'engine';

/** Reloads the window with the current network. */
export async function loadWindowAgain(): Promise<void> {
  if (isUnsaved()) await callDesktop('keep', { document: useDocument.getState().root, weights: false });
  await callDesktop('loadAgain');
}

/** Asks the user about unsaved work before another network replaces it. */
export async function mayLeave(): Promise<boolean> {
  settle();
  if (!isUnsaved()) return true;
  const answer = await callDesktop('askUnsaved');
  if (answer === 'save') return saveNetwork(false);
  return answer === 'discard';
}
