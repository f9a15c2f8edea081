import { useRef, useState } from 'react';

/** Values of a form that are not in force yet. */
export interface Draft<T> {
  readonly value: T;
  /** The values after all changes, also within the event that makes them: a choice is changed and committed at once. */
  latest(): T;
  change(next: T): void;
}

export function useDraft<T>(start: T): Draft<T> {
  const [value, setValue] = useState(start);
  const latest = useRef(start);
  return {
    value,
    latest: () => latest.current,
    change(next) {
      latest.current = next;
      setValue(next);
    },
  };
}
