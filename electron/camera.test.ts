import { type BrowserWindow, dialog, type WebContents } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { allowCamera, mayCheck, mayRequest } from './camera.ts';

vi.mock('electron', () => ({
  dialog: { showMessageBox: vi.fn() },
  systemPreferences: { askForMediaAccess: async () => true },
}));

const question = vi.mocked(
  dialog.showMessageBox as unknown as (window: BrowserWindow) => Promise<{ response: number }>,
);
const [YES, NO] = [0, 1];
const answers = (response: number) => question.mockResolvedValue({ response });
beforeEach(() => {
  question.mockReset();
});

const newWindow = () => ({ webContents: {} }) as BrowserWindow;
const ask = (window: BrowserWindow) => allowCamera(window, true, 'en');
const giveBack = (window: BrowserWindow) => allowCamera(window, false, 'en');

/** True if the page gets the picture of the camera. */
const mayUse = ({ webContents }: BrowserWindow) =>
  mayRequest(webContents, 'media', { isMainFrame: true, mediaTypes: ['video'] }) &&
  mayCheck(webContents, 'media', { isMainFrame: true, mediaType: 'video' });

describe('the question about the camera', () => {
  it('is asked before the first use: without an answer the page has no camera', async () => {
    const window = newWindow();
    expect(mayUse(window)).toBe(false);
    let answer = (_: { response: number }): void => {};
    question.mockReturnValue(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const asked = ask(window);
    expect(mayUse(window)).toBe(false);
    answer({ response: YES });
    expect(await asked).toBe(true);
    expect(mayUse(window)).toBe(true);
  });

  it('is asked once for a window, and the camera is free only while it is used', async () => {
    const window = newWindow();
    answers(YES);
    await ask(window);
    await giveBack(window);
    expect(mayUse(window)).toBe(false);
    expect(await ask(window)).toBe(true);
    expect(mayUse(window)).toBe(true);
    expect(question).toHaveBeenCalledTimes(1);
  });

  it('is asked for each window', async () => {
    const [one, other] = [newWindow(), newWindow()];
    answers(YES);
    await ask(one);
    expect(mayUse(other)).toBe(false);
    await ask(other);
    expect(question).toHaveBeenCalledTimes(2);
  });

  it('is asked again after a no', async () => {
    const window = newWindow();
    answers(NO);
    expect(await ask(window)).toBe(false);
    expect(mayUse(window)).toBe(false);
    answers(YES);
    expect(await ask(window)).toBe(true);
  });

  it('is not asked when the camera is given back', async () => {
    expect(await giveBack(newWindow())).toBe(true);
    expect(question).not.toHaveBeenCalled();
  });
});

describe('a page that may use the camera', () => {
  const requests: [name: string, permission: string, details: Parameters<typeof mayRequest>[2], may: boolean][] = [
    ['the camera', 'media', { isMainFrame: true, mediaTypes: ['video'] }, true],
    ['the microphone', 'media', { isMainFrame: true, mediaTypes: ['audio'] }, false],
    ['camera and microphone', 'media', { isMainFrame: true, mediaTypes: ['video', 'audio'] }, false],
    ['nothing in particular', 'media', { isMainFrame: true }, false],
    ['the camera for a frame inside', 'media', { isMainFrame: false, mediaTypes: ['video'] }, false],
    ['the place of the user', 'geolocation', { isMainFrame: true, mediaTypes: ['video'] }, false],
  ];

  it.each(requests)('asks for %s', async (_name, permission, details, may) => {
    const window = newWindow();
    answers(YES);
    await ask(window);
    const { mediaTypes, ...rest } = details;
    const check = { ...rest, ...(mediaTypes !== undefined && { mediaType: mediaTypes.at(-1) as string }) };
    expect(mayRequest(window.webContents, permission, details)).toBe(may);
    expect(mayCheck(window.webContents, permission, check)).toBe(may);
    expect(mayRequest({} as WebContents, permission, details)).toBe(false);
    expect(mayRequest(null, permission, details)).toBe(false);
  });
});
