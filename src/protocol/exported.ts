import { z } from 'zod';
import { measured } from '../runs/measured.ts';
import { network } from './results.ts';

export const exported = z.object({
  model: z.instanceof(Uint8Array),
  /** A file that has to lie beside the model, where that would be too large: its parts, one behind the other. */
  external: z.object({ name: z.string(), parts: z.array(z.instanceof(Uint8Array)) }).nullable(),
  opset: z.int(),
  /** How many nodes of each op. */
  ops: z.record(z.string(), z.int()),
  /**
   * Largest difference between the model in a fresh session and the trainer's own evaluation, and the largest number
   * that it gives, at these batch sizes.
   */
  proof: z.object({ maxError: measured, largest: measured, batches: z.array(z.int().positive()) }),
  /** Parameters and buffers that hold initial values, since nothing was trained or loaded for them. */
  initial: z.array(z.string()),
  /** True when all of them do: the model is untrained. */
  untrained: z.boolean(),
});
export type Exported = z.infer<typeof exported>;

export const exportCalls = {
  /**
   * The inference model as ONNX, with proof. `fold`: batch normalisation becomes part of the layers before it. `fileName`:
   * name of the file to be written. `ownSamples`: its test vector may hold samples of the user's own data.
   */
  export: {
    args: z.object({
      ...network,
      opset: z.int().optional(),
      fold: z.boolean().optional(),
      ownSamples: z.boolean().optional(),
      fileName: z.string().optional(),
    }),
    answer: exported,
  },
};
