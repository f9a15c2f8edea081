import { useEffect, useState } from 'react';

/**
 * For questions of which the newest counts, however late the others are answered. A call begins a question; what it
 * returns tells whether that is still the newest.
 */
export function newestWins(): () => () => boolean {
  let newest = 0;
  return () => {
    const own = ++newest;
    return () => own === newest;
  };
}

/** The answer to the question that was asked last, which is asked anew when one of `reasons` changes; until then the one before. */
export function useNewest<T>(start: T, ask: () => Promise<T>, reasons: readonly unknown[]): T {
  const [answer, setAnswer] = useState(start);
  const [begin] = useState(newestWins);
  useEffect(() => {
    const isNewest = begin();
    ask().then((found) => isNewest() && setAnswer(() => found), console.error);
    // biome-ignore lint/correctness/useExhaustiveDependencies: the caller says what a reason is
  }, reasons);
  return answer;
}
