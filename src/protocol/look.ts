import { z } from 'zod';
import { measured } from '../runs/measured.ts';
import { checkpointRef } from '../runs/record.ts';
import { textSchema } from '../text.ts';
import { network } from './results.ts';

const lookArgs = z.object({
  ...network,
  nodes: z.array(z.string().min(1)).max(256).readonly(),
  /** True to include the weights: their statistics, and those that can be shown as images. */
  weights: z.boolean(),
  /** Limits on the number of maps per layer and on the side of a map; larger maps are averaged. */
  maps: z.int().positive(),
  side: z.int().positive(),
  /** A validation sample by index (any whole number, modulo their count), a custom input, or none. */
  sample: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('validation'), index: z.int() }),
      z.object({ kind: z.literal('own'), input: z.instanceof(Float32Array) }),
    ])
    .nullable(),
  /** The checkpoint to compare the weights with, if it is still kept. */
  start: checkpointRef.optional(),
});
export type LookArgs = z.infer<typeof lookArgs>;

/** Statistics of many values (src/look/statistics.ts). */
const statistics = z.object({
  count: z.int(),
  every: z.int(),
  min: measured,
  max: measured,
  mean: measured,
  std: measured,
  zeros: measured,
  broken: z.int(),
  histogram: z.instanceof(Int32Array),
});

/** A parameter or buffer of a layer, and how much it has changed. */
const weightFacts = z.object({
  param: z.string(),
  shape: z.array(z.int()),
  /** False for buffers, such as running means. */
  trained: z.boolean(),
  now: statistics,
  /** Statistics of the weights that are compared with, if they have this tensor in the same shape. */
  start: statistics.nullable(),
  /** Distance from those weights, relative to their norm. */
  moved: measured.nullable(),
});
export type WeightFacts = z.infer<typeof weightFacts>;

const lookedLayer = z.object({
  path: z.string(),
  /** Output of the layer or block for the sample (src/look/maps.ts); null without a sample. */
  maps: z
    .object({
      shape: z.array(z.int()).readonly(),
      count: z.int(),
      shown: z.int(),
      height: z.int(),
      width: z.int(),
      data: z.instanceof(Float32Array),
      min: measured,
      max: measured,
      silent: z.instanceof(Uint8Array),
    })
    .nullable(),
  /** Parameters and buffers of the layer; a block has none of its own. */
  weights: z.array(
    z.object({
      ...weightFacts.shape,
      /** The weights as images, [count, channels, height, width], the first `shown` of them. */
      images: z
        .object({ shape: z.array(z.int()).readonly(), data: z.instanceof(Float32Array), shown: z.int() })
        .nullable(),
    }),
  ),
});
export type LookedLayer = z.infer<typeof lookedLayer>;
export type LookedWeight = LookedLayer['weights'][number];
export type LookedMaps = NonNullable<LookedLayer['maps']>;

const lookedSample = z.object({
  /** Index in the validation set; null for a custom input. */
  index: z.int().nullable(),
  count: z.int(),
  inputs: z.array(z.object({ name: z.string(), shape: z.array(z.int()), data: z.instanceof(Float32Array) })),
  /** True class, if there is one. */
  label: z.int().nullable(),
  /** Predicted probabilities if the network predicts classes. */
  probabilities: z.instanceof(Float32Array).nullable(),
});
export type LookedSample = z.infer<typeof lookedSample>;

const looked = z.object({
  layers: z.array(lookedLayer),
  /** Null if no sample was requested, or if the dataset has none: `problem` has the reason. */
  sample: lookedSample.nullable(),
  problem: textSchema.nullable(),
  /** False if at least one weight has its initial value. */
  trained: z.boolean(),
});
export type LookResult = z.infer<typeof looked>;

const tensor = z.object({
  ...weightFacts.shape,
  /** Path of the layer (`stage2/block1/conv1`), and its type. */
  path: z.string(),
  layer: z.string(),
  frozen: z.boolean(),
});
export type TensorFacts = z.infer<typeof tensor>;

export const lookCalls = {
  /** Statistics of all parameters and buffers, in data order, compared with those of the checkpoint `start`. */
  tensors: {
    args: z.object({ ...network, start: checkpointRef.optional() }),
    /** `trained`: false if at least one weight has its initial value. */
    answer: z.object({ tensors: z.array(tensor), trained: z.boolean() }),
  },
  /**
   * Computes weights of layers and their outputs for a sample. `nodes`: paths of layers or blocks
   * (`stage2/block1/conv1`). Large answers are truncated and contain the full and the shown count.
   */
  look: { args: lookArgs, answer: looked },
};
