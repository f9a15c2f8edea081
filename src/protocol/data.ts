import { z } from 'zod';
import { usedSamples } from '../data/usedSamples.ts';
import { documentSchema, factsSchema, imageSchema } from '../graph/document.ts';
import { textSchema } from '../text.ts';

/** Files that could not be read, as many as a person looks at. */
export const MOST_UNREADABLE = 100;

export const dataCalls = {
  /** Opens the document's dataset, which stays open for training, results and samples. */
  openData: {
    args: z.object({
      document: documentSchema,
      /** Images without settings keep their own size, instead of that of the network's input. */
      asIs: z.boolean(),
      /** Waits until all images are decoded: before, files that cannot be decoded count as samples. */
      whole: z.boolean(),
    }),
    answer: z.object({
      facts: factsSchema,
      /** Fingerprint of the user's own files; null for other data. */
      sha256: z.string().nullable(),
      /** The files differ from those of the document's fingerprint. */
      isChanged: z.boolean(),
      kind: z.enum(['images', 'table', 'numbers']),
      /** How the labels in the files became classes. */
      labels: textSchema,
      /** Samples of every class of the first target; empty where targets are numbers. */
      classes: z.array(z.int()),
      /** Columns of a table, the target among them; else empty. */
      columns: z.array(
        z.object({
          name: z.string(),
          kind: z.enum(['number', 'category', 'text', 'index', 'empty']),
          /** Cells without a value. */
          missing: z.int(),
          /** Counts of equal intervals of numbers, or of the most frequent words. */
          bars: z.array(z.object({ name: z.string().nullable(), count: z.int() })).readonly(),
          numbers: z.object({ low: z.number(), high: z.number(), mean: z.number(), std: z.number() }).nullable(),
          /** Relation with the target (src/data/statistics/columns.ts). */
          association: z.object({ measure: z.enum(['pearson', 'eta', 'cramer']), value: z.number() }).nullable(),
        }),
      ),
      /** Columns of few values, by which the samples may be split. */
      groupings: z.array(z.object({ name: z.string(), values: z.array(z.string()).readonly() })),
      /** Names of the folders of the files, the outer ones first; empty where samples are no files. */
      folders: z.array(z.string()),
      /** Size and channels of the images, where each is a file; else null. */
      image: imageSchema.nullable(),
      /** Images that were turned from color to gray, or from gray to color, as `image` says. */
      recolored: z.int(),
      /** Images are still being decoded (`decodingProgress`): some may turn out to be unreadable. */
      isDecoding: z.boolean(),
      /** Files left out, the first of them with reasons. */
      unreadableCount: z.int(),
      unreadable: z.array(z.object({ file: z.string(), reason: textSchema })).max(MOST_UNREADABLE),
    }),
  },
  /** Samples of every part of the document's split, in all and by class. Refused where the split does not fit the data. */
  describeSplit: {
    args: z.object({ document: documentSchema }),
    answer: z.object({
      samples: usedSamples,
      /** Empty where targets are numbers. */
      classes: z.array(z.object({ name: z.string(), train: z.int(), validation: z.int(), test: z.int() })),
    }),
  },
  /** Checks the files of a published dataset (src/data/knownSets.ts) in a folder or the one below it that has its name. */
  findKnown: {
    args: z.object({ name: z.string(), folder: z.string() }),
    answer: z.object({ folder: z.string() }),
  },
  /** Files read so far by `openData`, of all; null while no data is being opened. */
  dataProgress: {
    args: z.object({}),
    answer: z.object({ progress: z.object({ done: z.int(), total: z.int() }).nullable() }),
  },
  /**
   * Images decoded so far, of all, of the dataset that was opened last, and files that cannot be decoded; null while none is being
   * decoded.
   */
  decodingProgress: {
    args: z.object({}),
    answer: z.object({ progress: z.object({ done: z.int(), total: z.int(), faults: z.int() }).nullable() }),
  },
  /** Bytes of decoded images on disk, of all datasets, and their bound. */
  decodedImages: { args: z.object({}), answer: z.object({ bytes: z.int(), most: z.int() }) },
  /** Removes the decoded images on disk, which are made again when they are needed; bytes that were freed. */
  clearDecodedImages: { args: z.object({}), answer: z.object({ bytes: z.int() }) },
  /** Ends an `openData` that is under way: it is refused. */
  cancelOpening: { args: z.object({}), answer: z.object({}) },
};
