import { z } from 'zod';
import { documentSchema } from '../graph/document.ts';

/** Limit on the samples in one answer. */
export const MOST_SAMPLES = 500;

/** One field of some samples, [count, ...shape]; bytes are pixels. */
const sampleField = z.object({
  name: z.string(),
  kind: z.enum(['bytes', 'numbers', 'classes']),
  shape: z.array(z.int()),
  /** Number of classes; null for other fields. */
  classes: z.int().nullable(),
  /** Name of every class, where the data has names. */
  names: z.array(z.string()).readonly().optional(),
  data: z.union([z.instanceof(Uint8Array), z.instanceof(Uint16Array), z.instanceof(Float32Array)]),
});
export type SampleField = z.infer<typeof sampleField>;

export const sampleCalls = {
  /** Reads samples of the dataset, unchanged. `indices`: in the whole dataset, or in the validation set. */
  samples: {
    args: z.object({
      document: documentSchema,
      of: z.enum(['all', 'validation']),
      indices: z.instanceof(Uint32Array).refine(({ length }) => length <= MOST_SAMPLES, 'too many samples at once'),
    }),
    answer: z.object({
      /** Indices in the whole dataset. */
      indices: z.instanceof(Uint32Array),
      /** Number of samples in the dataset, or in the validation set. */
      total: z.int(),
      inputs: z.array(sampleField),
      targets: z.array(sampleField),
    }),
  },
};
