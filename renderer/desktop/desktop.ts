import {
  type DesktopApi,
  type DesktopArgs,
  type DesktopCall,
  type DesktopResult,
  desktopCalls,
  menuCommand,
} from '../../src/protocol.ts';

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly netloom: DesktopApi;
  }
}

/** A call to the main process; what it answers is validated. */
export async function callDesktop<C extends DesktopCall>(call: C, ...args: DesktopArgs<C>): Promise<DesktopResult<C>> {
  const ask = window.netloom[call] as (...values: DesktopArgs<C>) => Promise<unknown>;
  return desktopCalls[call].result.parse(await ask(...args)) as DesktopResult<C>;
}

export const onMenuCommand = (listener: (command: string) => void): (() => void) =>
  window.netloom.onCommand((command) => listener(menuCommand.parse(command)));
