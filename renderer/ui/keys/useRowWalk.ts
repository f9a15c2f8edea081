import { type KeyboardEvent, type RefObject, useRef } from 'react';
import { rowAfter } from './rowKeys.ts';

/** Keys that move from row to row. */
export interface RowWalk {
  /** Id of the row that gets the focus when it is rendered. */
  readonly focusNext: RefObject<string | null>;
  onKey(event: KeyboardEvent): void;
}

/** Moves the chosen row, `ids[at]`, by keys; the focus follows. */
export function useRowWalk(ids: readonly string[], at: number, choose: (index: number) => void): RowWalk {
  const focusNext = useRef<string | null>(null);
  return {
    focusNext,
    onKey(event) {
      const to = rowAfter(event.key, at, ids.length);
      if (to === null) return;
      event.preventDefault();
      focusNext.current = ids[to] ?? null;
      choose(to);
    },
  };
}
