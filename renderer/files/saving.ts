import { callDesktop } from '../desktop/desktop.ts';
import { namesTold } from '../run/followNames.ts';
import { isUnsaved, useDocument, useRun, useUi } from '../stores/stores.ts';

/** Ends what is being typed or dragged, so that it is part of what is saved. */
export function settle(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  useDocument.getState().commit();
}

/** Returns whether it was saved: the user may have thought better of it. */
export async function saveFile(as: boolean): Promise<boolean> {
  settle();
  const { root } = useDocument.getState();
  const { notify } = useUi.getState();
  await namesTold();
  const answer = await callDesktop('save', root, { as });
  if (!answer.ok) notify({ tone: 'bad', about: 'save', message: answer.message });
  if (!answer.ok || answer.saved === null) return false;
  const { path, name } = answer.saved;
  useDocument.getState().markSaved(root, path, name);
  useRun.getState().weightsSaved();
  notify({ tone: 'good', about: 'save', message: { key: 'file.saved', values: { path } } });
  return true;
}

/** Asks about unsaved work before another network takes its place. */
export async function mayLeave(): Promise<boolean> {
  settle();
  if (!isUnsaved()) return true;
  const answer = await callDesktop('askUnsaved');
  if (answer === 'save') return saveFile(false);
  return answer === 'discard';
}
