import { useEffect, useState } from 'react';
import { readingKey } from '../../../src/data/readingKey.ts';
import type { CallAnswer } from '../../../src/protocol/calls.ts';
import { type Text, UserError } from '../../../src/text.ts';
import { engine } from '../desktop/engine.ts';
import { useDocument, useRun } from '../stores/stores.ts';
import { useRetry } from './dataReturn.ts';

export type SplitDescription = CallAnswer<'describeSplit'>;

/** Milliseconds without a change of the split before the engine is asked. */
const PAUSE = 150;

interface CountedSplit {
  readonly key: string;
  readonly description: SplitDescription | null;
  readonly problem: Text | null;
}

/** Samples of every part of the document's split; the last ones until others are known. `isOpen`: the data can be read. */
export function useSplitCounts(isOpen: boolean): CountedSplit | null {
  const key = useDocument(({ root }) => readingKey(root.data));
  const ready = useRun((state) => state.engine === 'ready');
  const [asked, setAsked] = useState<CountedSplit | null>(null);
  const retry = useRetry(asked !== null && asked.problem !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other settings and returned data are reasons to ask again
  useEffect(() => {
    if (!ready || !isOpen) return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      try {
        const description = await engine.call('describeSplit', { document: useDocument.getState().root });
        if (isCurrent) setAsked({ key, description, problem: null });
      } catch (error) {
        // Other errors mean that the engine stopped, which is reported elsewhere.
        if (isCurrent && error instanceof UserError) setAsked({ key, description: null, problem: error.text });
      }
    }, PAUSE);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [key, ready, isOpen, retry]);
  return asked;
}
