import { z } from 'zod';
import { documentSchema } from '../graph/document.ts';
import { providerSchema } from '../provider.ts';
import { checkpointRef, runId, varied } from '../runs/record.ts';
import { weightMoves } from './weights.ts';

const trainArgs = z.object({
  run: runId,
  document: documentSchema,
  weights: z.enum(['fresh', 'redrawn', 'current', 'resume']),
  held: checkpointRef.optional(),
  moved: weightMoves.optional(),
  from: checkpointRef.optional(),
  queued: z.boolean().optional(),
  name: z.string().min(1).optional(),
  group: z.string().nullable().optional(),
  varied: varied.optional(),
  keep: z.enum(['checkpoints', 'ends']).optional(),
  aside: z.boolean().optional(),
  device: providerSchema.optional(),
  paused: z.boolean(),
  stopAfter: z.int().nonnegative().optional(),
  reportNorm: z.boolean().optional(),
});
export type TrainArgs = z.infer<typeof trainArgs>;

const controlArgs = z.object({ run: runId, action: z.enum(['pause', 'resume', 'step', 'epoch', 'stop']) });
export type ControlArgs = z.infer<typeof controlArgs>;

const changeArgs = z.object({
  run: runId,
  learningRate: z.number().positive().optional(),
  batchSize: z.int().positive().optional(),
  epochs: z.int().positive().optional(),
});
export type ChangeArgs = z.infer<typeof changeArgs>;

/** Calls that start and control runs. Each is answered at once; run events (runEvents.ts) report the effects. */
export const trainingCalls = {
  /**
   * Trains with the training settings of the document, as the current run.
   *
   * - `weights`: `fresh` initializes all layers with the random seed, except frozen ones, which keep the held weights;
   *   `redrawn` initializes all layers; `current` starts from the held weights; `resume` resumes the last run of the
   *   engine, bit for bit. Held weights are those of the engine, or of checkpoint `held`.
   * - `moved`: layers renamed in the current network of the engine after the document was taken.
   * - `paused` starts before the first step, for stepping; `stopAfter` stops after this many steps in total.
   * - `reportNorm` reports the norm of the gradients with every step.
   * - `from` resumes from a checkpoint: with the same id the run itself, with another id as a branch.
   * - `queued` waits until the earlier runs have ended. Otherwise the current run is stopped; a run aside is resumed
   *   afterwards.
   * - `device`: the provider for training, by default that of the engine.
   * - `name`, `group` and `varied` are for the runs table; `keep`: all checkpoints, or only the last.
   * - `aside`: the engine does not use the weights of the run.
   */
  train: { args: trainArgs, answer: z.object({}) },
  /**
   * `step` trains one step and pauses; `epoch` trains until the end of the epoch; `stop` ends the run and keeps its
   * weights, or removes it from the queue.
   */
  control: { args: controlArgs, answer: z.object({}) },
  /** Changes training settings of a run from its next step on. */
  change: { args: changeArgs, answer: z.object({}) },
};
