import { type BrowserWindow, ipcMain } from 'electron';
import { type DesktopArgs, type DesktopCall, type DesktopResult, desktopCalls } from '../src/protocol.ts';

export type CallHandlers = {
  readonly [C in DesktopCall]: (...args: DesktopArgs<C>) => Promise<DesktopResult<C>>;
};

function answer<C extends DesktopCall>(window: BrowserWindow, call: C, handler: CallHandlers[C]): void {
  ipcMain.handle(call, (event, ...args: unknown[]) => {
    if (event.senderFrame !== window.webContents.mainFrame) throw new Error(`${call}: not from the window's own page`);
    // The schema of this very call: the cast only says what the loop over all calls cannot.
    return handler(...(desktopCalls[call].args.parse(args) as DesktopArgs<C>));
  });
}

/** Answers the page's calls; arguments are validated, and only the window's own page is listened to. */
export function answerCalls(window: BrowserWindow, handlers: CallHandlers): void {
  for (const call of Object.keys(desktopCalls) as DesktopCall[]) answer(window, call, handlers[call]);
  window.on('closed', () => {
    for (const call of Object.keys(desktopCalls)) ipcMain.removeHandler(call);
  });
}
