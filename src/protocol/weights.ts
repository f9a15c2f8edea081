import { z } from 'zod';
import { checkpointRef, epochRecord } from '../runs/record.ts';

/** Files of a project by their place in it: `runs/last/run.json`, … */
export const entries = z.record(z.string(), z.instanceof(Uint8Array));

/** Renamings one after the other (src/graph/weightMoves.ts). */
export const weightMoves = z
  .array(z.array(z.object({ from: z.string().min(1), to: z.string().min(1) })).readonly())
  .readonly();

export const weightCalls = {
  /** The weights as safetensors; empty bytes when nothing was trained or loaded. */
  getWeights: { args: z.object({}), answer: z.object({ weights: z.instanceof(Uint8Array) }) },
  /** Replaces the weights and forgets the run; empty bytes forget both. */
  setWeights: {
    args: z.object({ weights: z.instanceof(Uint8Array) }),
    answer: z.object({ tensors: z.int() }),
  },
  /** Renames layers, and their weights in the engine and in its runs. */
  moveWeights: { args: z.object({ moves: weightMoves }), answer: z.object({}) },
  /**
   * The weights of that checkpoint become those of the network; a run under way is stopped, and can go on. `moved`:
   * renamings of layers since then.
   */
  takeWeights: { args: z.object({ at: checkpointRef, moved: weightMoves.optional() }), answer: z.object({}) },
  /** The last run between two steps, as files of a project; none when there was no run. */
  getLastRun: { args: z.object({}), answer: z.object({ entries }) },
  /** Weights and last run of the same step, for a project: between two calls a run may take a step. */
  getTrained: { args: z.object({}), answer: z.object({ weights: z.instanceof(Uint8Array), entries }) },
  /** Makes the run in these files of a project the engine's last one, for `resume`; its weights stay the same. */
  setLastRun: {
    args: z.object({ entries }),
    answer: z.object({
      /** Null when the files hold no run. */
      run: z.object({ step: z.int(), epoch: z.int(), epochs: z.int(), history: z.array(epochRecord) }).nullable(),
    }),
  },
};
