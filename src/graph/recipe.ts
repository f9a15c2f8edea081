import { z } from 'zod';

/**
 * Training settings. Names and meaning are those of PyTorch, in camelCase; src/optim documents each setting. Settings that
 * older documents lack are optional, and their absence means the behavior of such documents.
 */

const share = z.number().min(0).max(1);
const beta = z.number().min(0).lt(1);
const positive = z.number().positive();
const nonnegative = z.number().min(0);

const sgd = z
  .object({
    kind: z.literal('sgd'),
    learningRate: positive,
    momentum: beta,
    /** Fraction of each gradient left out of the momentum buffer; 0 by default. */
    dampening: share.optional(),
    weightDecay: nonnegative,
    nesterov: z.boolean(),
  })
  .readonly();

const moments = {
  learningRate: positive,
  beta1: beta,
  beta2: beta,
  eps: nonnegative,
  weightDecay: nonnegative,
  amsgrad: z.boolean(),
};
const adam = z.object({ kind: z.literal('adam'), ...moments }).readonly();
const adamw = z.object({ kind: z.literal('adamw'), ...moments }).readonly();

const rmsprop = z
  .object({
    kind: z.literal('rmsprop'),
    learningRate: positive,
    alpha: beta,
    eps: nonnegative,
    weightDecay: nonnegative,
    momentum: beta,
    centered: z.boolean(),
  })
  .readonly();

const adagrad = z
  .object({
    kind: z.literal('adagrad'),
    learningRate: positive,
    lrDecay: nonnegative,
    weightDecay: nonnegative,
    initialAccumulator: nonnegative,
    eps: nonnegative,
  })
  .readonly();

export const optimizerSchema = z.discriminatedUnion('kind', [sgd, adam, adamw, rmsprop, adagrad]);

export const clipSchema = z.discriminatedUnion('kind', [
  /** Scales all gradients so that their total norm is at most `maxNorm`. */
  z.object({ kind: z.literal('norm'), maxNorm: positive }).readonly(),
  /** Clips each gradient value to ±`clipValue`. */
  z.object({ kind: z.literal('value'), clipValue: positive }).readonly(),
]);

const group = z
  .object({
    /** Prefix of parameter names: `conv1/` matches one node, `conv` all names that start with it, the empty text all. */
    match: z.string(),
    learningRateScale: nonnegative.optional(),
    /** Overrides the value of the optimizer. */
    weightDecay: nonnegative.optional(),
  })
  .readonly();

/** Unit of a schedule: the learning rate changes per step or per epoch. */
const unit = z.enum(['step', 'epoch']);
/** A length in units; the whole run by default. */
const length = z.int().positive().optional();

export const scheduleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('constant') }).readonly(),
  z.object({ kind: z.literal('step'), unit, stepSize: z.int().positive(), gamma: positive }).readonly(),
  z
    .object({ kind: z.literal('multistep'), unit, milestones: z.array(z.int().min(0)).readonly(), gamma: positive })
    .readonly(),
  z.object({ kind: z.literal('exponential'), unit, gamma: positive }).readonly(),
  z.object({ kind: z.literal('cosine'), unit, tMax: length, etaMin: nonnegative }).readonly(),
  z
    .object({
      kind: z.literal('warmupCosine'),
      unit,
      warmupSteps: z.int().min(0),
      startFactor: positive.max(1),
      totalSteps: length,
      etaMin: nonnegative,
    })
    .readonly(),
  z
    .object({
      kind: z.literal('oneCycle'),
      unit,
      /** Peak learning rate; that of the optimizer by default. */
      maxLr: positive.optional(),
      totalSteps: length,
      pctStart: share,
      anneal: z.enum(['cos', 'linear']),
      divFactor: positive,
      finalDivFactor: positive,
      threePhase: z.boolean(),
      /** If true, momentum (beta1 of Adam) falls while the learning rate rises. */
      cycleMomentum: z.boolean(),
      baseMomentum: beta,
      maxMomentum: beta,
    })
    .readonly(),
  /** Watches the validation results after each epoch: the loss with mode `min`, the accuracy with mode `max`. */
  z
    .object({
      kind: z.literal('plateau'),
      mode: z.enum(['min', 'max']),
      factor: positive.lt(1),
      patience: z.int().min(0),
      threshold: nonnegative,
      thresholdMode: z.enum(['rel', 'abs']),
      cooldown: z.int().min(0),
      minLr: nonnegative,
      eps: nonnegative,
    })
    .readonly(),
]);

export const earlyStoppingSchema = z
  .object({
    /** Validation loss (lower is better) or validation accuracy (higher is better). */
    monitor: z.enum(['loss', 'accuracy']),
    /** Number of consecutive epochs without improvement after which the run ends. */
    patience: z.int().positive(),
    /** Min improvement: a loss, or a fraction of the samples. */
    minDelta: nonnegative,
  })
  .readonly();

export const recipeSchema = z
  .object({
    optimizer: optimizerSchema,
    /** Gradient clipping; none by default. */
    clip: clipSchema.optional(),
    /** Parameter groups; a parameter belongs to the first group with a matching prefix. */
    groups: z.array(group).readonly().optional(),
    /**
     * Frozen batch normalization: `batch` normalizes with the statistics of the batch and updates the running ones, as a
     * module in train mode in PyTorch; by default it uses the running statistics unchanged, as in eval mode.
     */
    frozenBatchNorm: z.literal('batch').optional(),
    /** `held` if a new run starts from the weights that the network has, where they fit; by default from random ones. */
    start: z.literal('held').optional(),
    /** False if biases and the parameters of normalization layers have no weight decay; true by default, as in PyTorch. */
    decayBiasAndNorm: z.boolean().optional(),
    /** Learning rate schedule; constant by default. */
    schedule: scheduleSchema.optional(),
    /** Early stopping; none by default. */
    earlyStopping: earlyStoppingSchema.optional(),
    /** True if a finished run keeps the weights of its best epoch by validation; by default those of the last epoch. */
    keepBest: z.boolean().optional(),
    // Keeps the number of steps a safe integer for any dataset.
    batchSize: z.int().positive().max(1_000_000),
    epochs: z.int().positive().max(1_000_000),
    /** Seed of initial weights, shuffling and dropout. */
    seed: z.int().nonnegative(),
  })
  .readonly();

export type EarlyStopping = z.infer<typeof earlyStoppingSchema>;
export type Recipe = z.infer<typeof recipeSchema>;
export type OptimizerConfig = z.infer<typeof optimizerSchema>;
export type OptimizerKind = OptimizerConfig['kind'];
export type ClipConfig = z.infer<typeof clipSchema>;
export type ParamGroup = z.infer<typeof group>;
export type Schedule = z.infer<typeof scheduleSchema>;

/** Initial weights of a new run, as in requests to the engine: random, or those that the network has. */
export const startWeights = ({ recipe }: { readonly recipe: Recipe }): 'fresh' | 'current' =>
  recipe.start === 'held' ? 'current' : 'fresh';

type ByKind<T extends { readonly kind: string }> = { readonly [K in T['kind']]: Extract<T, { readonly kind: K }> };

/** Names of the optimizers as in their papers, for all languages. */
export const optimizerTitles: Readonly<Record<OptimizerKind, string>> = {
  sgd: 'SGD',
  adam: 'Adam',
  adamw: 'AdamW',
  rmsprop: 'RMSprop',
  adagrad: 'Adagrad',
};

/** Default settings of each optimizer, as in PyTorch (which has no default learning rate for SGD). */
export const defaultOptimizers: ByKind<OptimizerConfig> = {
  sgd: { kind: 'sgd', learningRate: 0.1, momentum: 0, weightDecay: 0, nesterov: false },
  adam: { kind: 'adam', learningRate: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0, amsgrad: false },
  adamw: { kind: 'adamw', learningRate: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0.01, amsgrad: false },
  rmsprop: {
    kind: 'rmsprop',
    learningRate: 0.01,
    alpha: 0.99,
    eps: 1e-8,
    weightDecay: 0,
    momentum: 0,
    centered: false,
  },
  adagrad: { kind: 'adagrad', learningRate: 0.01, lrDecay: 0, weightDecay: 0, initialAccumulator: 0, eps: 1e-10 },
};

export const defaultClips: ByKind<ClipConfig> = {
  norm: { kind: 'norm', maxNorm: 1 },
  value: { kind: 'value', clipValue: 0.5 },
};

/** Default settings of each schedule. Lengths are omitted, so they follow the length of the run. */
export const defaultSchedules: ByKind<Schedule> = {
  constant: { kind: 'constant' },
  step: { kind: 'step', unit: 'epoch', stepSize: 10, gamma: 0.1 },
  multistep: { kind: 'multistep', unit: 'epoch', milestones: [5, 8], gamma: 0.1 },
  exponential: { kind: 'exponential', unit: 'epoch', gamma: 0.95 },
  cosine: { kind: 'cosine', unit: 'step', etaMin: 0 },
  warmupCosine: { kind: 'warmupCosine', unit: 'step', warmupSteps: 100, startFactor: 0.01, etaMin: 0 },
  oneCycle: {
    kind: 'oneCycle',
    unit: 'step',
    pctStart: 0.3,
    anneal: 'cos',
    divFactor: 25,
    finalDivFactor: 1e4,
    threePhase: false,
    cycleMomentum: true,
    baseMomentum: 0.85,
    maxMomentum: 0.95,
  },
  plateau: {
    kind: 'plateau',
    mode: 'min',
    factor: 0.1,
    patience: 10,
    threshold: 1e-4,
    thresholdMode: 'rel',
    cooldown: 0,
    minLr: 0,
    eps: 1e-8,
  },
};

export const defaultEarlyStopping: EarlyStopping = { monitor: 'loss', patience: 5, minDelta: 0 };

export const defaultRecipe: Recipe = { optimizer: defaultOptimizers.sgd, batchSize: 32, epochs: 10, seed: 1 };
