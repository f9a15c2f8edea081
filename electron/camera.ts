import { type BrowserWindow, systemPreferences, type WebContents } from 'electron';
import type { Language } from '../src/text.ts';
import { ask } from './question.ts';
import { texts } from './texts.ts';

/** Pages in which the user is using the camera. */
const allowed = new WeakSet<WebContents>();
/** Windows in which the user has allowed the camera. */
const agreed = new WeakSet<BrowserWindow>();

/** Asks once per window. The main process asks, because a page could answer its own question. */
async function agrees(window: BrowserWindow, language: Language): Promise<boolean> {
  if (agreed.has(window)) return true;
  const words = texts[language];
  const response = await ask(window, {
    type: 'question',
    message: words.cameraQuestion,
    detail: words.cameraDetail,
    buttons: [words.useCamera, words.cancel],
  });
  if (response === 0) agreed.add(window);
  return response === 0;
}

/**
 * Allows or forbids the camera for a page; the result is true if the page may use it. On a Mac, the system also asks
 * the user.
 */
export async function allowCamera(window: BrowserWindow, wanted: boolean, language: Language): Promise<boolean> {
  const { webContents } = window;
  allowed.delete(webContents);
  if (!wanted) return true;
  const granted =
    (await agrees(window, language)) &&
    (process.platform !== 'darwin' || (await systemPreferences.askForMediaAccess('camera')));
  if (granted) allowed.add(webContents);
  return granted;
}

interface Details {
  readonly isMainFrame: boolean;
  readonly mediaTypes?: readonly string[];
  readonly mediaType?: string;
}

const isOwnFrame = (contents: WebContents | null, permission: string, { isMainFrame }: Details): boolean =>
  contents !== null && permission === 'media' && isMainFrame && allowed.has(contents);

/** Only the page of a window may use the camera, and never the microphone. */
export const mayRequest = (contents: WebContents | null, permission: string, details: Details): boolean =>
  isOwnFrame(contents, permission, details) && details.mediaTypes?.join() === 'video';

export const mayCheck = (contents: WebContents | null, permission: string, details: Details): boolean =>
  isOwnFrame(contents, permission, details) && details.mediaType === 'video';
