import { useEffect, useState } from 'react';
import type { TransformStep } from '../../../src/graph/document.ts';
import type { CallAnswer, CallArgs } from '../../../src/protocol/calls.ts';
import { type Text, UserError } from '../../../src/text.ts';
import { useRetry } from '../../state/data/dataReturn.ts';
import { engine } from '../../state/desktop/engine.ts';
import { oneAtATime } from '../../state/desktop/oneAtATime.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';
import { SHOWN } from './galleryStore.ts';

export type Variants = CallAnswer<'variants'>;

/** Variants and the settings that they are made with. */
export interface ShownVariants {
  readonly answer: Variants;
  readonly transforms: readonly TransformStep[];
  readonly seed: number;
  /** Type of the mixing of the batch after the transforms; null for none. */
  readonly mixing: string | null;
}

export interface VariantsState {
  /** The last answer; null before the first. */
  readonly shown: ShownVariants | null;
  /** Reason why there is no newer answer. */
  readonly problem: Text | null;
}

const failed: Text = { en: 'The variants could not be computed.', zh: '无法计算变换结果。' };

/** Variants of a sample, computed again whenever the data, the transforms or the seed change. */
export function useVariants(sample: CallArgs<'variants'>['sample'], epoch: number): VariantsState {
  const data = useDocument(({ root }) => root.data);
  const seed = useDocument(({ root }) => root.recipe.seed);
  const ready = useRun(({ engine }) => engine === 'ready');
  const [state, setState] = useState<VariantsState>({ shown: null, problem: null });
  const [ask] = useState(() =>
    oneAtATime(async (place: Pick<CallArgs<'variants'>, 'sample' | 'epoch'>) => {
      const { root: document } = useDocument.getState();
      try {
        const answer = await engine.call('variants', { document, ...place, count: SHOWN });
        const { data, recipe } = document;
        const made = { transforms: data.transforms ?? [], seed: recipe.seed, mixing: data.mixing?.type ?? null };
        setState({ shown: { answer, ...made }, problem: null });
      } catch (error) {
        const problem = error instanceof UserError ? error.text : failed;
        setState((before) => ({ ...before, problem }));
      }
    }),
  );
  const retry = useRetry(state.problem !== null);
  const key = JSON.stringify([data, seed, sample, epoch]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for all that the answer depends on
  useEffect(() => {
    if (ready) void ask({ sample, epoch });
  }, [key, ready, retry]);
  return state;
}
