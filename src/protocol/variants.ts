import { z } from 'zod';
import { documentSchema } from '../graph/document.ts';
import { textSchema } from '../text.ts';
import { partSchema } from './dataStatistics.ts';

/** Limit on the variants in one answer. */
export const MOST_VARIANTS = 16;

export const variantCalls = {
  /**
   * A training sample in consecutive epochs of a run with the seed of the document: the very values that training takes.
   * `epoch`: the first, from 0.
   */
  variants: {
    args: z.object({
      document: documentSchema,
      sample: z.discriminatedUnion('kind', [
        /** A place in the training set: any whole number, modulo its size. */
        z.object({ kind: z.literal('training'), at: z.int() }),
        /** An index in the dataset; a sample of another part is shown as training would make it. */
        z.object({ kind: z.literal('any'), index: z.int().nonnegative() }),
      ]),
      epoch: z.int().nonnegative(),
      count: z.int().min(1).max(MOST_VARIANTS),
    }),
    answer: z.object({
      /** Index in the dataset, and its place in the training set or that of the next training sample. */
      index: z.int(),
      at: z.int(),
      part: partSchema,
      /** Number of training samples. */
      total: z.int(),
      /** The sample without transforms, and as in prediction. */
      before: z.object({ shape: z.array(z.int()), data: z.instanceof(Float32Array) }),
      prediction: z.object({ shape: z.array(z.int()), data: z.instanceof(Float32Array) }),
      variants: z.array(
        z.object({
          epoch: z.int(),
          shape: z.array(z.int()),
          data: z.instanceof(Float32Array),
          /** Values drawn by each random transform at `place` in the list; null where it leaves the image unchanged. */
          drawn: z.array(z.object({ place: z.int(), caption: textSchema.nullable() })),
        }),
      ),
    }),
  },
  /**
   * Mean and standard deviation of each channel over all training samples, of values from 0 to 1, as the deterministic
   * transforms before `place` leave them.
   */
  channelMoments: {
    args: z.object({ document: documentSchema, place: z.int().nonnegative() }),
    answer: z.object({ count: z.int(), mean: z.array(z.number()), std: z.array(z.number()) }),
  },
};
