import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect } from 'react';

interface Options {
  readonly count: number;
  /** Of every row, in pixels. */
  readonly rowHeight: number;
  /** The row that is brought into sight; -1 where there is none. */
  readonly at: number;
  /** What scrolls. */
  readonly frame: RefObject<HTMLElement | null>;
  /** In pixels: what lies over the first rows and over the last. */
  readonly over?: readonly [start: number, end: number];
}

/** The rows that are in sight or nearly so, and the height of all. */
export function useRowsInSight({ count, rowHeight, at, frame, over = [0, 0] }: Options) {
  const { getVirtualItems, getTotalSize, scrollToIndex } = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollPaddingStart: over[0],
    scrollPaddingEnd: over[1],
  });
  useEffect(() => {
    if (at >= 0) scrollToIndex(at, { align: 'auto' });
  }, [at, scrollToIndex]);
  return { rows: getVirtualItems(), height: getTotalSize() };
}
