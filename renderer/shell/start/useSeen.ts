import { type RefObject, useEffect, useRef, useState } from 'react';

/** How far from being seen something counts as seen, so that scrolling finds it ready. */
const AHEAD = '200px';
/** How long a moment may be waited for (ms). */
const LATEST = 400;

/** Whether the element has come into sight, and the window had a moment since. */
export function useSeen<E extends HTMLElement>(): readonly [RefObject<E | null>, boolean] {
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
