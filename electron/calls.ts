import type { WebContents } from 'electron';
import { type DesktopArgs, type DesktopCall, type DesktopResult, desktopCalls } from '../src/desktopCalls.ts';

export type CallHandlers = {
  readonly [C in DesktopCall]: (...args: DesktopArgs<C>) => Promise<DesktopResult<C>>;
};

function answer<C extends DesktopCall>(contents: WebContents, call: C, handler: CallHandlers[C]): void {
  contents.ipc.handle(call, (event, ...args: unknown[]) => {
    if (event.senderFrame !== contents.mainFrame) throw new Error(`${call}: the caller is not the page of the window`);
    // Both sides belong to the same call, but the type of the loop over all calls cannot express that.
    return handler(...(desktopCalls[call].args.parse(args) as DesktopArgs<C>));
  });
}

/**
 * Answers the calls of the page of one window, until the window closes. Calls of other pages are refused; arguments are
 * validated.
 */
export function answerCalls(contents: WebContents, handlers: CallHandlers): void {
  for (const call of Object.keys(desktopCalls) as DesktopCall[]) answer(contents, call, handlers[call]);
}
