import { useEffect, useState } from 'react';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { TensorFacts } from '../../../src/protocol/look.ts';
import type { CheckpointRef } from '../../../src/runs/record.ts';
import { UserError } from '../../../src/text.ts';
import { engine } from '../../state/desktop/engine.ts';
import { oneAtATime } from '../../state/desktop/oneAtATime.ts';
import type { Message } from '../../ui/i18n/i18n.ts';
import { useWeightsKey } from '../look/useWeightsKey.ts';

export interface TensorRequest {
  readonly document: NetworkDocument;
  /** Checkpoint with the weights to show; null for the current weights. */
  readonly at: CheckpointRef | null;
  /** Checkpoint with the weights to compare with. */
  readonly start: CheckpointRef | null;
}

interface Reply {
  readonly of: NetworkDocument;
  readonly tensors: readonly TensorFacts[];
  readonly trained: boolean;
  /** Reason why there are no tensors. */
  readonly message: Message | null;
}

/** Statistics of all weights; they are computed again when the weights change. The last ones stay until then. */
export function useTensors(wanted: TensorRequest | null): Reply | null {
  const [reply, setReply] = useState<Reply | null>(null);
  const [ask] = useState(() =>
    oneAtATime<TensorRequest | null>(async (request, newest) => {
      const answer = request && (await read(request));
      if (answer !== null && newest() !== null) setReply(answer);
    }),
  );
  const weights = useWeightsKey();
  // biome-ignore lint/correctness/useExhaustiveDependencies: new weights are a reason to ask again, not an input
  useEffect(() => {
    void ask(wanted);
  }, [wanted, weights]);
  return reply !== null && reply.of === wanted?.document ? reply : null;
}

async function read({ document, at, start }: TensorRequest): Promise<Reply | null> {
  try {
    const args = { document, ...(at !== null && { at }), ...(start !== null && { start }) };
    return { of: document, ...(await engine.call('tensors', args)), message: null };
  } catch (error) {
    // Other errors mean that the engine stopped, which is reported elsewhere.
    return error instanceof UserError ? { of: document, tensors: [], trained: false, message: error.text } : null;
  }
}
