import {
  type DesktopApi,
  type DesktopArgs,
  type DesktopCall,
  type DesktopResult,
  desktopCalls,
  menuCommand,
} from '../../../src/desktopCalls.ts';

declare global {
  interface Window {
    /** Defined by the preload script. */
    readonly netloom: DesktopApi;
  }
}

/** Calls the main process and validates the result. */
export async function callDesktop<C extends Exclude<DesktopCall, 'openDropped'>>(
  call: C,
  ...args: DesktopArgs<C>
): Promise<DesktopResult<C>> {
  const ask = window.netloom[call] as (...values: DesktopArgs<C>) => Promise<unknown>;
  return desktopCalls[call].result.parse(await ask(...args)) as DesktopResult<C>;
}

/** Opens files that were dropped on the window: the first one in this window, the others in new ones. */
export const openDropped = async (files: readonly File[]): Promise<DesktopResult<'openDropped'>> =>
  desktopCalls.openDropped.result.parse(await window.netloom.openDropped(files));

/** Called when the main process has a file for this window, to be opened as `handed`. */
export const onHanded = (listener: () => void): (() => void) => window.netloom.onHanded(listener);

/** Called when the block library has changed. */
export const onLibrary = (listener: () => void): (() => void) => window.netloom.onLibrary(listener);

export const onMenuCommand = (listener: (command: string) => void): (() => void) =>
  window.netloom.onCommand((command) => listener(menuCommand.parse(command)));
