import {
  type ClipConfig,
  defaultClips,
  defaultEarlyStopping,
  defaultOptimizers,
  defaultSchedules,
  type EarlyStopping,
  type OptimizerConfig,
  type OptimizerKind,
  optimizerTitles,
  type Schedule,
} from '../../../src/graph/recipe.ts';
import { bool, type ChoiceField, choice, type Field, float, int, numbers } from '../../../src/layers/config.ts';
import { same, type Text } from '../../../src/text.ts';
import { textOf } from '../../ui/i18n/i18n.ts';

type Fields = Readonly<Record<string, Field>>;

const rate = (usual: number) =>
  float({
    label: textOf('recipe.learningRate'),
    default: usual,
    min: 1e-6,
    max: 100,
    step: usual >= 0.1 ? 0.01 : 0.001,
  });
const decay = float({ label: textOf('recipe.weightDecay'), default: 0, min: 0, max: 1, step: 0.0001 });
const momentum = float({ label: textOf('recipe.momentum'), default: 0, min: 0, max: 0.999, step: 0.1 });
const share = (key: 'recipe.beta1' | 'recipe.beta2' | 'recipe.alpha') =>
  float({ label: textOf(key), default: 0.9, min: 0, max: 0.9999, step: 0.001, advanced: true });
const eps = float({ label: textOf('recipe.eps'), default: 1e-8, min: 0, max: 1, step: 1e-8, advanced: true });

const adam: Fields = {
  learningRate: rate(0.001),
  weightDecay: decay,
  beta1: share('recipe.beta1'),
  beta2: share('recipe.beta2'),
  eps,
  amsgrad: bool({ label: textOf('recipe.amsgrad'), default: false, advanced: true }),
};

/** Form fields of each optimizer. */
const optimizerFields: Readonly<Record<OptimizerKind, Fields>> = {
  sgd: {
    learningRate: rate(0.1),
    momentum,
    nesterov: bool({ label: textOf('recipe.nesterov'), default: false }),
    weightDecay: decay,
  },
  adam,
  adamw: adam,
  rmsprop: {
    learningRate: rate(0.01),
    momentum,
    weightDecay: decay,
    alpha: share('recipe.alpha'),
    eps,
    centered: bool({ label: textOf('recipe.centered'), default: false, advanced: true }),
  },
  adagrad: {
    learningRate: rate(0.01),
    weightDecay: decay,
    lrDecay: float({ label: textOf('recipe.lrDecay'), default: 0, min: 0, max: 1, step: 0.0001 }),
    initialAccumulator: float({
      label: textOf('recipe.initialAccumulator'),
      default: 0,
      min: 0,
      max: 100,
      step: 0.1,
      advanced: true,
    }),
    eps,
  },
};

/** Setting with several kinds: the options, and for each kind its fields and initial value. */
export interface Kinds<T extends { readonly kind: string }> {
  readonly choice: ChoiceField;
  readonly fields: Readonly<Record<T['kind'], Fields>>;
  readonly start: { readonly [K in T['kind']]: Extract<T, { readonly kind: K }> };
}

const kindChoice = (label: Text, kinds: readonly (readonly [string, Text])[]): ChoiceField =>
  choice({ label, default: kinds[0][0], options: kinds.map(([value, title]) => ({ value, label: title })) });

export const optimizers: Kinds<OptimizerConfig> = {
  choice: kindChoice(
    textOf('recipe.optimizer'),
    Object.entries(optimizerTitles).map(([kind, title]) => [kind, same(title)]),
  ),
  fields: optimizerFields,
  start: defaultOptimizers,
};

const unit = choice<'step' | 'epoch'>({
  label: textOf('recipe.unit'),
  default: 'epoch',
  options: [
    { value: 'step', label: textOf('recipe.unit.step') },
    { value: 'epoch', label: textOf('recipe.unit.epoch') },
  ],
});
const count = (key: 'stepSize' | 'warmupSteps' | 'patience' | 'cooldown', usual: number, min: number) =>
  int({ label: textOf(`recipe.${key}`), default: usual, min, max: 1_000_000 });
const number = (
  key: 'gamma' | 'startFactor' | 'pctStart' | 'divFactor' | 'finalDivFactor' | 'threshold' | 'etaMin',
  usual: number,
  [min, max, step]: readonly [number, number, number],
  advanced = false,
) => float({ label: textOf(`recipe.${key}`), default: usual, min, max, step, advanced });
const factor = (usual: number) => number('gamma', usual, [1e-6, 10, 0.05]);
const lowest = number('etaMin', 0, [0, 100, 0.001]);
const cycled = (key: 'baseMomentum' | 'maxMomentum', usual: number) =>
  float({ label: textOf(`recipe.${key}`), default: usual, min: 0, max: 0.9999, step: 0.05, advanced: true });

export const schedules: Kinds<Schedule> = {
  choice: kindChoice(textOf('recipe.schedule'), [
    ['constant', textOf('recipe.schedule.constant')],
    ['step', textOf('recipe.schedule.step')],
    ['multistep', textOf('recipe.schedule.multistep')],
    ['exponential', textOf('recipe.schedule.exponential')],
    ['cosine', textOf('recipe.schedule.cosine')],
    ['warmupCosine', textOf('recipe.schedule.warmupCosine')],
    ['oneCycle', textOf('recipe.schedule.oneCycle')],
    ['plateau', textOf('recipe.schedule.plateau')],
  ]),
  fields: {
    constant: {},
    step: { unit, stepSize: count('stepSize', 10, 1), gamma: factor(0.1) },
    multistep: {
      unit,
      milestones: numbers({ label: textOf('recipe.milestones'), default: [5, 8], min: 0, whole: true }),
      gamma: factor(0.1),
    },
    exponential: { unit, gamma: factor(0.95) },
    cosine: { unit, etaMin: lowest },
    warmupCosine: {
      unit,
      warmupSteps: count('warmupSteps', 100, 0),
      startFactor: number('startFactor', 0.01, [1e-6, 1, 0.01]),
      etaMin: lowest,
    },
    oneCycle: {
      unit,
      pctStart: number('pctStart', 0.3, [0, 1, 0.05]),
      divFactor: number('divFactor', 25, [1e-6, 1e6, 1]),
      finalDivFactor: number('finalDivFactor', 1e4, [1e-6, 1e9, 1000], true),
      anneal: choice<'cos' | 'linear'>({
        label: textOf('recipe.anneal'),
        default: 'cos',
        options: [
          { value: 'cos', label: textOf('recipe.anneal.cos') },
          { value: 'linear', label: textOf('recipe.anneal.linear') },
        ],
        advanced: true,
      }),
      threePhase: bool({ label: textOf('recipe.threePhase'), default: false, advanced: true }),
      cycleMomentum: bool({ label: textOf('recipe.cycleMomentum'), default: true, advanced: true }),
      baseMomentum: cycled('baseMomentum', 0.85),
      maxMomentum: cycled('maxMomentum', 0.95),
    },
    plateau: {
      mode: choice<'min' | 'max'>({
        label: textOf('recipe.mode'),
        default: 'min',
        options: [
          { value: 'min', label: textOf('recipe.mode.min') },
          { value: 'max', label: textOf('recipe.mode.max') },
        ],
      }),
      factor: float({ label: textOf('recipe.gamma'), default: 0.1, min: 1e-6, max: 0.999, step: 0.05 }),
      patience: { ...count('patience', 10, 0), unit: textOf('recipe.epochUnit') },
      threshold: number('threshold', 1e-4, [0, 100, 0.0001], true),
      thresholdMode: choice<'rel' | 'abs'>({
        label: textOf('recipe.thresholdMode'),
        default: 'rel',
        options: [
          { value: 'rel', label: textOf('recipe.thresholdMode.rel') },
          { value: 'abs', label: textOf('recipe.thresholdMode.abs') },
        ],
        advanced: true,
      }),
      cooldown: { ...count('cooldown', 0, 0), unit: textOf('recipe.epochUnit'), advanced: true },
      minLr: { ...lowest, advanced: true },
    },
  },
  start: defaultSchedules,
};

/** Gradient clipping. For `none` the training settings have no such field. */
export type Clipping = ClipConfig | { readonly kind: 'none' };

export const clippings: Kinds<Clipping> = {
  choice: kindChoice(textOf('recipe.clip'), [
    ['none', textOf('recipe.clip.none')],
    ['norm', textOf('recipe.clip.norm')],
    ['value', textOf('recipe.clip.value')],
  ]),
  fields: {
    none: {},
    norm: { maxNorm: float({ label: textOf('recipe.maxNorm'), default: 1, min: 1e-6, max: 1e6, step: 0.5 }) },
    value: { clipValue: float({ label: textOf('recipe.clipValue'), default: 0.5, min: 1e-6, max: 1e6, step: 0.1 }) },
  },
  start: { none: { kind: 'none' }, ...defaultClips },
};

/** Mixing of training batches. For `none` the dataset settings have no such field. */
export type Mixing =
  | { readonly kind: 'none' }
  | { readonly kind: 'MixUp'; readonly alpha: number }
  | { readonly kind: 'CutMix'; readonly alpha: number };

const alpha: Fields = {
  alpha: float({
    label: textOf('data.mixing.alpha'),
    help: textOf('data.mixing.alphaHint'),
    default: 1,
    min: 1e-6,
    max: 1000,
    step: 0.1,
  }),
};

export const mixings: Kinds<Mixing> = {
  choice: kindChoice(textOf('data.mixing'), [
    ['none', textOf('recipe.clip.none')],
    ['MixUp', same('MixUp')],
    ['CutMix', same('CutMix')],
  ]),
  fields: { none: {}, MixUp: alpha, CutMix: alpha },
  start: { none: { kind: 'none' }, MixUp: { kind: 'MixUp', alpha: 1 }, CutMix: { kind: 'CutMix', alpha: 1 } },
};

type StoppingLimits = Omit<EarlyStopping, 'monitor'>;

/** Early stopping, by monitored metric. For `none` the training settings have no such field. */
export type Stopping =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'loss' } & StoppingLimits)
  | ({ readonly kind: 'accuracy' } & StoppingLimits);

const stoppingFields = (unit: Text): Fields => ({
  patience: {
    ...int({ label: textOf('recipe.patience'), help: textOf('recipe.patienceHint'), default: 5, min: 1, max: 10_000 }),
    unit: textOf('recipe.epochUnit'),
  },
  minDelta: {
    ...float({
      label: textOf('recipe.minDelta'),
      help: textOf('recipe.minDeltaHint'),
      default: 0,
      min: 0,
      max: 10,
      step: 0.001,
      advanced: true,
    }),
    unit,
  },
});
const { monitor: _, ...firstStopping } = defaultEarlyStopping;

export const stoppings: Kinds<Stopping> = {
  choice: kindChoice(textOf('recipe.earlyStopping'), [
    ['none', textOf('recipe.clip.none')],
    ['loss', textOf('recipe.earlyStopping.loss')],
    ['accuracy', textOf('recipe.earlyStopping.accuracy')],
  ]),
  fields: {
    none: {},
    loss: stoppingFields(textOf('recipe.lossUnit')),
    accuracy: stoppingFields(textOf('recipe.shareUnit')),
  },
  start: {
    none: { kind: 'none' },
    loss: { kind: 'loss', ...firstStopping },
    accuracy: { kind: 'accuracy', ...firstStopping },
  },
};

const seed = { default: 1, min: 0, max: 4_294_967_295 };
export const lengthFields: Fields = {
  batchSize: int({ label: textOf('recipe.batchSize'), default: 32, min: 1, max: 8192 }),
  epochs: int({ label: textOf('recipe.epochs'), default: 10, min: 1, max: 10_000 }),
};
export const seedField = int({ label: textOf('recipe.seed'), help: textOf('recipe.seedHint'), ...seed });
export const keepBestField = bool({
  label: textOf('recipe.keepBest'),
  help: textOf('recipe.keepBestHint'),
  default: false,
});
export const decayField = bool({ label: textOf('recipe.decayBiasAndNorm'), default: true, advanced: true });
export const dataFields: Fields = {
  validation: float({ label: textOf('data.validation'), default: 0.2, min: 0.01, max: 0.9, step: 0.05 }),
  splitSeed: int({ label: textOf('data.splitSeed'), ...seed }),
};
