import { z } from 'zod';
import { usedSamples } from '../data/usedSamples.ts';
import { mixingSchema, transformsSchema } from '../graph/document.ts';
import { recipeSchema } from '../graph/recipe.ts';
import { textSchema } from '../text.ts';
import { measured } from './measured.ts';

/** The kept and reported data of a run, as plain JSON. */

export const metrics = z.object({ loss: measured, accuracy: z.number().nullable() });
/**
 * Means over the samples: `loss` in nats; `accuracy` in [0, 1], null for regression. With several outputs, the loss is
 * their sum, and the accuracy is that of the first output with one.
 */
export type Metrics = z.infer<typeof metrics>;

/**
 * One epoch of a run. `train`: means over its batches during training; `validation`: after the epoch, in prediction
 * mode.
 */
export const epochRecord = z.object({
  epoch: z.int(),
  train: metrics,
  validation: metrics,
  seconds: z.number(),
  /** Seconds of these that training waited for a batch; absent in runs of earlier versions. */
  waited: z.number().optional(),
});
export type EpochRecord = z.infer<typeof epochRecord>;

/** Id of a run, which is also the name of its folder. */
export const runId = z.string().regex(/^[\w-]{1,64}$/);

/** A kept checkpoint of a run: what it was after that many steps. */
export const checkpointRef = z.object({ run: runId, step: z.int().nonnegative() }).readonly();
export type CheckpointRef = z.infer<typeof checkpointRef>;

const was = z.object({ from: z.number(), to: z.number() }).readonly();

/** A change of training settings during a run, which applies after step `step`. */
export const runChange = z
  .object({
    step: z.int().nonnegative(),
    learningRate: was.optional(),
    batchSize: was.optional(),
    epochs: was.optional(),
  })
  .readonly();
export type RunChange = z.infer<typeof runChange>;

/** Values of the hyperparameters that a sweep varies. */
export const varied = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).readonly();

/**
 * `queued` waits in the queue. `interrupted` was running or waiting when its engine or the app ended, and can be
 * resumed. `failed` ended with NaN or infinity, or could not start.
 */
export const keptState = z.enum(['queued', 'running', 'paused', 'interrupted', 'stopped', 'done', 'failed']);
export type KeptState = z.infer<typeof keptState>;

/** True if an engine trains the run or has it in its queue. */
export const isUnderWay = (state: KeptState): boolean =>
  state === 'queued' || state === 'running' || state === 'paused';

/** A row of the runs table. */
export const runRecord = z
  .object({
    id: runId,
    name: z.string(),
    /** Group of the run: a sweep, an ablation study, or a group of the user. */
    group: z.string().nullable(),
    /** Name of the document. */
    network: z.string(),
    /** Time of creation in milliseconds since 1970. */
    created: z.number(),
    state: keptState,
    /** The reason if the run failed, paused by itself, or stopped early. */
    message: textSchema.nullable(),
    source: z.string(),
    transforms: transformsSchema.optional(),
    mixing: mixingSchema.optional(),
    /** Hash of the training samples; null before they were read. */
    dataSha256: z.string().nullable(),
    /** Null before they were read, and in records of older versions. */
    samples: usedSamples.nullable().default(null),
    params: z.int(),
    /** The current training settings, after all changes. */
    recipe: recipeSchema,
    varied,
    /** Changes during the run, in order; `recipe` includes them. */
    changes: z.array(runChange).readonly().default([]),
    /** The checkpoint that it branched off. */
    from: checkpointRef.nullable(),
    /** Completed steps and epochs, and those of the whole run. */
    step: z.int(),
    steps: z.int(),
    epoch: z.int(),
    epochs: z.int(),
    /** Seconds spent in completed epochs, including validation. */
    seconds: z.number(),
    /** Seconds of these that training waited for a batch; null in runs of earlier versions. */
    waited: z.number().nullable().default(null),
    last: epochRecord.nullable(),
    best: epochRecord.nullable(),
    /** How often its weights were evaluated on the test set. */
    tested: z.int().default(0),
    /** Size on disk in bytes. */
    bytes: z.int(),
  })
  .readonly();
export type RunRecord = z.infer<typeof runRecord>;
