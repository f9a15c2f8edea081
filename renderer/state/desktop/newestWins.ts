import { useEffect, useState } from 'react';

/**
 * Guard for asynchronous requests of which only the newest counts. Each call starts a request and returns a function
 * that is true while no newer request has started.
 */
export function newestWins(): () => () => boolean {
  let newest = 0;
  return () => {
    const own = ++newest;
    return () => own === newest;
  };
}

/**
 * Result of the newest request, which is repeated when one of `reasons` changes; the previous result until it arrives.
 */
export function useNewest<T>(start: T, ask: () => Promise<T>, reasons: readonly unknown[]): T {
  const [answer, setAnswer] = useState(start);
  const [begin] = useState(newestWins);
  useEffect(() => {
    const isNewest = begin();
    ask().then((found) => isNewest() && setAnswer(() => found), console.error);
    // biome-ignore lint/correctness/useExhaustiveDependencies: the caller lists the dependencies
  }, reasons);
  return answer;
}
