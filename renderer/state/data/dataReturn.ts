import { useEffect, useState } from 'react';
import { create } from 'zustand';
import { useDocument } from '../stores/stores.ts';
import { lookAtData, useOwnData } from './ownData.ts';

interface Returns {
  /** Times at which data that could not be read may have come back. */
  readonly count: number;
}

const useReturns = create<Returns>()(() => ({ count: 0 }));

/** A reason to ask again what has failed: the number changes when missing data may be back. */
export function useRetry(hasFailed: boolean): number {
  const [retry, setRetry] = useState(0);
  useEffect(() => {
    if (hasFailed) return useReturns.subscribe(() => setRetry((before) => before + 1));
  }, [hasFailed]);
  return retry;
}

/** Calls `forget` when missing data may be back, for errors that stay until the user asks again. */
export const onReturn = (forget: () => void): (() => void) => useReturns.subscribe(forget);

/** Data may be back when it was opened, and when the user returns from another program, such as a file manager. */
export function followReturns(page: Pick<Window, 'addEventListener'>): void {
  const mayBeBack = () => useReturns.setState(({ count }) => ({ count: count + 1 }));
  useOwnData.subscribe((now, before) => {
    if (now.opened !== before.opened) mayBeBack();
  });
  page.addEventListener('focus', () => {
    const { problem, opening } = useOwnData.getState();
    const { data } = useDocument.getState().root;
    if (problem?.source === data.source && problem.wasOpen && opening === null) void lookAtData(data);
    mayBeBack();
  });
}
