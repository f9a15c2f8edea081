import { z } from 'zod';
import { documentSchema } from '../graph/document.ts';
import { providerSchema } from '../provider.ts';
import { textSchema } from '../text.ts';

const provider = z.object({
  provider: providerSchema,
  usable: z.boolean(),
  /** The reason if the provider is not usable. */
  reason: textSchema.nullable(),
  device: z.string().nullable(),
});
export type ProviderReport = z.infer<typeof provider>;

const byteCount = z.number().nonnegative();
const footprint = z.object({
  parameters: byteCount,
  state: byteCount,
  data: byteCount,
  constants: byteCount,
  live: byteCount,
  peak: byteCount,
  peakAt: z.string().nullable(),
});

/** Peak memory of a training step and of a prediction in bytes, and the work of the step (src/compile/footprint.ts). */
const cost = z.object({
  batch: z.int(),
  training: footprint,
  inference: footprint,
  ops: z.int(),
  movedBytes: byteCount,
});
export type AnalyzedCost = z.infer<typeof cost>;

export const deviceCalls = {
  /** Reports every provider, usable or not. */
  providers: { args: z.object({}), answer: z.object({ providers: z.array(provider) }) },
  /**
   * Computes memory and work of training steps and predictions at a batch size, from their programs, without training.
   */
  analyze: { args: z.object({ document: documentSchema, batch: z.int().positive() }), answer: cost },
};
