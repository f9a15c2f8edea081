import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect } from 'react';

interface Options {
  readonly count: number;
  /** Height of every row, in pixels. */
  readonly rowHeight: number;
  /** Row to scroll into view; -1 for none. */
  readonly at: number;
  /** The scrolling element. */
  readonly frame: RefObject<HTMLElement | null>;
  /** Heights of the sticky head and foot, which cover rows, in pixels. */
  readonly over?: readonly [start: number, end: number];
}

/** The visible rows with a few around them, and the height of all rows. */
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
