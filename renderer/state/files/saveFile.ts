import type { Message } from '../../ui/i18n/i18n.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { useUi } from '../stores/stores.ts';
import type { Subject } from '../stores/uiStore.ts';

interface SaveNotices {
  /** Of the notice that it failed, and of the one that it is there. */
  readonly about: Subject;
  saved(path: string): { readonly message: Message; readonly detail?: Message };
}

/** Asks where to, writes the bytes and tells how it went. False: they are not there, by the user's choice or by a failure. */
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
