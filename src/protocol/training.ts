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

/** Calls that begin and steer runs. Each is answered at once; run events (runEvents.ts) tell what comes of it. */
export const trainingCalls = {
  /**
   * Trains by the document's recipe and becomes the current run.
   *
   * - `weights`: `fresh` draws initial weights from the recipe's seed for all layers but the frozen ones, which keep the
   *   held weights; `redrawn` draws those, too; `current` starts from the held weights; `resume` goes on with the engine's
   *   last run, bit for bit. Held are the weights of the engine, or those of the checkpoint `held`.
   * - `moved`: renamings of layers in the network that the engine's weights belong to, since the document.
   * - `paused` starts before the first step, for stepping; `stopAfter` stops after that many steps of the run in all.
   * - `reportNorm` reports the norm of the gradients with every step.
   * - `from` goes on from that checkpoint: under the same id in place, under another as a branch.
   * - `queued` waits until the runs before it have ended; without it the present run is stopped, or goes on afterwards if
   *   it is one aside.
   * - `device`: the provider to train on, else the engine's own.
   * - `name`, `group` and `varied` are for the runs table; `keep`: all checkpoints, or the last alone.
   * - `aside`: the engine does not take over the weights.
   */
  train: { args: trainArgs, answer: z.object({}) },
  /**
   * `step` does one training step and pauses, `epoch` goes on to the end of the epoch; `stop` ends the run and keeps its
   * weights, or takes it out of the queue.
   */
  control: { args: controlArgs, answer: z.object({}) },
  /** Changes a run under way, from its next step on. */
  change: { args: changeArgs, answer: z.object({}) },
};
