import { z } from 'zod';
import { documentSchema } from '../graph/document.ts';

/** The most samples in one answer. */
export const MOST_SAMPLES = 500;

/** One kind of numbers of some samples, [count, ...shape]; bytes are pixels. */
const sampleField = z.object({
  name: z.string(),
  kind: z.enum(['bytes', 'numbers', 'classes']),
  shape: z.array(z.int()),
  /** Of classes: how many there are. */
  classes: z.int().nullable(),
  data: z.union([z.instanceof(Uint8Array), z.instanceof(Float32Array)]),
});
export type SampleField = z.infer<typeof sampleField>;

export const sampleCalls = {
  /** Samples of the data, unchanged. `indices` count in all the data, or in its validation split. */
  samples: {
    args: z.object({
      document: documentSchema,
      of: z.enum(['all', 'validation']),
      indices: z.instanceof(Uint32Array).refine(({ length }) => length <= MOST_SAMPLES, 'too many samples at once'),
    }),
    answer: z.object({
      /** In all the data. */
      indices: z.instanceof(Uint32Array),
      /** The count of all samples, or of the validation split. */
      total: z.int(),
      inputs: z.array(sampleField),
      targets: z.array(sampleField),
    }),
  },
};
