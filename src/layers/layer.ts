import type { Config, ConfigValue } from '../graph/document.ts';
import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import type { Dims } from '../ir/shape.ts';
import type { Text } from '../text.ts';
import type { ConfigOf, ConfigSchema } from './config.ts';
import type { Drawing } from './drawing.ts';
import type { Initialiser } from './initialisers.ts';

/** A shape on the canvas: sizes without the batch axis. */
export type Shape = readonly number[];

export type Category =
  | 'io'
  | 'convolution'
  | 'pooling'
  | 'activation'
  | 'normalisation'
  | 'regularisation'
  | 'linear'
  | 'shape'
  | 'merge'
  | 'blocks';

/** A repair that a layer proposes; check turns it into edits of the document. */
export type LayerFix =
  | { readonly kind: 'setConfig'; readonly key: string; readonly value: ConfigValue }
  /** Puts a new layer on the edge into `port`, and those of `behind` after it. */
  | (NewLayer & { readonly kind: 'insertBefore'; readonly port: string; readonly behind?: readonly NewLayer[] })
  /** Takes the node out of its edge. */
  | { readonly kind: 'remove' }
  /** Another layer with the same ports in the place of the node; config that both have is kept. */
  | { readonly kind: 'become'; readonly layer: string; readonly config?: Config }
  /** Takes the node that feeds `port`, dropout and the like aside, out of the edge, if it is of that layer type. */
  | { readonly kind: 'removeProducer'; readonly port: string; readonly layer: string }
  /** Puts the Flatten that feeds `port` where the pictures end: before the next layer that takes none. */
  | { readonly kind: 'flattenLater'; readonly port: string }
  /** Sets config of the node that feeds `port`. */
  | { readonly kind: 'setProducer'; readonly port: string; readonly key: string; readonly value: ConfigValue }
  /** Mends the windows up the edge from `port` so that [height, width] arrives there. */
  | { readonly kind: 'fitSize'; readonly port: string; readonly size: readonly number[] }
  /** Sets the number of features of the layer that decides them, up the edge from `port`. */
  | { readonly kind: 'setFeatures'; readonly port: string; readonly value: number }
  /** All of them, in order. */
  | { readonly kind: 'all'; readonly fixes: readonly LayerFix[] };

export interface NewLayer {
  readonly layer: string;
  readonly config: Config;
}

/** What a message calls things: the names on the canvas. */
export interface Names {
  /** The node itself, as in "Conv2d 'conv1'". */
  readonly self: Text;
  /** The node that feeds an input port. */
  from(port: string): string;
}

/** A shape rule's complaint. Check adds which node it is about. */
export interface Problem {
  readonly code: string;
  /** The input port, or the key of the config field as `config.key`. */
  readonly port: string | null;
  readonly message: (names: Names) => Text;
  readonly fixes: readonly LayerFix[];
}

/** What is odd about a layer that works. */
export interface Advice extends Problem {
  readonly severity: 'warning' | 'hint';
}

/** A node up the edges, as advice sees it. */
export interface Upstream {
  readonly name: string;
  readonly layer: LayerDef;
  readonly config: ConfigOf<ConfigSchema>;
  readonly x: Readonly<Record<string, Shape>>;
  /** How many edges leave it. */
  readonly uses: number;
  before(port: string): Upstream | null;
}

export interface AdviseArgs<C> {
  readonly x: Readonly<Record<string, Shape>>;
  readonly config: C;
  /** The node that feeds `port`; null when nothing does, or not as it should. */
  before(port: string): Upstream | null;
}

export interface Param {
  readonly shape: readonly number[];
  readonly init: Initialiser;
  /** Weights are decayed; biases and the scales of normalisation may be exempt. */
  readonly role: 'weight' | 'bias' | 'norm';
}

/** A tensor that training updates but no gradient trains. */
export interface Buffer {
  readonly shape: readonly number[];
  /** What every number starts as. */
  readonly initial: number;
}

/** What a rule of a layer is given. Shapes and values are keyed by input port. */
export interface LowerArgs<C> {
  readonly g: Builder;
  readonly x: Readonly<Record<string, Value>>;
  /** The layer's parameters, by the names that `params` gave them. */
  readonly p: Readonly<Record<string, Value>>;
  /** The layer's buffers (running statistics), by the names that `buffers` gave them. */
  readonly b: Readonly<Record<string, Value>>;
  readonly config: C;
  /** A frozen layer with buffers is lowered as for predicting, also within a training step. */
  readonly mode: 'train' | 'predict';
  /** Says what a buffer holds after a training step. */
  update(buffer: string, value: Value): void;
  /**
   * A fresh random mask of ones (with probability `keep`) and zeros, which the trainer feeds: the step itself is a pure
   * function. Shape as given, the batch first.
   */
  mask(shape: Dims, keep: number): Value;
}

/** What makes a layer an end of the network that can be trained. */
export interface OutputRules<C> {
  /** What the answers are: one of several classes, yes (1) or no (0), or numbers. Decides how they are measured. */
  readonly answers: 'class' | 'binary' | 'numbers';
  /** The true answer for one sample, without the batch axis. Class indices are int64, all else is float32. */
  target(x: Readonly<Record<string, Shape>>, config: C): { readonly dtype: 'int64' | 'float32'; readonly shape: Shape };
  /** Named results of prediction, the one named first being the one that the loss takes. */
  predictions(args: LowerArgs<C>): Readonly<Record<string, Value>>;
  /**
   * `loss`: a scalar, the mean over the batch. `correct`: a float32 scalar, the number of samples predicted right, where
   * right and wrong make sense.
   */
  loss(args: LowerArgs<C>, target: Value): { readonly loss: Value; readonly correct: Value | null };
}

/** A layer with a config of its own, as it can be added. */
export interface Preset {
  readonly id: string;
  readonly title: Text;
  readonly doc: Text;
  readonly keywords: readonly string[];
  /** What differs from the layer's defaults, behind an output of shape `x` where that is known. */
  config(x?: Shape): Config;
}

export type InferResult =
  | { readonly outputs: Readonly<Record<string, Shape>> }
  | { readonly problems: readonly Problem[] };

/** A line of the inspector's "how this is computed": a label and a sum with its numbers filled in. */
export interface Explanation {
  readonly label: Text;
  readonly sum: string;
}

/** A layer as mathematics, with the letters that are usual in its field. */
export interface Formula {
  /** TeX, a line each; what the config leaves out is left out. */
  readonly tex: readonly string[];
  /** What the letters mean; TeX between dollar signs. */
  readonly where?: Text;
  /** Where it comes from, if that is not common knowledge. */
  readonly source?: string;
}

/**
 * A kind of layer: everything Netloom knows about it. A new layer is one new file and one line in `index.ts`; palette,
 * inspector, help, validation, analysis and compilation follow from what is said here.
 */
export interface LayerDef<S extends ConfigSchema = ConfigSchema> {
  /** Stable key in documents: PyTorch's module name in camelCase. */
  readonly type: string;
  readonly title: Text;
  readonly category: Category;
  /** Shown to users: what it computes, its shapes, when to use it. */
  readonly doc: Text;
  /** Start of the names of new nodes: `conv` gives conv1, conv2, … */
  readonly stem: string;
  /** What else people search for it by, in any language. */
  readonly keywords: readonly string[];
  /** A small picture of what it does to its input. */
  readonly icon: Drawing;
  /** What other programs call it, where the names are not alike: lower case, letters and digits alone. */
  readonly aliases?: readonly string[];
  /** The same layer with other settings, offered under names of their own. */
  readonly presets?: readonly Preset[];
  formula(config: ConfigOf<S>): Formula;
  readonly config: S;
  /** Input ports; where the config decides their number, those of the default config (see `inputPorts`). */
  readonly inputs: readonly string[];
  inputsOf?(config: ConfigOf<S>): readonly string[];
  readonly outputs: readonly string[];
  /** The config that matters, in one short line on the node. */
  summary(config: ConfigOf<S>): Text;
  /** Output shapes, or why there are none. Called only with shapes for all inputs and a valid config. */
  infer(x: Readonly<Record<string, Shape>>, config: ConfigOf<S>): InferResult;
  /** Asked of layers whose shapes fit: what is likely a mistake all the same. */
  advise?(args: AdviseArgs<ConfigOf<S>>): readonly Advice[];
  params?(x: Readonly<Record<string, Shape>>, config: ConfigOf<S>): Readonly<Record<string, Param>>;
  /** What is kept from step to step but not trained. */
  buffers?(x: Readonly<Record<string, Shape>>, config: ConfigOf<S>): Readonly<Record<string, Buffer>>;
  /** Multiply-adds for one sample; 0 when absent. */
  macs?(x: Readonly<Record<string, Shape>>, y: Readonly<Record<string, Shape>>, config: ConfigOf<S>): number;
  explain?(
    x: Readonly<Record<string, Shape>>,
    y: Readonly<Record<string, Shape>>,
    config: ConfigOf<S>,
  ): readonly Explanation[];
  /** What the layer does differently while training and when predicting, where it does. */
  readonly modes?: { readonly train: Text; readonly predict: Text };
  /** Emits the layer; values are batched: `[N, ...shape]`. Absent for the network's inputs and outputs. */
  lower?(args: LowerArgs<ConfigOf<S>>): Readonly<Record<string, Value>>;
  /** Present on layers that end a network: they have no `lower`. */
  output?: OutputRules<ConfigOf<S>>;
  /** The config key that decides the first axis of the output (`outChannels`, `outFeatures`). */
  readonly featuresKey?: string;
  /** The first axis of the output is that of the only input, so fixes may look further up the edge. */
  readonly keepsFeatures?: boolean;
}

/** The input ports of a layer with that config. */
export const inputPorts = (layer: LayerDef, config: ConfigOf<ConfigSchema>): readonly string[] =>
  layer.inputsOf?.(config) ?? layer.inputs;

/** Checks a definition's types against its own config schema, then forgets the schema so that layers can be listed. */
export const defineLayer = <S extends ConfigSchema>(def: LayerDef<S>): LayerDef => def as unknown as LayerDef;
