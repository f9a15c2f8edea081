import { z } from 'zod';
import { measured } from '../runs/measured.ts';
import { network } from './results.ts';

export const exported = z.object({
  model: z.instanceof(Uint8Array),
  /** External file of a large model, as consecutive parts. It must be in the folder of the model. */
  external: z.object({ name: z.string(), parts: z.array(z.instanceof(Uint8Array)) }).nullable(),
  opset: z.int(),
  /** Number of nodes per op. */
  ops: z.record(z.string(), z.int()),
  /** Inputs of the model: names, element types of ONNX, and shapes with symbols for sizes that may differ. */
  inputs: z.array(
    z.object({ name: z.string(), elementType: z.string(), shape: z.array(z.union([z.string(), z.number()])) }),
  ),
  /**
   * Verification: largest difference between the model in a new session and Netloom's evaluation, and the largest
   * output, at these batch sizes.
   */
  proof: z.object({
    maxError: measured,
    largest: measured,
    batches: z.array(z.int().positive()),
    /** Largest difference of pixels that the model prepares, of 255; null or absent without preprocessing of images. */
    pixelError: z.number().nullable().optional(),
    /** Largest difference that float16 weights make; null or absent without. */
    float16Error: z.number().nullable().optional(),
  }),
  /** Parameters and buffers with initial values, which were neither trained nor loaded. */
  initial: z.array(z.string()),
  /** True if all of them have initial values, so that the model is untrained. */
  untrained: z.boolean(),
});
export type ExportResult = z.infer<typeof exported>;

export const exportCalls = {
  /**
   * Exports the inference model as ONNX and verifies it. `fold`: folds batch normalization into the preceding layers.
   * `preprocessing`: the model takes data as files have it. `float16`: weights are stored as float16. `fileName`: name of the file. `ownSamples`: the test vector may contain samples of the user's own data.
   */
  export: {
    args: z.object({
      ...network,
      opset: z.int().optional(),
      fold: z.boolean().optional(),
      preprocessing: z.boolean().optional(),
      float16: z.boolean().optional(),
      ownSamples: z.boolean().optional(),
      fileName: z.string().optional(),
    }),
    answer: exported,
  },
};
