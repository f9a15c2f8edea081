import { z } from 'zod';
import { documentSchema } from '../graph/document.ts';

/** Part of the split by which samples are filtered. */
export const partSchema = z.enum(['train', 'validation', 'test']);

const channel = z.object({
  mean: z.number(),
  std: z.number(),
  low: z.number(),
  high: z.number(),
  histogram: z.instanceof(Float64Array),
});
export type DescribedChannel = z.infer<typeof channel>;

const pair = z.object({
  first: z.int(),
  second: z.int(),
  kind: z.enum(['copy', 'near']),
  isLeak: z.boolean(),
});
export type DescribedPair = z.infer<typeof pair>;

export const dataStatisticsCalls = {
  /** Statistics of the dataset, duplicates and odd samples (src/engine/data/describe.ts). A new call ends the one before. */
  describeData: {
    args: z.object({ document: documentSchema }),
    answer: z.object({
      trained: z.int(),
      channels: z.array(channel).readonly(),
      duplicates: z.object({
        copies: z.int(),
        near: z.int(),
        leaked: z.int(),
        pairs: z.array(pair).readonly(),
      }),
      sizes: z.array(z.object({ width: z.int(), height: z.int(), count: z.int() })).readonly(),
      differentSizes: z.int(),
      odd: z
        .array(
          z.object({
            index: z.int(),
            reasons: z.array(z.enum(['constant', 'aspect', 'small', 'large', 'channels'])).readonly(),
          }),
        )
        .readonly(),
      oddCount: z.int(),
      points: z.object({ at: z.instanceof(Float32Array), targets: z.instanceof(Float32Array) }).nullable(),
      isImages: z.boolean(),
    }),
  },
  /** Steps of `describeData` done so far, of all; null while none is under way. */
  describingProgress: {
    args: z.object({}),
    answer: z.object({ progress: z.object({ done: z.int(), total: z.int() }).nullable() }),
  },
  cancelDescribing: { args: z.object({}), answer: z.object({}) },
  /** Samples of a class, of a part of the split, and with a text in the name of their file; null: all. */
  findSamples: {
    args: z.object({
      document: documentSchema,
      label: z.int().nullable(),
      part: partSchema.nullable(),
      text: z.string(),
    }),
    answer: z.object({ indices: z.instanceof(Uint32Array) }),
  },
  /** Where a sample comes from, with the image of its file at its own size; `file` is null where it is no file. */
  sampleOrigin: {
    args: z.object({ document: documentSchema, index: z.int().nonnegative() }),
    answer: z.object({
      part: partSchema,
      file: z
        .object({
          path: z.string(),
          bytes: z.int(),
          format: z.string(),
          width: z.int(),
          height: z.int(),
          channels: z.int(),
          /** [height, width, channels], reduced where it is larger than a screen. */
          image: z.object({
            width: z.int(),
            height: z.int(),
            channels: z.int(),
            pixels: z.instanceof(Uint8Array),
          }),
        })
        .nullable(),
    }),
  },
};
