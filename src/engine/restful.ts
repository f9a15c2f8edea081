import { setImmediate } from 'node:timers/promises';

/** Lets what else the thread has to do go first, if that has waited for long enough. */
export type Rest = () => Promise<void> | undefined;

/** A command during a run is to act within 100 ms. */
const LONGEST = 20;

/** To be called between small pieces of long work on a thread that has to listen, too. */
export function restful(): Rest {
  let worked = performance.now();
  return () => {
    if (performance.now() - worked < LONGEST) return undefined;
    return setImmediate().then(() => {
      worked = performance.now();
    });
  };
}
