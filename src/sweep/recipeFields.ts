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
import { bool, choice, type Field, float, int, invalidValue } from '../layers/config.ts';
import { same, type Text } from '../text.ts';
import { type Changed, notAllowed, type SweepField } from './field.ts';

/** What the recipe says of how to train, as fields; the schema of the recipe has the last word on their values. */

type Fields = Readonly<Record<string, Field>>;

const whole = (en: string, zh: string, min: number, max: number) => int({ label: { en, zh }, default: min, min, max });
const number = (en: string, zh: string, min: number, max: number) =>
  float({ label: { en, zh }, default: min, min, max, step: 0.01 });
const yes = (en: string, zh: string) => bool({ label: { en, zh }, default: false });
const kind = (label: Text, kinds: readonly (readonly [string, Text])[]): Field =>
  choice({ label, default: kinds[0]?.[0] ?? '', options: kinds.map(([value, title]) => ({ value, label: title })) });

const run: Fields = {
  batchSize: whole('Batch size', '批量大小', 1, 8192),
  epochs: whole('Epochs', '轮数', 1, 10_000),
  seed: whole('Seed', '随机种子', 0, 4_294_967_295),
  keepBest: yes('Keep the best epoch', '保留最佳轮次'),
  decayBiasAndNorm: yes('Decay biases and normalisation', '衰减偏置与规范化参数'),
};

/** By name; which of them there are follows from the kind that was chosen. */
const optimizer: Fields = {
  kind: kind(
    { en: 'Optimizer', zh: '优化器' },
    Object.entries(optimizerTitles).map(([name, title]) => [name, same(title)]),
  ),
  learningRate: number('Learning rate', '学习率', 1e-6, 100),
  momentum: number('Momentum', '动量', 0, 0.999),
  dampening: number('Dampening', '阻尼', 0, 1),
  nesterov: yes('Nesterov', 'Nesterov 动量'),
  weightDecay: number('Weight decay', '权重衰减', 0, 1),
  beta1: number('β₁', 'β₁', 0, 0.9999),
  beta2: number('β₂', 'β₂', 0, 0.9999),
  alpha: number('α', 'α', 0, 0.9999),
  eps: number('ε', 'ε', 0, 1),
  amsgrad: yes('AMSGrad', 'AMSGrad'),
  centered: yes('Centered', '中心化'),
  lrDecay: number('Learning rate decay', '学习率衰减', 0, 1),
  initialAccumulator: number('Initial accumulator', '累积量初值', 0, 100),
};

const clip: Fields = {
  kind: kind({ en: 'Gradient clipping', zh: '梯度裁剪' }, [
    ['none', { en: 'none', zh: '无' }],
    ['norm', { en: 'by norm', zh: '按范数' }],
    ['value', { en: 'by value', zh: '按数值' }],
  ]),
  maxNorm: number('Largest norm', '最大范数', 1e-6, 1e6),
  clipValue: number('Largest value', '最大值', 1e-6, 1e6),
};

const schedule: Fields = {
  kind: kind({ en: 'Schedule', zh: '学习率调度' }, [
    ['constant', { en: 'constant', zh: '恒定' }],
    ['step', { en: 'steps', zh: '阶梯' }],
    ['multistep', { en: 'milestones', zh: '多阶段' }],
    ['exponential', { en: 'exponential', zh: '指数' }],
    ['cosine', { en: 'cosine', zh: '余弦' }],
    ['warmupCosine', { en: 'warm-up, cosine', zh: '预热加余弦' }],
    ['oneCycle', { en: 'one cycle', zh: '单周期' }],
    ['plateau', { en: 'at plateaus', zh: '停滞时降低' }],
  ]),
  stepSize: whole('Step size', '步长', 1, 1_000_000),
  gamma: number('Factor', '倍率', 1e-6, 10),
  etaMin: number('Lowest rate', '最低学习率', 0, 100),
  warmupSteps: whole('Warm-up', '预热长度', 0, 1_000_000),
  startFactor: number('Start factor', '起始倍率', 1e-6, 1),
  maxLr: number('Peak rate', '峰值学习率', 1e-6, 100),
  pctStart: number('Share of the rise', '上升占比', 0, 1),
  divFactor: number('Start divisor', '起始除数', 1e-6, 1e6),
  finalDivFactor: number('Final divisor', '末尾除数', 1e-6, 1e9),
  factor: number('Factor', '倍率', 1e-6, 0.999),
  patience: whole('Patience', '耐心轮数', 0, 1_000_000),
  cooldown: whole('Cooldown', '冷却轮数', 0, 1_000_000),
  threshold: number('Threshold', '阈值', 0, 100),
};

const earlyStopping: Fields = {
  patience: whole('Patience', '耐心轮数', 1, 10_000),
  minDelta: number('Least improvement', '最小改进', 0, 10),
};

const data: Fields = {
  validation: number('Validation share', '验证集占比', 0.01, 0.9),
  splitSeed: whole('Split seed', '划分种子', 0, 4_294_967_295),
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
  optimizer: { en: 'Optimizer', zh: '优化器' },
  schedule: { en: 'Schedule', zh: '学习率调度' },
  clip: { en: 'Gradient clipping', zh: '梯度裁剪' },
  earlyStopping: { en: 'Early stopping', zh: '提前停止' },
  data: { en: 'Data', zh: '数据' },
} satisfies Readonly<Record<string, Text>>;

/** The fields that mean something in that recipe: of its optimizer and its schedule, not of others. */
export const recipeFieldsOf = (recipe: Recipe): readonly SweepField[] => [
  ...listed('recipe.optimizer', owners.optimizer, optimizer, recipe.optimizer),
  ...listed('recipe', owners.training, run, { keepBest: false, decayBiasAndNorm: true, ...recipe }),
  ...listed('recipe.schedule', owners.schedule, schedule, recipe.schedule ?? defaultSchedules.constant),
  ...listed('recipe.clip', owners.clip, clip, recipe.clip ?? { kind: 'none' }),
  ...listed('recipe.earlyStopping', owners.earlyStopping, earlyStopping, recipe.earlyStopping ?? {}),
];

export const dataFieldsOf = (config: DataConfig): readonly SweepField[] =>
  listed('data', owners.data, data, { ...config });

/** The parts of the recipe that come in kinds: a kind brings what it starts with, as choosing it in the form does. */
const kinds: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  optimizer: defaultOptimizers,
  schedule: defaultSchedules,
  clip: defaultClips,
};

const parts: Readonly<Record<string, Fields>> = { optimizer, schedule, clip, earlyStopping };

/** `path`: behind `recipe.` */
export function withRecipeField(document: NetworkDocument, path: readonly string[], value: ConfigValue): Changed {
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

/** Fields that the chosen kind has, though a recipe may leave them out. */
const isOptional = ({ kind: chosen }: Readonly<Record<string, unknown>>, key: string): boolean =>
  (chosen === 'sgd' && key === 'dampening') || (chosen === 'oneCycle' && key === 'maxLr');

function read(document: NetworkDocument, recipe: unknown): Changed {
  const parsed = recipeSchema.safeParse(recipe);
  if (parsed.success) return { document: { ...document, recipe: parsed.data } };
  const issue = firstIssue(parsed.error);
  const value = issue.path.reduce<unknown>(
    (part, key) => (part as Record<PropertyKey, unknown> | undefined)?.[key],
    recipe,
  );
  return { problem: notAllowed(['recipe', ...issue.path].join('.'), value as ConfigValue, expectedBy(issue)) };
}

export function withDataField(document: NetworkDocument, [key = '']: readonly string[], value: ConfigValue): Changed {
  const field = data[key];
  if (field === undefined) return { problem: absent(`data.${key}`) };
  const expected = invalidValue(field, value);
  if (expected !== null) return { problem: notAllowed(`data.${key}`, value, expected) };
  return { document: { ...document, data: { ...document.data, [key]: value } } };
}

const absent = (id: string): Text => ({
  en: `The recipe has no '${id}': the kind that is chosen there has no such field.`,
  zh: `训练设置中没有“${id}”：所选类型没有这一项。`,
});
