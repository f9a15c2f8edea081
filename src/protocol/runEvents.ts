import { z } from 'zod';
import { measured } from '../runs/measured.ts';
import { epochRecord, runChange, runId, runRecord } from '../runs/record.ts';
import { textSchema } from '../text.ts';

export const runState = z.enum(['queued', 'preparing', 'running', 'paused', 'stopped', 'done', 'failed']);
export type RunState = z.infer<typeof runState>;

/** News of runs, sent without being asked for: `library` to every client, the others to the client that began the run. */
export const runEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('run'),
    run: z.string(),
    state: runState,
    /** Steps done so far and in all, epochs done so far and in all. */
    step: z.int(),
    steps: z.int(),
    epoch: z.int(),
    epochs: z.int(),
    /** Why it failed, was done early, or waits without being asked to. */
    message: textSchema.nullable(),
    /** When done: the epoch whose weights were kept; null for the last. */
    kept: z.int().nullable(),
    /** The run failed because its loss or weights overflowed: its last finite weights may be poor. */
    diverged: z.literal(true).optional(),
  }),
  /**
   * The steps since the last message of this kind, at most 30 messages a second: step numbers (from 1), batch loss,
   * batch accuracy (NaN where the network predicts numbers), learning rate, norm of all gradients before clipping (NaN
   * where the run does not report it); and samples a second over these steps.
   */
  z.object({
    kind: z.literal('progress'),
    run: z.string(),
    step: z.instanceof(Int32Array),
    loss: z.instanceof(Float32Array),
    accuracy: z.instanceof(Float32Array),
    learningRate: z.instanceof(Float32Array),
    gradientNorm: z.instanceof(Float32Array),
    samplesPerSecond: measured,
  }),
  epochRecord.extend({ kind: z.literal('epoch'), run: z.string(), step: z.int() }),
  /** What was changed while the run went on. */
  z.object({ kind: z.literal('changed'), run: z.string(), change: runChange }),
  /** The kept record of a run has changed; null: it was deleted. */
  z.object({ kind: z.literal('library'), run: runId, record: runRecord.nullable() }),
]);
export type RunEvent = z.infer<typeof runEvent>;
export type RunEventOf<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>;
