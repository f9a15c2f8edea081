import { z } from 'zod';
import { measured } from '../runs/measured.ts';
import { checkpointRef } from '../runs/record.ts';
import { textSchema } from '../text.ts';
import { network } from './results.ts';

const lookArgs = z.object({
  ...network,
  nodes: z.array(z.string().min(1)).max(256).readonly(),
  /** With statistics of the weights, and those that can be seen as images. */
  weights: z.boolean(),
  /** Maps of a layer at most, and cells along a side of one; larger maps are averaged. */
  maps: z.int().positive(),
  side: z.int().positive(),
  /** A validation sample by its place among them (any whole number: they come round), an own input, or none. */
  sample: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('validation'), index: z.int() }),
      z.object({ kind: z.literal('own'), input: z.instanceof(Float32Array) }),
    ])
    .nullable(),
  /** The checkpoint that weights are compared with, where it is still kept. */
  start: checkpointRef.optional(),
});
export type LookArgs = z.infer<typeof lookArgs>;

/** Of many numbers (src/look/statistics.ts). */
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

const lookedLayer = z.object({
  path: z.string(),
  /** What the layer, or the block, makes of the sample (src/look/maps.ts); null without one. */
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
  /** Its parameters and buffers; a block has none of its own. */
  weights: z.array(
    z.object({
      param: z.string(),
      shape: z.array(z.int()),
      /** False for what is kept but not trained: running means. */
      trained: z.boolean(),
      now: statistics,
      start: statistics.nullable(),
      /** The length of the way from the start, as a share of the length of the start. */
      moved: measured.nullable(),
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
  /** Its place among the validation samples; null for an own input. */
  index: z.int().nullable(),
  count: z.int(),
  inputs: z.array(z.object({ name: z.string(), shape: z.array(z.int()), data: z.instanceof(Float32Array) })),
  /** Its true class, where it has one. */
  label: z.int().nullable(),
  /** What the network says of it, where it tells classes apart. */
  probabilities: z.instanceof(Float32Array).nullable(),
});
export type LookedSample = z.infer<typeof lookedSample>;

const looked = z.object({
  layers: z.array(lookedLayer),
  /** Null where none was asked for, or the data gives none: `problem` says why. */
  sample: lookedSample.nullable(),
  problem: textSchema.nullable(),
  /** False when the weights are still the untrained initial ones. */
  trained: z.boolean(),
});
export type Looked = z.infer<typeof looked>;

export const lookCalls = {
  /**
   * Looks inside: weights of layers, and their activations for a sample. `nodes`: paths of layers or blocks
   * (`stage2/block1/conv1`). Large answers are cut, and give the full count beside the count shown.
   */
  look: { args: lookArgs, answer: looked },
};
