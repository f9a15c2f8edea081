import { type RefObject, useEffect, useRef, useState } from 'react';

/**
 * Distance from the visible area at which an element already counts as visible, so that it is ready when it scrolls in.
 */
const AHEAD = '200px';
/** Longest wait for an idle period (ms). */
const LATEST = 400;

/** True once the element is visible and the window has been idle since. */
export function useVisible<E extends HTMLElement>(): readonly [RefObject<E | null>, boolean] {
  const element = useRef<E>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (element.current === null || seen) return;
    let idle = 0;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        idle = requestIdleCallback(() => setSeen(true), { timeout: LATEST });
      },
      { rootMargin: AHEAD },
    );
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      cancelIdleCallback(idle);
    };
  }, [seen]);
  return [element, seen];
}
