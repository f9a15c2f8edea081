import type { Config, ConfigValue, ValueType } from '../graph/document.ts';
import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import type { Dims } from '../ir/shape.ts';
import type { Text } from '../text.ts';
import type { ConfigOf, ConfigSchema } from './config.ts';
import type { Drawing } from './drawing.ts';
import type { Initializer } from './initializers.ts';
import type { LayerType } from './layerTypes.ts';

/** A shape on the canvas: sizes without the batch axis. */
export type Shape = readonly number[];

export type Category =
  | 'io'
  | 'convolution'
  | 'pooling'
  | 'activation'
  | 'normalization'
  | 'regularization'
  | 'linear'
  | 'shape'
  | 'merge'
  | 'blocks'
  | 'onnx';

/** Types of raw values (other than float32 with a batch axis and known sizes), by port. */
export type RawTypes = Readonly<Record<string, ValueType>>;

/** A fix that a layer proposes; check turns it into edits of the document. */
export type LayerFix =
  | { readonly kind: 'setConfig'; readonly key: string; readonly value: ConfigValue }
  /** Inserts a new layer on the edge into `port`, followed by those of `behind`. */
  | (NewLayer & { readonly kind: 'insertBefore'; readonly port: string; readonly behind?: readonly NewLayer[] })
  /** Removes the node and connects its neighbors. */
  | { readonly kind: 'remove' }
  /** Replaces the node with another layer that has the same ports; config that both have is kept. */
  | { readonly kind: 'become'; readonly layer: string; readonly config?: Config }
  /** Removes the node that feeds `port`, skipping dropout and the like, if it is of that layer type. */
  | { readonly kind: 'removeProducer'; readonly port: string; readonly layer: string }
  /** Moves the Flatten that feeds `port` to before the next layer that does not expect an image. */
  | { readonly kind: 'flattenLater'; readonly port: string }
  /** Sets config of the node that feeds `port`. */
  | { readonly kind: 'setProducer'; readonly port: string; readonly key: string; readonly value: ConfigValue }
  /** Changes the windows upstream of `port` so that the input there has [height, width]. */
  | { readonly kind: 'fitSize'; readonly port: string; readonly size: readonly number[] }
  /** Sets the number of features in the layer upstream of `port` that determines it. */
  | { readonly kind: 'setFeatures'; readonly port: string; readonly value: number }
  /** All these fixes, in order. */
  | { readonly kind: 'all'; readonly fixes: readonly LayerFix[] };

export interface NewLayer {
  readonly layer: string;
  readonly config: Config;
}

/** Names on the canvas, for messages. */
export interface Names {
  /** The node itself: Conv2d “conv1”. */
  readonly self: Text;
  /** Name of the node that feeds an input port. */
  from(port: string): string;
}

/** A problem found by a shape rule. Check adds the node. */
export interface Problem {
  readonly code: string;
  /** The input port, or the key of the config field as `config.key`. */
  readonly port: string | null;
  readonly message: (names: Names) => Text;
  readonly fixes: readonly LayerFix[];
}

/** A warning or hint about a layer whose shapes are valid. */
export interface Advice extends Problem {
  readonly severity: 'warning' | 'hint';
}

/** An upstream node, as `advise` receives it. */
export interface Upstream {
  readonly name: string;
  readonly layer: LayerDef;
  readonly config: ConfigOf<ConfigSchema>;
  readonly x: Readonly<Record<string, Shape>>;
  /** Number of edges from this node. */
  readonly uses: number;
  before(port: string): Upstream | null;
}

export interface AdviseArgs<C> {
  readonly x: Readonly<Record<string, Shape>>;
  readonly config: C;
  /** The node that feeds `port`; null if nothing is connected or the connection has an error. */
  before(port: string): Upstream | null;
}

export interface Param {
  readonly shape: readonly number[];
  readonly init: Initializer;
  /** Decides weight decay: biases and the scales of normalization may be exempt. */
  readonly role: 'weight' | 'bias' | 'norm';
}

/** A tensor that is updated during training, but not by gradients. */
export interface Buffer {
  readonly shape: readonly number[];
  /** Initial value of all elements. */
  readonly initial: number;
}

/** Arguments of `lower` and of the output rules. Shapes and values are keyed by input port. */
export interface LowerArgs<C> {
  readonly g: Builder;
  readonly x: Readonly<Record<string, Value>>;
  /** The layer's parameters, by the names that `params` gave them. */
  readonly p: Readonly<Record<string, Value>>;
  /** The layer's buffers (running statistics), by the names that `buffers` gave them. */
  readonly b: Readonly<Record<string, Value>>;
  readonly config: C;
  /** `predict` also for frozen layers with buffers in a training step. */
  readonly mode: 'train' | 'predict';
  /** Sets the value of a buffer after a training step. */
  update(buffer: string, value: Value): void;
  /**
   * A new random mask of ones (with probability `keep`) and zeros, [N, ...]. The trainer feeds it, so the step itself is
   * a pure function.
   */
  mask(shape: Dims, keep: number): Value;
}

/** Rules of an output layer whose predictions are classes. */
export interface ClassRules<C> {
  /** The loss is cross-entropy. */
  isEntropy(config: C): boolean;
  /** Targets may be probabilities of the classes, of the shape of the logits and float32, in place of class indices. */
  takesProbabilities(config: C): boolean;
  /** Some classes count more than others. */
  isWeighted(config: C): boolean;
  /** Config field and value that give all classes equal influence, from the number of training samples of each. */
  balanced(samples: readonly number[]): { readonly key: string; readonly value: number | readonly number[] };
}

/** Rules of an output layer: target, predictions and loss. */
export interface OutputRules<C> {
  /** Kind of prediction: one of several classes, yes (1) or no (0), or numbers. Decides the metrics. */
  readonly answers: 'class' | 'binary' | 'numbers';
  /** Only outputs of classes have it. */
  readonly classes?: ClassRules<C>;
  /** Type and shape of the target of one sample, without the batch axis. Class indices are int64, all else is float32. */
  target(x: Readonly<Record<string, Shape>>, config: C): { readonly dtype: 'int64' | 'float32'; readonly shape: Shape };
  /** Named predictions; the loss uses the first. */
  predictions(args: LowerArgs<C>): Readonly<Record<string, Value>>;
  /**
   * `loss`: a scalar, the mean over the batch. `correct`: a float32 scalar, the number of samples predicted correctly;
   * null for regression. Absent for an output that is not trained.
   */
  loss?(args: LowerArgs<C>, target: Value): { readonly loss: Value; readonly correct: Value | null };
}

/** A layer with another config, as a separate entry of the palette. */
export interface Preset {
  readonly id: string;
  readonly title: Text;
  readonly doc: Text;
  readonly keywords: readonly string[];
  /** Config that differs from the layer's defaults; it may depend on the input shape `x`, if known. */
  config(x?: Shape): Config;
}

export type InferResult =
  | {
      /** Of a raw value only if it has a batch axis and known sizes. */
      readonly outputs: Readonly<Record<string, Shape>>;
      readonly raw?: RawTypes;
      /** The layer has no gradient: its parameters, and layers that only lead to it, are not trained. */
      readonly opaque?: boolean;
    }
  | { readonly problems: readonly Problem[] };

/**
 * Limits of an S-shaped activation. The slope at `middle` is `steepest`; for outputs more than `far` from `middle` it is
 * less than a twentieth of that.
 */
export interface Saturation {
  readonly middle: number;
  readonly far: number;
  readonly steepest: number;
}

/** A calculation with numbers filled in, for the inspector. */
export interface Explanation {
  readonly label: Text;
  readonly sum: string;
}

/** The formula of a layer, with the letters that are usual in the field. */
export interface Formula {
  /** Lines of TeX; terms that the config turns off are left out. */
  readonly tex: readonly string[];
  /** Meaning of the letters; TeX between dollar signs. */
  readonly where?: Text;
  /** Paper that introduced the layer, if it is not common knowledge. */
  readonly source?: string;
}

/**
 * The definition of a layer. A new layer is one new file, one line in `index.ts` and `layerTypes.ts`, and a row of
 * `src/pytorch/layerModules.ts`; palette, inspector, help, validation, analysis and compilation follow from the
 * definition.
 */
export interface LayerDef<S extends ConfigSchema = ConfigSchema> {
  /** Stable key in documents: PyTorch's module name in camelCase. */
  readonly type: string;
  readonly title: Text;
  readonly category: Category;
  /** Help shown to users: what the layer computes, its shapes, when to use it. */
  readonly doc: Text;
  /** Start of the names of new nodes: `conv` gives conv1, conv2, … */
  readonly stem: string;
  /** Further search terms, in any language. */
  readonly keywords: readonly string[];
  /** Icon that shows the effect of the layer on its input. */
  readonly icon: Drawing;
  /** Different names in other programs, in lower-case letters and digits. */
  readonly aliases?: readonly string[];
  /** The same layer with other settings, as separate entries of the palette. */
  readonly presets?: readonly Preset[];
  formula(config: ConfigOf<S>): Formula;
  readonly config: S;
  /** Input ports; if their number depends on the config, those of the default config (see `inputPorts`). */
  readonly inputs: readonly string[];
  inputsOf?(config: ConfigOf<S>): readonly string[];
  readonly outputs: readonly string[];
  /** The most important config in one short line, shown on the node. */
  summary(config: ConfigOf<S>): Text;
  /** Output shapes, or the problems. Called only with shapes or raw types for all inputs and a valid config. */
  infer(x: Readonly<Record<string, Shape>>, config: ConfigOf<S>, raw?: RawTypes): InferResult;
  /** Input ports accept raw values. */
  readonly takesRaw?: boolean;
  /** Likely mistakes in a layer whose shapes are valid. */
  advise?(args: AdviseArgs<ConfigOf<S>>): readonly Advice[];
  params?(x: Readonly<Record<string, Shape>>, config: ConfigOf<S>): Readonly<Record<string, Param>>;
  /** State that is updated by each step but not trained. */
  buffers?(x: Readonly<Record<string, Shape>>, config: ConfigOf<S>): Readonly<Record<string, Buffer>>;
  /** Multiply–accumulate operations for one sample; 0 by default. */
  macs?(x: Readonly<Record<string, Shape>>, y: Readonly<Record<string, Shape>>, config: ConfigOf<S>): number;
  explain?(
    x: Readonly<Record<string, Shape>>,
    y: Readonly<Record<string, Shape>>,
    config: ConfigOf<S>,
  ): readonly Explanation[];
  /** Behavior in training and in prediction, if they differ. */
  readonly modes?: { readonly train: Text; readonly predict: Text };
  /** Emits the ops of the layer; values are batched: [N, ...shape]. Absent for inputs and outputs of the network. */
  lower?(args: LowerArgs<ConfigOf<S>>): Readonly<Record<string, Value>>;
  /** Only output layers have it; they have no `lower`. */
  output?: OutputRules<ConfigOf<S>>;
  /** Config key of the size of the first output axis (`outChannels`, `outFeatures`). */
  readonly featuresKey?: string;
  /** The first axis of the output has the size of that of the only input, so fixes may look further upstream. */
  readonly keepsFeatures?: boolean;
  /** In prediction, the output has the values of the input, in the same order. */
  readonly keepsNumbers?: boolean;
  /** Changes the shape but not the values. */
  readonly reshapes?: boolean;
  /** Takes a sample as one row of values: images have to be flattened before it. */
  readonly takesRows?: boolean;
  /** Config key of the fraction of the values that training drops. */
  readonly dropsKey?: string;
  /** Only layers that normalize over the batch have it: `instead` is the layer that normalizes each sample by itself. */
  readonly overBatch?: { readonly instead: NewLayer };
  /** Where the slope of an activation is 0 or almost 0: everywhere, below 0 (units can die), or at both limits. */
  readonly flat?: 'everywhere' | 'belowZero' | Saturation;
}

/** The input ports of a layer with that config. */
export const inputPorts = (layer: LayerDef, config: ConfigOf<ConfigSchema>): readonly string[] =>
  layer.inputsOf?.(config) ?? layer.inputs;

/** Checks the types of a definition against its config schema, then drops the schema's type so that layers can be listed. */
export const defineLayer = <S extends ConfigSchema>(def: LayerDef<S> & { readonly type: LayerType }): LayerDef =>
  def as unknown as LayerDef;
