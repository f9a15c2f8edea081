import { type RefObject, useEffect, useState } from 'react';

/** True while an element is narrower than its `content`. A change of `content` measures again. */
export function useOverflows(element: RefObject<HTMLElement | null>, content: string): boolean {
  const [overflows, setOverflows] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other content has another width
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const measure = () => setOverflows(current.scrollWidth > current.clientWidth + 1);
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    measure();
    return () => observer.disconnect();
  }, [element, content]);
  return overflows;
}
