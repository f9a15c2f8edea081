import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { LookResult } from '../../../src/protocol/look.ts';
import type { CheckpointRef } from '../../../src/runs/record.ts';
import { UserError } from '../../../src/text.ts';
import { engine } from '../../state/desktop/engine.ts';
import { oneAtATime } from '../../state/desktop/oneAtATime.ts';
import { readKept } from '../../state/travel/keptStore.ts';
import type { Message } from '../../ui/i18n/i18n.ts';

export interface LookQuestion {
  readonly document: NetworkDocument;
  readonly nodes: readonly string[];
  readonly weights: boolean;
  readonly maps: number;
  readonly side: number;
  readonly sample: number;
  /** The kept checkpoint whose weights are looked at; null: now. */
  readonly at: CheckpointRef | null;
  /** What the weights are compared with, where that is kept. */
  readonly start: CheckpointRef | null;
}

export interface LookAnswer {
  /** What it is the answer to. */
  readonly wanted: LookQuestion;
  readonly looked: LookResult | null;
  /** Why there is nothing to see. */
  readonly message: Message | null;
}

/** Null: nothing is wanted any more, and no answer is shown. */
export const createAsking = (show: (seen: LookAnswer) => void): ((wanted: LookQuestion | null) => Promise<void>) =>
  oneAtATime(async (wanted, newest) => {
    const seen = wanted && (await ask(wanted));
    if (seen !== null && newest() !== null) show(seen);
  });

async function ask(wanted: LookQuestion): Promise<LookAnswer | null> {
  const { sample, at, start, ...rest } = wanted;
  try {
    const looked = await engine.call('look', {
      ...rest,
      sample: { kind: 'validation', index: sample },
      ...(at === null ? {} : { at }),
      ...(start === null ? {} : { start }),
    });
    return { wanted, looked, message: looked.problem };
  } catch (error) {
    // Without words of its own it is an engine that stopped, which is told elsewhere.
    if (!(error instanceof UserError)) return null;
    // Checkpoints are thinned out while a run goes on.
    if (at !== null) void readKept();
    return { wanted, looked: null, message: error.text };
  }
}
