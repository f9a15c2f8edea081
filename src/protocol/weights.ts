import { z } from 'zod';
import { documentSchema } from '../graph/document.ts';
import { checkpointRef, epochRecord } from '../runs/record.ts';

/** Entries of a project by path: `runs/last/run.json`, … */
export const entries = z.record(z.string(), z.instanceof(Uint8Array));

/** Consecutive renamings of layers (src/graph/weightMoves.ts). */
export const weightMoves = z
  .array(
    z
      .array(z.object({ from: z.string().min(1), to: z.string().min(1), aside: z.enum(['all', 'copy']).optional() }))
      .readonly(),
  )
  .readonly();

const sourceTensor = z.object({
  name: z.string(),
  shape: z.array(z.int().nonnegative()),
  /** The file keeps the matrix as [inputs, outputs]. */
  transposed: z.boolean().optional(),
});

export const weightCalls = {
  /** Reads the weights as safetensors; empty if nothing was trained or loaded. */
  getWeights: { args: z.object({}), answer: z.object({ weights: z.instanceof(Uint8Array) }) },
  /** Replaces the weights and drops the last run; empty bytes drop both. */
  setWeights: {
    args: z.object({ weights: z.instanceof(Uint8Array) }),
    answer: z.object({ tensors: z.int() }),
  },
  /** Renames the weights of layers, in the engine and in its runs. */
  moveWeights: { args: z.object({ moves: weightMoves }), answer: z.object({}) },
  /**
   * Restores the weights of a checkpoint. A current run is stopped and can be resumed. `moved`: layers renamed since
   * the checkpoint.
   */
  takeWeights: { args: z.object({ at: checkpointRef, moved: weightMoves.optional() }), answer: z.object({}) },
  /**
   * Reads weights for `useWeights`, which they await; the weights of the engine do not change. Sources: a file (a project,
   * an ONNX model or safetensors), a checkpoint (`moved`: layers renamed since), the opened file, initial values of a
   * document.
   */
  openWeights: {
    args: z.object({
      source: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('file'), path: z.string().min(1) }),
        z.object({ kind: z.literal('run'), at: checkpointRef, name: z.string(), moved: weightMoves.optional() }),
        z.object({ kind: z.literal('opened'), name: z.string() }),
        z.object({ kind: z.literal('initial'), document: documentSchema, name: z.string() }),
      ]),
    }),
    answer: z.object({ name: z.string(), tensors: z.array(sourceTensor) }),
  },
  /**
   * Gives the network the weights that `openWeights` read, as they are matched (src/plan/matchWeights.ts); tensors without
   * a source keep their weights. `chosen`: sources that the user chose. A current run is stopped. Answers the number of
   * tensors.
   */
  useWeights: {
    args: z.object({
      document: documentSchema,
      chosen: z.record(z.string(), z.string().nullable()),
      /** Path of the layer or block, or name of the tensor, that gets them; all by default. */
      scope: z.string().nullable().optional(),
    }),
    answer: z.object({ taken: z.int() }),
  },
  /** Reads the last run, between two steps, as entries of a project; empty without a run. */
  getLastRun: { args: z.object({}), answer: z.object({ entries }) },
  /**
   * Weights and last run of the same step, for a project: between two calls a run may take a step. With a document only its
   * weights.
   */
  getTrained: {
    args: z.object({ document: documentSchema.optional() }),
    answer: z.object({ weights: z.instanceof(Uint8Array), entries }),
  },
  /**
   * Sets the last run of the engine, for `resume`, from entries of a project. The weights of the engine do not change.
   */
  setLastRun: {
    args: z.object({ entries }),
    answer: z.object({
      /** Null if the entries contain no run. */
      run: z.object({ step: z.int(), epoch: z.int(), epochs: z.int(), history: z.array(epochRecord) }).nullable(),
    }),
  },
};
