import type { Message } from '../../ui/i18n/i18n.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { useUi } from '../stores/stores.ts';
import type { Subject } from '../stores/uiStore.ts';

interface SaveNotices {
  /** Subject of the notices about failure and success. */
  readonly about: Subject;
  saved(path: string): { readonly message: Message; readonly detail?: Message };
}

/** Asks for a file name, writes the bytes and notifies the user. False if the user cancels or writing fails. */
export async function saveFile(
  name: string,
  extension: string,
  bytes: Uint8Array<ArrayBuffer>,
  { about, saved }: SaveNotices,
): Promise<boolean> {
  const filters = [{ name: extension.toUpperCase(), extensions: [extension] }];
  const answer = await callDesktop('saveFile', { suggestedName: `${name}.${extension}`, filters, bytes });
  const { notify } = useUi.getState();
  if (!answer.ok) notify({ tone: 'bad', about, message: answer.message });
  if (!answer.ok || answer.path === null) return false;
  notify({ tone: 'good', about, ...saved(answer.path) });
  return true;
}
