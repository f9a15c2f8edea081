import { setImmediate } from 'node:timers/promises';

/** Yields to other tasks of the thread if they have waited long enough. */
export type Yield = () => Promise<void> | undefined;

/** Limit in milliseconds, so that a command during a run takes effect within 100 ms. */
const LONGEST = 20;

/** Returns a function to call between small parts of long work on a thread that also handles messages. */
export function createYield(): Yield {
  let worked = performance.now();
  return () => {
    if (performance.now() - worked < LONGEST) return undefined;
    return setImmediate().then(() => {
      worked = performance.now();
    });
  };
}
