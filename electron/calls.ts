import type { WebContents } from 'electron';
import { type DesktopArgs, type DesktopCall, type DesktopResult, desktopCalls } from '../src/desktopCalls.ts';

export type CallHandlers = {
  readonly [C in DesktopCall]: (...args: DesktopArgs<C>) => Promise<DesktopResult<C>>;
};

function answer<C extends DesktopCall>(contents: WebContents, call: C, handler: CallHandlers[C]): void {
  contents.ipc.handle(call, (event, ...args: unknown[]) => {
    if (event.senderFrame !== contents.mainFrame) throw new Error(`${call}: not from the window's own page`);
    // The schema of this very call: the cast only says what the loop over all calls cannot.
    return handler(...(desktopCalls[call].args.parse(args) as DesktopArgs<C>));
  });
}

/** Answers the calls of one window's own page, and of no other; arguments are validated. Ends with the window. */
export function answerCalls(contents: WebContents, handlers: CallHandlers): void {
  for (const call of Object.keys(desktopCalls) as DesktopCall[]) answer(contents, call, handlers[call]);
}
