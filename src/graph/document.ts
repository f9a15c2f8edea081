import { z } from 'zod';
import { ELEMENT_TYPES, type ElementType } from '../elementTypes.ts';
import { defaultRecipe, recipeSchema } from './recipe.ts';

export { defaultRecipe, type OptimizerConfig, type Recipe, recipeSchema } from './recipe.ts';

/** Format version that this build writes. Older versions are migrated on opening (file.ts). */
export const DOCUMENT_VERSION = 3;

/** A value of a layer's config: plain JSON. The layer defines the allowed values (src/layers/config.ts). */
export type ConfigValue = string | number | boolean | null | readonly ConfigValue[];
export type Config = Readonly<Record<string, ConfigValue>>;

const configValue: z.ZodType<ConfigValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(configValue)]),
);

/** Max bytes of the text of a network, enough for some 200,000 layers. */
export const LARGEST_TEXT = 64 * 2 ** 20;

/** Max distance from the origin in canvas units; a thousand layers in a row need 256,000. */
export const FARTHEST = 10_000_000;
const tooFar = { error: 'is too far away' };
const coordinate = z.number().min(-FARTHEST, tooFar).max(FARTHEST, tooFar);
const extent = z.number().positive().max(FARTHEST, { error: 'is too large' });

/** Upper left corner in canvas units (pixels at 100%). */
const position = z.object({ x: coordinate, y: coordinate }).readonly();
const size = z.object({ width: extent, height: extent }).readonly();

/** The nearest allowed position. */
export const placed = ({ x, y }: Position): Position => ({
  x: Math.max(-FARTHEST, Math.min(FARTHEST, x)),
  y: Math.max(-FARTHEST, Math.min(FARTHEST, y)),
});

const LONGEST_LABEL = 1000;
/** Control characters, bidirectional marks, unpaired surrogates. */
const UNSEEN = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu;

/** One line of text, safe for programs, terminals and file formats: invisible characters are removed, long text is cut. */
export const oneLine = (text: string): string => [...text.replace(UNSEEN, '')].slice(0, LONGEST_LABEL).join('');

/** A name, title or label: one line of text. */
const label = z.string().refine((text) => oneLine(text) === text, { error: 'must be a single line of readable text' });
const name = label.min(1);

/** Property names of all JavaScript objects (`constructor`, `__proto__`, …), excluded because ids, ports and settings are looked up by name. */
export const RESERVED: readonly string[] = Object.getOwnPropertyNames(Object.prototype);
const key = name.refine((text) => !RESERVED.includes(text), { error: 'is a reserved word' });

export const nodeSchema = z
  .object({
    id: key,
    /**
     * Type of a layer or of a built-in block, `block:<id>` for a block of this document, or `onnx:<id>` for an ONNX operator
     * of this document. An unknown type still opens and is saved unchanged.
     */
    layer: z.string().min(1),
    /** Unique in the document; parameters are named after it (`conv1/weight`). */
    name,
    config: z.record(z.string(), configValue).readonly(),
    position,
    /** The parameters of a frozen layer are not trained. */
    frozen: z.boolean().optional(),
    /** Number of times that the weights were set aside for random or other ones; undo restores those set aside. */
    renewed: z.int().min(1).optional(),
    /** Automatic layout does not move a pinned node. */
    pinned: z.boolean().optional(),
    /** Number of copies of a block in sequence; 1 by default. */
    repeat: z.int().min(1).max(1000).optional(),
    /** An expanded block shows its inside on the canvas. */
    open: z.boolean().optional(),
  })
  .readonly();

const end = z.object({ node: key, port: key }).readonly();
const edge = z.object({ id: z.string().min(1), from: end, to: end }).readonly();

/** A note: text on the canvas. */
const note = z.object({ id: key, text: z.string(), position, size }).readonly();

/** Names of colors; each theme has its own shade. */
export const frameColors = ['grey', 'blue', 'green', 'orange', 'purple', 'red'] as const;

/** A titled area behind the layers; its contents move with it. */
const frame = z.object({ id: key, title: label, position, size, colour: z.enum(frameColors) }).readonly();

/** The inside of a block: a network with input and output ports. */
const blockBody = {
  nodes: z.array(nodeSchema).readonly(),
  edges: z.array(edge).readonly(),
  /** An input port is connected to all of `to`. `position` is set if the user has moved the port. */
  inputs: z
    .array(z.object({ name: key, to: z.array(end).readonly(), position: position.optional() }).readonly())
    .readonly(),
  /** An output port without `from` is not connected. */
  outputs: z.array(z.object({ name: key, from: end.optional(), position: position.optional() }).readonly()).readonly(),
  notes: z.array(note).readonly().optional(),
  frames: z.array(frame).readonly().optional(),
  /** Settings of nodes inside that are set on the block, under `key`. */
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

/** Max pixels of an image along a side. */
const MOST_PIXELS_ASIDE = 4096;

/** Max number of nodes in a drawing, and of layers in a network with all copies of blocks; ResNet-1001 has some 3,000. */
export const MOST_LAYERS = 20_000;
export const MOST_EDGES = 5 * MOST_LAYERS;
const MOST_BLOCKS = 2000;

/** A block made by the user; nodes use it as `block:<id>`. */
export const blockSchema = z.object({ id: key, title: label, ...blockBody }).readonly();

/**
 * Type of a value of an ONNX operator. A layer takes and gives float32 with a batch axis and known sizes; all else is a raw
 * value.
 */
const valueTypeSchema = z
  .object({
    dtype: z.enum(ELEMENT_TYPES),
    /** A string is the symbol of a size that is known only at run time; `N` is the size of the batch. */
    dims: z.array(z.union([z.int().nonnegative(), name])).readonly(),
    /** The value has a leading batch axis, which is not in `dims`. */
    batch: z.boolean(),
  })
  .readonly();

const operatorPort = z.object({ name: key, type: valueTypeSchema }).readonly();

/** Max number of inputs, outputs or weights of an ONNX operator. */
const MOST_PORTS = 1000;

/** Part of an ONNX model that is kept as it is; nodes use it as `onnx:<id>`. */
export const operatorSchema = z
  .object({
    id: key,
    title: label,
    /**
     * Base64 of an ONNX model (ModelProto) with opset imports and local functions, without external data. Inputs of its graph
     * are the ports of `inputs`, then `weights`, both in this order.
     */
    model: z.string(),
    inputs: z.array(operatorPort).max(MOST_PORTS).readonly(),
    outputs: z.array(operatorPort).max(MOST_PORTS).readonly(),
    /** float32 tensors that are parameters of the network, named after the node (`lstm1/W`). */
    weights: z
      .array(z.object({ name: key, shape: z.array(z.int().nonnegative()).readonly() }).readonly())
      .max(MOST_PORTS)
      .readonly(),
  })
  .readonly();

/** Max characters of the models of all operators of a document, in base64; the whole text stays below LARGEST_TEXT. */
export const LARGEST_OPERATORS = 32 * 2 ** 20;

const operatorsSchema = z
  .array(operatorSchema)
  .max(MOST_LAYERS)
  .refine((operators) => operators.reduce((sum, { model }) => sum + model.length, 0) <= LARGEST_OPERATORS, {
    error: `are larger than ${LARGEST_OPERATORS / 2 ** 20} MB`,
  })
  .readonly();

export const imageSchema = z
  .object({
    height: z.int().min(1).max(MOST_PIXELS_ASIDE),
    width: z.int().min(1).max(MOST_PIXELS_ASIDE),
    channels: z.union([z.literal(1), z.literal(3)]),
    /** `crop`: the shorter side gets the size and the middle is kept; `stretch`: proportions may change. */
    fit: z.enum(['stretch', 'crop']),
  })
  .readonly();

const tableSchema = z
  .object({
    target: z.string().optional(),
    targetKind: z.enum(['classes', 'numbers']).optional(),
    ignored: z.array(z.string()).readonly().optional(),
    targets: z.array(z.string()).readonly().optional(),
    features: z.array(z.string()).readonly().optional(),
  })
  .readonly();

const shapeSchema = z.array(z.int().nonnegative()).readonly();

const partSchema = z.enum(['train', 'validation', 'test']);

/** Part of each value; values that are not listed are recognized by their names (`train`, `val`, `test`, …). */
const partsByValue = z.record(z.string(), z.union([partSchema, z.literal('unused')])).readonly();

/** Most folds, and most names of files in a list. */
const MOST_FOLDS = 100;
const MOST_NAMES = 1_000_000;

const namesSchema = z.array(z.string()).max(MOST_NAMES).readonly();

/**
 * Assignment of the samples to training, validation and test. Absent: the parts that the data comes in. Where neither holds out
 * samples for validation, the share `validation` of the training samples is.
 */
export const splitSchema = z.discriminatedUnion('kind', [
  /** `validation` and `test` are shares of all samples; all others are trained on. Parts of the data count only for `test` 0. */
  z.object({ kind: z.literal('share'), test: z.number().min(0).lt(1), stratified: z.boolean() }).readonly(),
  /** Fold `fold` (from 1) of `folds` validates; a test set that the data comes with stays apart. */
  z
    .object({
      kind: z.literal('folds'),
      folds: z.int().min(2).max(MOST_FOLDS),
      fold: z.int().min(1),
      stratified: z.boolean(),
    })
    .readonly(),
  /** By folders of the sample's file. */
  z.object({ kind: z.literal('folders'), parts: partsByValue }).readonly(),
  /** By the value of a column of a table. */
  z.object({ kind: z.literal('column'), column: z.string(), parts: partsByValue }).readonly(),
  /** By names of files; files in no list are trained on where there is no list for training, else unused. */
  z
    .object({
      kind: z.literal('files'),
      train: namesSchema.optional(),
      validation: namesSchema.optional(),
      test: namesSchema.optional(),
    })
    .readonly(),
]);

/** Most points that a user draws, and most classes of them. */
export const MOST_POINTS = 1000;
export const MOST_POINT_CLASSES = 7;

/** Largest coordinate of a drawn point. */
const FARTHEST_POINT = 1000;
const pointCoordinate = z.number().min(-FARTHEST_POINT).max(FARTHEST_POINT);

/** A drawn point: x, y and class. */
const pointSchema = z
  .tuple([
    pointCoordinate,
    pointCoordinate,
    z
      .int()
      .min(0)
      .max(MOST_POINT_CLASSES - 1),
  ])
  .readonly();

/** Facts about a dataset that need no look at its samples. */
export const factsSchema = z
  .object({
    /** Samples in all, and those of them that come as a validation or a test set. */
    count: z.int().nonnegative(),
    validation: z.int().nonnegative().optional(),
    test: z.int().nonnegative().optional(),
    /** Samples of each part by the document's split, where it assigns samples by folder, column or list. */
    assigned: z
      .object({ train: z.int().nonnegative(), validation: z.int().nonnegative(), test: z.int().nonnegative() })
      .readonly()
      .optional(),
    inputs: z.array(z.object({ name: z.string(), shape: shapeSchema }).readonly()).readonly(),
    targets: z
      .array(
        z
          .object({
            name: z.string(),
            shape: shapeSchema,
            /** Null where targets are numbers. */
            classes: z.int().nullable(),
            /** Name of every class, where the data has names. */
            names: z.array(z.string()).readonly().optional(),
            /** All numbers are 0 or 1. */
            yesNo: z.boolean(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();

export type DataFacts = z.infer<typeof factsSchema>;

/** A step of the transforms: the name of a class of torchvision, and its parameters by their names there. */
export const transformSchema = z
  .object({
    /** An unknown type still opens and is saved unchanged. */
    type: z.string().min(1),
    /** A step that is off stays in the list and does not run. */
    on: z.boolean().optional(),
  })
  .catchall(configValue)
  .readonly();

/** Max number of steps of the transforms. */
export const MOST_TRANSFORMS = 50;

export const transformsSchema = z.array(transformSchema).max(MOST_TRANSFORMS).readonly();

/** Mixing of the samples of a training batch, by the classes and parameters of torchvision.transforms.v2. */
export const mixingSchema = z
  .object({
    type: z.enum(['MixUp', 'CutMix']),
    /** Parameter of the Beta distribution of the shares. */
    alpha: z.number().positive().max(1000),
  })
  .readonly();

export const dataSchema = z
  .object({
    /**
     * `mnist` (the embedded digits), a generated set, alone or with settings (`xor`, `moons:noise=0.2`; src/data/toySource.ts), `points`
     * (those that the user has drawn), or the path of a dataset.
     */
    source: z.string().min(1),
    /** Path of an own source from the folder of the saved document, with `/` between names, so that both can move together. */
    relativeSource: z.string().min(1).optional(),
    /** Fingerprint of an own source when it was chosen (src/engine/data/sourceSha256.ts). */
    sha256: z.string().optional(),
    /** Fraction of the samples held out for validation, in (0, 1). */
    validation: z.number().gt(0).lt(1),
    /** Seed of the stratified split: the same seed gives the same split. */
    splitSeed: z.int().nonnegative(),
    split: splitSchema.optional(),
    /** Interpretation of the labels of a data file (src/data/idxDataset.ts); unchanged by default. */
    labels: z.literal('renumbered').optional(),
    channels: z.literal('last').optional(),
    /** Size and channels that images of own files get; absent: those of the network's input, or their own. */
    image: imageSchema.optional(),
    /** Roles of the columns of an own table; absent: chosen by names and contents. */
    table: tableSchema.optional(),
    /** Points that the user has drawn; they stay while other data is in use. */
    points: z.array(pointSchema).max(MOST_POINTS).readonly().optional(),
    /** Steps that images go through, in this order; random ones in training only. */
    transforms: transformsSchema.optional(),
    /** Mixing of training batches, after the transforms; absent: none. */
    mixing: mixingSchema.optional(),
    /** Contents of an own source when it was last read, so that the network is checked against it without the files. */
    facts: factsSchema.optional(),
  })
  .readonly();

/** The ONNX model of another program that a network was imported from, in its own words. */
const importedSchema = z
  .object({
    /** Name and version of the program; may be empty. */
    program: z.string(),
    opset: z.int().nonnegative(),
    description: z.string(),
    metadata: z.array(z.object({ key: z.string(), value: z.string() }).readonly()).readonly(),
  })
  .readonly();

export const documentSchema = z
  .object({
    format: z.literal('netloom'),
    version: z.literal(DOCUMENT_VERSION),
    name: label,
    /** Id of the template that it was made from, possibly unknown to this build. */
    template: z.string().optional(),
    imported: importedSchema.optional(),
    nodes: z.array(nodeSchema).readonly(),
    edges: z.array(edge).readonly(),
    data: dataSchema,
    recipe: recipeSchema,
    /** Direction of data flow on the canvas; decides the sides of ports and the automatic layout. */
    direction: z.enum(['down', 'right']),
    notes: z.array(note).readonly(),
    frames: z.array(frame).readonly(),
    /** Blocks made in this document. */
    blocks: z.array(blockSchema).max(MOST_BLOCKS).readonly(),
    /** ONNX operators that nodes use, also nodes in blocks. */
    operators: operatorsSchema.optional(),
  })
  .readonly();

/** The document of a user: plain, immutable JSON, without weights, selection, viewport and run state. */
export type NetworkDocument = z.infer<typeof documentSchema>;
export type ImportedFrom = z.infer<typeof importedSchema>;
export type DocumentNode = z.infer<typeof nodeSchema>;
export type Edge = z.infer<typeof edge>;
export type EdgeEnd = z.infer<typeof end>;
export type Note = z.infer<typeof note>;
export type Frame = z.infer<typeof frame>;
export type Position = z.infer<typeof position>;
export type Size = z.infer<typeof size>;
export type Direction = NetworkDocument['direction'];
export type DataConfig = z.infer<typeof dataSchema>;
export type DrawnPoint = z.infer<typeof pointSchema>;
export type SplitConfig = z.infer<typeof splitSchema>;
export type ImageConfig = z.infer<typeof imageSchema>;
export type MixingConfig = z.infer<typeof mixingSchema>;
export type TransformStep = z.infer<typeof transformSchema>;
export type BlockDefinition = z.infer<typeof blockSchema>;
export type BlockBody = Omit<BlockDefinition, 'id' | 'title'>;
export type ExposedSetting = BlockDefinition['exposed'][number];

export type { ElementType };
export type ValueType = z.infer<typeof valueTypeSchema>;
export type OperatorDefinition = z.infer<typeof operatorSchema>;

const BLOCK = 'block:';
const OPERATOR = 'onnx:';

/** Value of a node's `layer` for the block with this id. */
export const blockLayer = (id: string): string => `${BLOCK}${id}`;

/** Id of the block of the document named by a node's `layer`; null if it names something else. */
export const blockIdOf = (layer: string): string | null => (layer.startsWith(BLOCK) ? layer.slice(BLOCK.length) : null);

/** Value of a node's `layer` for the ONNX operator with this id. */
export const operatorLayer = (id: string): string => `${OPERATOR}${id}`;

/** Id of the ONNX operator of the document named by a node's `layer`; null if it names something else. */
export const operatorIdOf = (layer: string): string | null =>
  layer.startsWith(OPERATOR) ? layer.slice(OPERATOR.length) : null;

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
