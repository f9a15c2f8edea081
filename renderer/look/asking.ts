import type { NetworkDocument } from '../../src/graph/document.ts';
import type { EngineEvent } from '../../src/protocol.ts';
import { askEngine, EngineRefusal } from '../desktop/engine.ts';
import type { Message } from '../i18n/i18n.ts';

export interface Wanted {
  readonly document: NetworkDocument;
  readonly nodes: readonly string[];
  readonly weights: boolean;
  readonly maps: number;
  readonly side: number;
  readonly sample: number;
}

export interface Seen {
  /** What it is the answer to. */
  readonly wanted: Wanted;
  readonly looked: Extract<EngineEvent, { kind: 'looked' }> | null;
  /** Why there is nothing to see. */
  readonly message: Message | null;
}

/** Asks one thing at a time: while an answer is under way, only the newest question waits. */
export function createAsking(show: (seen: Seen) => void) {
  let wanted: Wanted | null = null;
  let busy = false;
  let again = false;

  async function run(): Promise<void> {
    busy = true;
    while (again && wanted !== null) {
      again = false;
      const seen = await ask(wanted);
      if (seen !== null && wanted !== null) show(seen);
    }
    busy = false;
  }

  return (next: Wanted | null): void => {
    wanted = next;
    again = true;
    if (!busy) run().catch(console.error);
  };
}

async function ask(wanted: Wanted): Promise<Seen | null> {
  const { sample, ...rest } = wanted;
  try {
    const answer = await askEngine({ kind: 'look', ...rest, sample: { kind: 'validation', index: sample } });
    return answer.kind === 'looked' ? { wanted, looked: answer, message: answer.problem } : null;
  } catch (error) {
    // Without words of its own it is an engine that stopped, which is told elsewhere.
    return error instanceof EngineRefusal ? { wanted, looked: null, message: error.text } : null;
  }
}
