import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { LookResult } from '../../../src/protocol/look.ts';
import type { CheckpointRef } from '../../../src/runs/record.ts';
import { UserError } from '../../../src/text.ts';
import { engine } from '../../state/desktop/engine.ts';
import { oneAtATime } from '../../state/desktop/oneAtATime.ts';
import { readKept } from '../../state/travel/keptStore.ts';
import type { Message } from '../../ui/i18n/i18n.ts';

export interface LookRequest {
  readonly document: NetworkDocument;
  readonly nodes: readonly string[];
  readonly weights: boolean;
  readonly maps: number;
  readonly side: number;
  readonly sample: number;
  /** Checkpoint with the weights to show; null for the current weights. */
  readonly at: CheckpointRef | null;
  /** Checkpoint with the initial weights for comparison, if it was kept. */
  readonly start: CheckpointRef | null;
}

export interface LookReply {
  /** Request for this result. */
  readonly wanted: LookRequest;
  readonly looked: LookResult | null;
  /** Reason why there is no result. */
  readonly message: Message | null;
}

/** Sends look requests one at a time. Null cancels: the result of the request in progress is not shown. */
export const createRequester = (show: (seen: LookReply) => void): ((wanted: LookRequest | null) => Promise<void>) =>
  oneAtATime(async (wanted, newest) => {
    const seen = wanted && (await ask(wanted));
    if (seen !== null && newest() !== null) show(seen);
  });

async function ask(wanted: LookRequest): Promise<LookReply | null> {
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
    // Other errors mean that the engine stopped, which is reported elsewhere.
    if (!(error instanceof UserError)) return null;
    // The checkpoint may have been deleted, since checkpoints are thinned out during a run.
    if (at !== null) void readKept();
    return { wanted, looked: null, message: error.text };
  }
}
