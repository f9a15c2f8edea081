import type { TrainedSource } from '../../src/desktopCalls.ts';
import { callDesktop } from '../desktop/desktop.ts';
import type { Message } from '../i18n/i18n.ts';
import { whole } from '../i18n/numbers.ts';
import { namesTold } from '../run/followNames.ts';
import { isUnsaved, useDocument, useRun, useUi } from '../stores/stores.ts';
import { replaced } from './replacing.ts';

/** Ends what is being typed or dragged, so that it is part of what is saved. */
export function settle(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  useDocument.getState().commit();
}

/** Says which weights a file has that was saved without an engine. */
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

/** Returns whether it was saved: the user may have thought better of it. */
export async function saveFile(as: boolean): Promise<boolean> {
  await replaced();
  settle();
  const { root } = useDocument.getState();
  const { notify } = useUi.getState();
  await namesTold();
  const { run: id, moved, weightsUnsaved } = useRun.getState();
  const run = id !== null && weightsUnsaved ? { id, moved: [...moved] } : null;
  const answer = await callDesktop('save', root, { as, run });
  if (!answer.ok) notify({ tone: 'bad', about: 'save', message: answer.message });
  if (!answer.ok || answer.saved === null) return false;
  const { path, name, trained } = answer.saved;
  useDocument.getState().markSaved(root, path, name);
  useRun.getState().weightsSaved();
  const saved = { key: 'file.saved', values: { path } } as const;
  const detail = withoutEngine(trained);
  if (detail === null) notify({ tone: 'good', about: 'save', message: saved });
  else notify({ tone: 'bad', about: 'save', message: saved, detail });
  return true;
}

/** The window is loaded again, with the drawing as it is now. */
export async function loadWindowAgain(): Promise<void> {
  if (isUnsaved()) await callDesktop('keep', { document: useDocument.getState().root, weights: false });
  await callDesktop('loadAgain');
}

/** Asks about unsaved work before another network takes its place. */
export async function mayLeave(): Promise<boolean> {
  settle();
  if (!isUnsaved()) return true;
  const answer = await callDesktop('askUnsaved');
  if (answer === 'save') return saveFile(false);
  return answer === 'discard';
}
