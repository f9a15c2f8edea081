import { z } from 'zod';
import { usedSamples } from '../data/usedSamples.ts';
import { measured } from '../runs/measured.ts';
import { epochRecord, runChange, runId, runRecord } from '../runs/record.ts';
import { textSchema } from '../text.ts';

export const runState = z.enum(['queued', 'preparing', 'running', 'paused', 'stopped', 'done', 'failed']);
export type RunState = z.infer<typeof runState>;

/** Events of runs: `library` is sent to every client, the others to the client that started the run. */
export const runEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('run'),
    run: z.string(),
    state: runState,
    /** Completed and total steps, completed and total epochs. */
    step: z.int(),
    steps: z.int(),
    epoch: z.int(),
    epochs: z.int(),
    /** The reason if the run failed, stopped early, or paused by itself. */
    message: textSchema.nullable(),
    /** Epoch with the kept weights of a finished run; null for the last. */
    kept: z.int().nullable(),
    /** The run failed because its loss or weights overflowed: its last finite weights may be poor. */
    diverged: z.literal(true).optional(),
  }),
  /**
   * The steps since the last event of this kind, at most 30 events per second: step numbers (from 1), loss and accuracy
   * of the batch (NaN for regression), learning rate, and norm of all gradients before clipping (NaN if not reported).
   * Also the samples per second over these steps, and the share of their time that was spent waiting for a batch, 0 to 1.
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
    waiting: z.number(),
  }),
  /** The samples that the run uses, once they are read. */
  z.object({ kind: z.literal('samples'), run: z.string(), samples: usedSamples }),
  epochRecord.extend({ kind: z.literal('epoch'), run: z.string(), step: z.int() }),
  /** A change of the training settings during the run. */
  z.object({ kind: z.literal('changed'), run: z.string(), change: runChange }),
  /** The kept record of a run has changed; null if it was deleted. */
  z.object({ kind: z.literal('library'), run: runId, record: runRecord.nullable() }),
]);
export type RunEvent = z.infer<typeof runEvent>;
export type RunEventOf<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>;
