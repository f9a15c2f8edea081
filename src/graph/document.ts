import { z } from 'zod';
import { defaultRecipe, recipeSchema } from './recipe.ts';

export { defaultRecipe, type OptimizerConfig, type Recipe, recipeSchema } from './recipe.ts';

/** The version this build writes. Older ones are migrated on opening (file.ts). */
export const DOCUMENT_VERSION = 3;

/** A value of a layer's config: plain JSON. What is allowed is the layer's own business (src/layers/config.ts). */
export type ConfigValue = string | number | boolean | null | readonly ConfigValue[];
export type Config = Readonly<Record<string, ConfigValue>>;

const configValue: z.ZodType<ConfigValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(configValue)]),
);

/** Bytes that the text of a network may have: some 200,000 layers. */
export const LARGEST_TEXT = 64 * 2 ** 20;

/** Things lie at most so far from the origin, in canvas units: a thousand layers in a row take 256,000. */
export const FARTHEST = 10_000_000;
const tooFar = { error: 'is too far away' };
const coordinate = z.number().min(-FARTHEST, tooFar).max(FARTHEST, tooFar);
const extent = z.number().positive().max(FARTHEST, { error: 'is too large' });

/** The upper left corner, in canvas units (pixels at 100 %). */
const position = z.object({ x: coordinate, y: coordinate }).readonly();
const size = z.object({ width: extent, height: extent }).readonly();

/** The nearest place where things may lie. */
export const placed = ({ x, y }: Position): Position => ({
  x: Math.max(-FARTHEST, Math.min(FARTHEST, x)),
  y: Math.max(-FARTHEST, Math.min(FARTHEST, y)),
});

const LONGEST_LABEL = 1000;
/** Control characters, marks that turn the direction of writing, halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu;

/** One line of text that programs, terminals and file formats take: what is unseen in it is left out, and what is too long. */
export const oneLine = (text: string): string => [...text.replace(UNSEEN, '')].slice(0, LONGEST_LABEL).join('');

/** A name, title or label: one line of text. */
const label = z.string().refine((text) => oneLine(text) === text, { error: 'is no single line of readable text' });
const name = label.min(1);

/** Names that every object of JavaScript has (`constructor`, `__proto__`, …): ids, ports and settings are looked up by name. */
export const RESERVED: readonly string[] = Object.getOwnPropertyNames(Object.prototype);
const key = name.refine((text) => !RESERVED.includes(text), { error: 'is a reserved word' });

export const nodeSchema = z
  .object({
    id: key,
    /**
     * Type of a layer or of a built-in block, or `block:<id>` for a block of this document; an unknown one still opens
     * and is saved back unchanged.
     */
    layer: z.string().min(1),
    /** Unique in the document; parameters are named after it (`conv1/weight`). */
    name,
    config: z.record(z.string(), configValue).readonly(),
    position,
    /** A frozen layer's parameters are not trained. */
    frozen: z.boolean().optional(),
    /** Placed by hand: automatic layout leaves it where it is. */
    pinned: z.boolean().optional(),
    /** Of a block: so many times, one behind the other. Absent: once. */
    repeat: z.int().min(1).max(1000).optional(),
    /** Of a block: its inside is drawn in its place on the canvas. */
    open: z.boolean().optional(),
  })
  .readonly();

const end = z.object({ node: key, port: key }).readonly();
const edge = z.object({ id: z.string().min(1), from: end, to: end }).readonly();

/** Text on the canvas, beside the layers. */
const note = z.object({ id: key, text: z.string(), position, size }).readonly();

/** By name, since every theme has a shade of its own. */
export const frameColours = ['grey', 'blue', 'green', 'orange', 'purple', 'red'] as const;

/** A titled area behind the layers; what lies inside moves with it. */
const frame = z.object({ id: key, title: label, position, size, colour: z.enum(frameColours) }).readonly();

/** What is inside a block: a network whose loose ends are the ports of the block. */
const blockBody = {
  nodes: z.array(nodeSchema).readonly(),
  edges: z.array(edge).readonly(),
  /** What comes in at a port goes to all of `to`. Ports have a place inside where the user has put them there. */
  inputs: z
    .array(z.object({ name: key, to: z.array(end).readonly(), position: position.optional() }).readonly())
    .readonly(),
  /** Nothing comes out of a port without `from`: it waits for an edge. */
  outputs: z.array(z.object({ name: key, from: end.optional(), position: position.optional() }).readonly()).readonly(),
  notes: z.array(note).readonly().optional(),
  frames: z.array(frame).readonly().optional(),
  /** Config of nodes inside that is set on the block itself, under `key`. */
  exposed: z
    .array(
      z
        .object({
          key,
          label,
          node: key,
          /** Key in the config of that node. */
          field: key,
        })
        .readonly(),
    )
    .readonly(),
};

/** Nodes of one drawing, layers of a network with blocks and repeats laid open: ResNet-1001 has some 3,000. */
export const MOST_LAYERS = 20_000;
export const MOST_EDGES = 5 * MOST_LAYERS;
const MOST_BLOCKS = 2000;

/** A block that the user made: nodes use it as `block:<id>`. */
export const blockSchema = z.object({ id: key, title: label, ...blockBody }).readonly();

export const dataSchema = z
  .object({
    /** `mnist` (the embedded digits), a generated set (`xor`, `moons`, …; src/data/toys.ts) or the path of a dataset. */
    source: z.string().min(1),
    /** Share of the samples held back for validation, in (0, 1). */
    validation: z.number().gt(0).lt(1),
    /** Seed of the stratified split: the same seed gives the same split. */
    splitSeed: z.int().nonnegative(),
    /** How a data file is understood (src/data/idxDataset.ts); absent: as it is. */
    labels: z.literal('renumbered').optional(),
    channels: z.literal('last').optional(),
  })
  .readonly();

export const documentSchema = z
  .object({
    format: z.literal('netloom'),
    version: z.literal(DOCUMENT_VERSION),
    name: label,
    /** Id of the template that it was drawn from, which may be one that this build does not have. */
    template: z.string().optional(),
    nodes: z.array(nodeSchema).readonly(),
    edges: z.array(edge).readonly(),
    data: dataSchema,
    recipe: recipeSchema,
    /** Which way data flows on the canvas: where the ports are, and what automatic layout does. */
    direction: z.enum(['down', 'right']),
    notes: z.array(note).readonly(),
    frames: z.array(frame).readonly(),
    /** Blocks made in this document. */
    blocks: z.array(blockSchema).max(MOST_BLOCKS).readonly(),
  })
  .readonly();

/** What a user draws and decides: plain, immutable JSON. Weights, selection, viewport and run state are not in it. */
export type NetworkDocument = z.infer<typeof documentSchema>;
export type DocumentNode = z.infer<typeof nodeSchema>;
export type Edge = z.infer<typeof edge>;
export type EdgeEnd = z.infer<typeof end>;
export type Note = z.infer<typeof note>;
export type Frame = z.infer<typeof frame>;
export type Position = z.infer<typeof position>;
export type Size = z.infer<typeof size>;
export type Direction = NetworkDocument['direction'];
export type DataConfig = z.infer<typeof dataSchema>;
export type BlockDefinition = z.infer<typeof blockSchema>;
export type BlockBody = Omit<BlockDefinition, 'id' | 'title'>;
export type Exposed = BlockDefinition['exposed'][number];

const BLOCK = 'block:';

/** What the `layer` of a node says that is the block of this id. */
export const blockLayer = (id: string): string => `${BLOCK}${id}`;

/** The id of the document's block that a node's `layer` names, or null when it names something else. */
export const blockIdOf = (layer: string): string | null => (layer.startsWith(BLOCK) ? layer.slice(BLOCK.length) : null);

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
  blocks: [],
};
