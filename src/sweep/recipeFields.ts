import type { ConfigValue, DataConfig, NetworkDocument } from '../graph/document.ts';
import { expectedBy, firstIssue } from '../graph/expected.ts';
import {
  defaultClips,
  defaultEarlyStopping,
  defaultOptimizers,
  defaultSchedules,
  optimizerTitles,
  type Recipe,
  recipeSchema,
} from '../graph/recipe.ts';
import { settingLabels as labels } from '../graph/settingLabels.ts';
import { bool, choice, type Field, float, int, invalidValue } from '../layers/config.ts';
import { same, type Text } from '../text.ts';
import { type FieldChange, notAllowed, type SweepField } from './field.ts';

/**
 * The training settings as fields with labels and ranges. The schema of the training settings decides which values are
 * valid.
 */

type Fields = Readonly<Record<string, Field>>;

const whole = (label: Text, min: number, max: number) => int({ label, default: min, min, max });
const number = (label: Text, min: number, max: number) => float({ label, default: min, min, max, step: 0.01 });
const yes = (label: Text) => bool({ label, default: false });
const kind = (label: Text, kinds: readonly (readonly [string, Text])[]): Field =>
  choice({ label, default: kinds[0]?.[0] ?? '', options: kinds.map(([value, title]) => ({ value, label: title })) });

const run: Fields = {
  batchSize: whole(labels.batchSize, 1, 8192),
  epochs: whole(labels.epochs, 1, 10_000),
  seed: whole(labels.seed, 0, 4_294_967_295),
  keepBest: yes(labels.keepBest),
  decayBiasAndNorm: yes(labels.decayBiasAndNorm),
};

/** Fields of all optimizers; the chosen kind decides which of them exist. */
const optimizer: Fields = {
  kind: kind(
    labels.optimizer,
    Object.entries(optimizerTitles).map(([name, title]) => [name, same(title)]),
  ),
  learningRate: number(labels.learningRate, 1e-6, 100),
  momentum: number(labels.momentum, 0, 0.999),
  dampening: number(labels.dampening, 0, 1),
  nesterov: yes(labels.nesterov),
  weightDecay: number(labels.weightDecay, 0, 1),
  beta1: number(labels.beta1, 0, 0.9999),
  beta2: number(labels.beta2, 0, 0.9999),
  alpha: number(labels.alpha, 0, 0.9999),
  eps: number(labels.eps, 0, 1),
  amsgrad: yes(labels.amsgrad),
  centered: yes(labels.centered),
  lrDecay: number(labels.lrDecay, 0, 1),
  initialAccumulator: number(labels.initialAccumulator, 0, 100),
};

const clip: Fields = {
  kind: kind(labels.clip, [
    ['none', labels.none],
    ['norm', labels.clipByNorm],
    ['value', labels.clipByValue],
  ]),
  maxNorm: number(labels.maxNorm, 1e-6, 1e6),
  clipValue: number(labels.clipValue, 1e-6, 1e6),
};

const schedule: Fields = {
  kind: kind(labels.schedule, [
    ['constant', labels.constant],
    ['step', labels.step],
    ['multistep', labels.multistep],
    ['exponential', labels.exponential],
    ['cosine', labels.cosine],
    ['warmupCosine', labels.warmupCosine],
    ['oneCycle', labels.oneCycle],
    ['plateau', labels.plateau],
  ]),
  stepSize: whole(labels.stepSize, 1, 1_000_000),
  gamma: number(labels.gamma, 1e-6, 10),
  etaMin: number(labels.etaMin, 0, 100),
  warmupSteps: whole(labels.warmupSteps, 0, 1_000_000),
  startFactor: number(labels.startFactor, 1e-6, 1),
  maxLr: number(labels.maxLr, 1e-6, 100),
  pctStart: number(labels.pctStart, 0, 1),
  divFactor: number(labels.divFactor, 1e-6, 1e6),
  finalDivFactor: number(labels.finalDivFactor, 1e-6, 1e9),
  factor: number(labels.gamma, 1e-6, 0.999),
  patience: whole(labels.patience, 0, 1_000_000),
  cooldown: whole(labels.cooldown, 0, 1_000_000),
  threshold: number(labels.threshold, 0, 100),
};

const earlyStopping: Fields = {
  patience: whole(labels.patience, 1, 10_000),
  minDelta: number(labels.minDelta, 0, 10),
};

const data: Fields = {
  validation: number(labels.validation, 0.01, 0.9),
  splitSeed: whole(labels.splitSeed, 0, 4_294_967_295),
};

const logarithmic = new Set(['learningRate', 'weightDecay', 'eps', 'maxLr', 'etaMin']);

const listed = (path: string, owner: Text, fields: Fields, values: Readonly<Record<string, unknown>>) =>
  Object.entries(fields).flatMap(([key, field]): SweepField[] => {
    const value = values[key] as ConfigValue | undefined;
    if (value === undefined) return [];
    return [{ id: `${path}.${key}`, owner, label: field.label, field, value, logarithmic: logarithmic.has(key) }];
  });

const owners = {
  training: { en: 'Training', zh: '训练' },
  data: { en: 'Dataset', zh: '数据集' },
} satisfies Readonly<Record<string, Text>>;

/** The fields that apply to these training settings: those of the chosen optimizer and schedule only. */
export const recipeFieldsOf = (recipe: Recipe): readonly SweepField[] => [
  ...listed('recipe.optimizer', labels.optimizer, optimizer, recipe.optimizer),
  ...listed('recipe', owners.training, run, { keepBest: false, decayBiasAndNorm: true, ...recipe }),
  ...listed('recipe.schedule', labels.schedule, schedule, recipe.schedule ?? defaultSchedules.constant),
  ...listed('recipe.clip', labels.clip, clip, recipe.clip ?? { kind: 'none' }),
  ...listed('recipe.earlyStopping', labels.earlyStopping, earlyStopping, recipe.earlyStopping ?? {}),
];

export const dataFieldsOf = (config: DataConfig): readonly SweepField[] => [
  ...listed('data', owners.data, data, { ...config }),
  ...(config.split?.kind === 'folds'
    ? listed('data.split', owners.data, { fold: foldOf(config.split) }, { ...config.split })
    : []),
];

/** Id of the fold that validates. */
export const FOLD = 'data.split.fold';

const foldOf = ({ folds }: { readonly folds: number }) => whole(labels.fold, 1, folds);

/**
 * Defaults of every kind of optimizer, schedule and gradient clipping. Setting a kind resets its fields to these, as in
 * the settings form.
 */
const kinds: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  optimizer: defaultOptimizers,
  schedule: defaultSchedules,
  clip: defaultClips,
};

const parts: Readonly<Record<string, Fields>> = { optimizer, schedule, clip, earlyStopping };

/** Sets a training setting. `path`: the part of the id after `recipe.` */
export function withRecipeField(document: NetworkDocument, path: readonly string[], value: ConfigValue): FieldChange {
  const { recipe } = document;
  const [part = '', key] = path;
  const id = ['recipe', ...path].join('.');
  const field = key === undefined ? run[part] : parts[part]?.[key];
  if (field === undefined || path.length > 2) return { problem: absent(id) };
  const expected = invalidValue(field, value);
  if (expected !== null) return { problem: notAllowed(id, value, expected) };
  if (key === undefined) return read(document, { ...recipe, [part]: value });
  const starts = kinds[part];
  if (key === 'kind' && starts !== undefined) {
    const { [part as keyof Recipe]: _, ...others } = recipe;
    const start = starts[String(value)];
    return read(document, start === undefined ? others : { ...others, [part]: start });
  }
  const before: Readonly<Record<string, unknown>> | undefined = {
    optimizer: recipe.optimizer,
    schedule: recipe.schedule,
    clip: recipe.clip,
    earlyStopping: recipe.earlyStopping ?? defaultEarlyStopping,
  }[part];
  if (before === undefined || !(key in before || isOptional(before, key))) return { problem: absent(id) };
  return read(document, { ...recipe, [part]: { ...before, [key]: value } });
}

/** True for an optional field of the chosen kind, which the document may omit. */
const isOptional = ({ kind: chosen }: Readonly<Record<string, unknown>>, key: string): boolean =>
  (chosen === 'sgd' && key === 'dampening') || (chosen === 'oneCycle' && key === 'maxLr');

function read(document: NetworkDocument, recipe: unknown): FieldChange {
  const parsed = recipeSchema.safeParse(recipe);
  if (parsed.success) return { document: { ...document, recipe: parsed.data } };
  const issue = firstIssue(parsed.error);
  const value = issue.path.reduce<unknown>(
    (part, key) => (part as Record<PropertyKey, unknown> | undefined)?.[key],
    recipe,
  );
  return { problem: notAllowed(['recipe', ...issue.path].join('.'), value as ConfigValue, expectedBy(issue)) };
}

export function withDataField(
  document: NetworkDocument,
  [key = '', ...deeper]: readonly string[],
  value: ConfigValue,
): FieldChange {
  if (key === 'split' && deeper.join('.') === 'fold') return withFold(document, value);
  const field = data[key];
  if (field === undefined) return { problem: absent(`data.${key}`) };
  const expected = invalidValue(field, value);
  if (expected !== null) return { problem: notAllowed(`data.${key}`, value, expected) };
  return { document: { ...document, data: { ...document.data, [key]: value } } };
}

function withFold(document: NetworkDocument, value: ConfigValue): FieldChange {
  const { split } = document.data;
  if (split?.kind !== 'folds') return { problem: NO_FOLDS };
  const expected = invalidValue(foldOf(split), value);
  if (expected !== null) return { problem: notAllowed(FOLD, value, expected) };
  return { document: { ...document, data: { ...document.data, split: { ...split, fold: value as number } } } };
}

const NO_FOLDS: Text = {
  en: 'The dataset is not split into folds. Choose folds in the Data workspace (command line: --split folds:5).',
  zh: '数据集没有分折。请在“数据”工作区选择分折（命令行：--split folds:5）。',
};

const absent = (id: string): Text => ({
  en: `“${id}” does not exist for the selected optimizer or schedule. Choose another hyperparameter.`,
  zh: `所选的优化器或学习率调度没有“${id}”。请选择其他超参数。`,
});
