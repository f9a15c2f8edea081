import { z } from 'zod';
import { documentSchema } from '../graph/document.ts';
import { textSchema } from '../text.ts';

/** Limit on the variants in one answer. */
export const MOST_VARIANTS = 16;

export const variantCalls = {
  /**
   * A training sample in consecutive epochs of a run with the seed of the document: the very values that training takes.
   * `at`: any whole number, modulo the number of training samples. `epoch`: the first, from 0.
   */
  variants: {
    args: z.object({
      document: documentSchema,
      at: z.int(),
      epoch: z.int().nonnegative(),
      count: z.int().min(1).max(MOST_VARIANTS),
    }),
    answer: z.object({
      /** Index in the dataset, and the number of training samples. */
      index: z.int(),
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
