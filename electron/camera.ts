import { systemPreferences, type WebContents } from 'electron';

/** Pages whose user has asked for the camera, and is not done with it. */
const allowed = new WeakSet<WebContents>();

/** Whether the page can have the camera from now on. On a Mac the system asks the user as well. */
export async function allowCamera(contents: WebContents, wanted: boolean): Promise<boolean> {
  allowed.delete(contents);
  if (!wanted) return true;
  const granted = process.platform !== 'darwin' || (await systemPreferences.askForMediaAccess('camera'));
  if (granted) allowed.add(contents);
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
