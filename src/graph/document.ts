import { z } from 'zod';
import { defaultRecipe, recipeSchema } from './recipe.ts';

export { defaultRecipe, type OptimizerConfig, type Recipe, recipeSchema } from './recipe.ts';

/** The version this build writes. Older ones are migrated on opening (file.ts). */
export const DOCUMENT_VERSION = 2;

/** A value of a layer's config: plain JSON. What is allowed is the layer's own business (src/layers/config.ts). */
export type ConfigValue = string | number | boolean | null | readonly ConfigValue[];
export type Config = Readonly<Record<string, ConfigValue>>;

const configValue: z.ZodType<ConfigValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(configValue)]),
);

/** The upper left corner, in canvas units (pixels at 100 %). */
const position = z.object({ x: z.number(), y: z.number() }).readonly();
const size = z.object({ width: z.number().positive(), height: z.number().positive() }).readonly();

const node = z
  .object({
    id: z.string().min(1),
    /** Layer type, a key of the layer registry; an unknown one still opens and is saved back unchanged. */
    layer: z.string().min(1),
    /** Unique in the document; parameters are named after it (`conv1/weight`). */
    name: z.string().min(1),
    config: z.record(z.string(), configValue).readonly(),
    position,
    /** A frozen layer's parameters are not trained. */
    frozen: z.boolean().optional(),
    /** Placed by hand: automatic layout leaves it where it is. */
    pinned: z.boolean().optional(),
  })
  .readonly();

const end = z.object({ node: z.string().min(1), port: z.string().min(1) }).readonly();
const edge = z.object({ id: z.string().min(1), from: end, to: end }).readonly();

/** Text on the canvas, beside the layers. */
const note = z.object({ id: z.string().min(1), text: z.string(), position, size }).readonly();

/** By name, since every theme has a shade of its own. */
export const frameColours = ['grey', 'blue', 'green', 'orange', 'purple', 'red'] as const;

/** A titled area behind the layers; what lies inside moves with it. */
const frame = z
  .object({ id: z.string().min(1), title: z.string(), position, size, colour: z.enum(frameColours) })
  .readonly();

const data = z
  .object({
    /** `mnist` (the embedded digits), a generated set (`xor`, `moons`, …; src/data/toys.ts) or the path of a dataset. */
    source: z.string().min(1),
    /** Share of the samples held back for validation, in (0, 1). */
    validation: z.number().gt(0).lt(1),
    /** Seed of the stratified split: the same seed gives the same split. */
    splitSeed: z.int().nonnegative(),
  })
  .readonly();

export const documentSchema = z
  .object({
    format: z.literal('netloom'),
    version: z.literal(DOCUMENT_VERSION),
    name: z.string(),
    nodes: z.array(node).readonly(),
    edges: z.array(edge).readonly(),
    data,
    recipe: recipeSchema,
    /** Which way data flows on the canvas: where the ports are, and what automatic layout does. */
    direction: z.enum(['down', 'right']),
    notes: z.array(note).readonly(),
    frames: z.array(frame).readonly(),
  })
  .readonly();

/** What a user draws and decides: plain, immutable JSON. Weights, selection, viewport and run state are not in it. */
export type NetworkDocument = z.infer<typeof documentSchema>;
export type DocumentNode = z.infer<typeof node>;
export type Edge = z.infer<typeof edge>;
export type EdgeEnd = z.infer<typeof end>;
export type Note = z.infer<typeof note>;
export type Frame = z.infer<typeof frame>;
export type Position = z.infer<typeof position>;
export type Size = z.infer<typeof size>;
export type Direction = NetworkDocument['direction'];
export type DataConfig = z.infer<typeof data>;

export const emptyDocument: NetworkDocument = {
  format: 'netloom',
  version: DOCUMENT_VERSION,
  name: 'untitled',
  nodes: [],
  edges: [],
  data: { source: 'mnist', validation: 0.2, splitSeed: 1 },
  recipe: defaultRecipe,
  direction: 'down',
  notes: [],
  frames: [],
};
