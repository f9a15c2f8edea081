import { z } from 'zod';
import { recipeSchema } from '../graph/recipe.ts';
import { textSchema } from '../text.ts';
import { measured } from './measured.ts';

/** What is kept of a run, and told of it: plain JSON. */

export const metrics = z.object({ loss: measured, accuracy: z.number().nullable() });
/**
 * Means over the samples: `loss` in nats, `accuracy` in [0, 1]; null where the network predicts numbers. With several
 * outputs the loss is the sum of theirs and the accuracy that of the first that has one.
 */
export type Metrics = z.infer<typeof metrics>;

/** One epoch of a run. `train`: means over its batches while training; `validation`: after it, in prediction mode. */
export const epochRecord = z.object({ epoch: z.int(), train: metrics, validation: metrics, seconds: z.number() });
export type EpochRecord = z.infer<typeof epochRecord>;

/** It becomes the name of a folder. */
export const runId = z.string().regex(/^[\w-]{1,64}$/);

/** A kept checkpoint of a run: what it was after that many steps. */
export const checkpointRef = z.object({ run: runId, step: z.int().nonnegative() }).readonly();
export type CheckpointRef = z.infer<typeof checkpointRef>;

const was = z.object({ from: z.number(), to: z.number() }).readonly();

/** What was changed while the run went on, from the step after `step` on. */
export const runChange = z
  .object({
    step: z.int().nonnegative(),
    learningRate: was.optional(),
    batchSize: was.optional(),
    epochs: was.optional(),
  })
  .readonly();
export type RunChange = z.infer<typeof runChange>;

/** A config or recipe field that a sweep varies, with this run's value. */
export const varied = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).readonly();

/**
 * `queued` waits for its turn; `interrupted` was under way or waiting when its engine or the app ended, and can go on;
 * `failed` ended in numbers that are none, or could not begin.
 */
export const keptState = z.enum(['queued', 'running', 'paused', 'interrupted', 'stopped', 'done', 'failed']);
export type KeptState = z.infer<typeof keptState>;

/** Some engine has it in hand. */
export const isUnderWay = (state: KeptState): boolean =>
  state === 'queued' || state === 'running' || state === 'paused';

/** A line of the runs table. */
export const runRecord = z
  .object({
    id: runId,
    name: z.string(),
    /** Runs that belong together: a sweep, an ablation, or as the user likes. */
    group: z.string().nullable(),
    /** What the document was called. */
    network: z.string(),
    /** Milliseconds since 1970. */
    created: z.number(),
    state: keptState,
    /** Why it failed, waits, or was done early. */
    message: textSchema.nullable(),
    source: z.string(),
    /** Of the samples trained on; null before they were read. */
    dataSha256: z.string().nullable(),
    params: z.int(),
    /** As it was last, after all changes. */
    recipe: recipeSchema,
    varied,
    /** What was changed while it went on, in order; `recipe` has the last of it. */
    changes: z.array(runChange).readonly().default([]),
    /** The checkpoint that it branched off. */
    from: checkpointRef.nullable(),
    /** Steps and epochs done, and those of the whole run. */
    step: z.int(),
    steps: z.int(),
    epoch: z.int(),
    epochs: z.int(),
    /** Spent in finished epochs, their validation included. */
    seconds: z.number(),
    last: epochRecord.nullable(),
    best: epochRecord.nullable(),
    /** On disk. */
    bytes: z.int(),
  })
  .readonly();
export type RunRecord = z.infer<typeof runRecord>;
