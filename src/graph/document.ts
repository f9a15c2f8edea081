import { z } from 'zod';
import { defaultRecipe, recipeSchema } from './recipe.ts';

export { defaultRecipe, type OptimizerConfig, type Recipe, recipeSchema } from './recipe.ts';

/** The version this build writes. Older ones are migrated on opening (file.ts). */
export const DOCUMENT_VERSION = 1;

/** A value of a layer's config: plain JSON. What is allowed is the layer's own business (src/layers/config.ts). */
export type ConfigValue = string | number | boolean | null | readonly ConfigValue[];
export type Config = Readonly<Record<string, ConfigValue>>;

const configValue: z.ZodType<ConfigValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(configValue)]),
);

const position = z.object({ x: z.number(), y: z.number() }).readonly();

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
  })
  .readonly();

const end = z.object({ node: z.string().min(1), port: z.string().min(1) }).readonly();
const edge = z.object({ id: z.string().min(1), from: end, to: end }).readonly();

const note = z.object({ id: z.string().min(1), text: z.string(), position }).readonly();

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
    notes: z.array(note).readonly(),
  })
  .readonly();

/** What a user draws and decides: plain, immutable JSON. Weights, selection, viewport and run state are not in it. */
export type NetworkDocument = z.infer<typeof documentSchema>;
export type DocumentNode = z.infer<typeof node>;
export type Edge = z.infer<typeof edge>;
export type EdgeEnd = z.infer<typeof end>;
export type Note = z.infer<typeof note>;
export type DataConfig = z.infer<typeof data>;

export const emptyDocument: NetworkDocument = {
  format: 'netloom',
  version: DOCUMENT_VERSION,
  name: 'untitled',
  nodes: [],
  edges: [],
  data: { source: 'mnist', validation: 0.2, splitSeed: 1 },
  recipe: defaultRecipe,
  notes: [],
};
