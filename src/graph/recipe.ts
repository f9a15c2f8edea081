import { z } from 'zod';

/**
 * How a network is trained. Names and meaning are PyTorch's, in camelCase; what a field does is said where it is used
 * (src/optim). A field that an older document lacks is optional, and its absence means what such documents meant.
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
    /** Share of a gradient that the momentum buffer leaves out; absent: none. */
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
  /** Scales all gradients together so that their common norm is at most `maxNorm`. */
  z.object({ kind: z.literal('norm'), maxNorm: positive }).readonly(),
  /** Cuts every number of every gradient to ±`clipValue`. */
  z.object({ kind: z.literal('value'), clipValue: positive }).readonly(),
]);

const group = z
  .object({
    /** Start of the names of the parameters: `conv1/` is one node, `conv` all whose names start so. */
    match: z.string().min(1),
    learningRateScale: nonnegative.optional(),
    /** In place of the optimizer's. */
    weightDecay: nonnegative.optional(),
  })
  .readonly();

/** What a schedule counts: a rate per optimizer step, or one for a whole epoch. */
const unit = z.enum(['step', 'epoch']);
/** A length in units; absent: the whole run. */
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
      /** The peak; absent: the optimizer's learning rate. */
      maxLr: positive.optional(),
      totalSteps: length,
      pctStart: share,
      anneal: z.enum(['cos', 'linear']),
      divFactor: positive,
      finalDivFactor: positive,
      threePhase: z.boolean(),
      /** Momentum (Adam's beta1) falls while the rate rises. */
      cycleMomentum: z.boolean(),
      baseMomentum: beta,
      maxMomentum: beta,
    })
    .readonly(),
  /** Looks at the validation after every epoch: its loss where `mode` is `min`, its accuracy where it is `max`. */
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
    /** The validation's loss, where lower is better, or its accuracy, where higher is. */
    monitor: z.enum(['loss', 'accuracy']),
    /** So many epochs in a row without an improvement end the run. */
    patience: z.int().positive(),
    /** An improvement is more than this: in nats, or as a share of the samples. */
    minDelta: nonnegative,
  })
  .readonly();

export const recipeSchema = z
  .object({
    optimizer: optimizerSchema,
    /** Absent: gradients are taken as they are. */
    clip: clipSchema.optional(),
    /** The first group whose `match` fits a parameter is the one that it belongs to. */
    groups: z.array(group).readonly().optional(),
    /** False: biases and the parameters of normalisation layers are not decayed. Absent: everything is, as PyTorch does. */
    decayBiasAndNorm: z.boolean().optional(),
    /** Absent: the learning rate stays what it is. */
    schedule: scheduleSchema.optional(),
    /** Absent: a run does all its epochs. */
    earlyStopping: earlyStoppingSchema.optional(),
    /** A finished run leaves the weights of its best epoch, by validation. Absent: those of its last. */
    keepBest: z.boolean().optional(),
    // So that the number of steps is a safe integer, whatever the data.
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

type ByKind<T extends { readonly kind: string }> = { readonly [K in T['kind']]: Extract<T, { readonly kind: K }> };

/** As their papers write them, in every language. */
export const optimizerTitles: Readonly<Record<OptimizerKind, string>> = {
  sgd: 'SGD',
  adam: 'Adam',
  adamw: 'AdamW',
  rmsprop: 'RMSprop',
  adagrad: 'Adagrad',
};

/** What an optimizer starts with when it is chosen: PyTorch's defaults (SGD has none for the rate). */
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

/** What a schedule starts with when it is chosen. Lengths are left open: they are those of the run. */
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
