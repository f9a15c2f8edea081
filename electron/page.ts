import type { BrowserWindow } from 'electron';
import { HANDED } from '../src/desktopCalls.ts';
import { PAGE } from './pageProtocol.ts';

/** Time in ms after which a page without an answer counts as unresponsive. */
const PATIENCE = 10_000;

/** The page of one window. */
export interface Page {
  /** Loads the page. `handed`: the page opens the handed network instead of showing the start page. */
  load(handed: boolean): void;
  /** Called when the loaded page listens to commands. */
  listens(): void;
  send(channel: 'command' | 'handed' | 'library', ...args: string[]): void;
  /** Sends a command, after the page has begun to listen. */
  sendWhenReady(command: string): void;
  /** True if the page runs its script. */
  responds(): Promise<boolean>;
}

export function pageOf(window: BrowserWindow): Page {
  let loads = 0;
  let ready: Promise<void> = Promise.resolve();
  let isReady = (): void => {};

  function send(channel: 'command' | 'handed' | 'library', ...args: string[]): void {
    if (!window.isDestroyed()) window.webContents.send(channel, ...args);
  }

  return {
    send,
    sendWhenReady(command) {
      ready.then(() => send('command', command));
    },
    load(handed) {
      ready = new Promise((resolve) => {
        isReady = resolve;
      });
      // Each load needs another address: the same address with another fragment would only scroll.
      window.loadURL(`${PAGE}?${loads++}${handed ? `#${HANDED}` : ''}`).catch((error: unknown) => console.error(error));
    },
    listens: () => isReady(),
    responds: () =>
      Promise.race([
        ready.then(() => window.webContents.executeJavaScript('true')).catch(() => false),
        new Promise<false>((resolve) => setTimeout(resolve, PATIENCE, false)),
      ]),
  };
}
