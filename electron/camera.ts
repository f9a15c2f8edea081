import { type BrowserWindow, dialog, systemPreferences, type WebContents } from 'electron';
import type { Language } from '../src/text.ts';
import { texts } from './texts.ts';

/** Pages whose user has asked for the camera, and is not done with it. */
const allowed = new WeakSet<WebContents>();
/** Windows whose user has said yes. */
const agreed = new WeakSet<BrowserWindow>();

/** Main's own question, once a window: the page could not ask it and answer it as well. */
async function agrees(window: BrowserWindow, language: Language): Promise<boolean> {
  if (agreed.has(window)) return true;
  const words = texts[language];
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: words.cameraQuestion,
    detail: words.cameraDetail,
    buttons: [words.useCamera, words.cancel],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (response === 0) agreed.add(window);
  return response === 0;
}

/** Whether the page can have the camera from now on. On a Mac the system asks the user as well. */
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

/** The camera without a microphone, by the window's own page. */
export const mayRequest = (contents: WebContents | null, permission: string, details: Details): boolean =>
  isOwnFrame(contents, permission, details) && details.mediaTypes?.join() === 'video';

export const mayCheck = (contents: WebContents | null, permission: string, details: Details): boolean =>
  isOwnFrame(contents, permission, details) && details.mediaType === 'video';
