import { sameValue } from '../check/sameValue.ts';
import { augmentationText } from '../graph/augmentationText.ts';
import type { ConfigValue, DataConfig, NetworkDocument } from '../graph/document.ts';

/** A dataset or training setting with different values; null if a network does not have the setting. */
export interface SettingDifference {
  /** `data.source`, `recipe.optimizer.learningRate`, … */
  readonly key: string;
  readonly from: ConfigValue | null;
  readonly to: ConfigValue | null;
}

/** The training and dataset settings that differ, value by value. */
export const settingDifferences = (a: NetworkDocument, b: NetworkDocument): readonly SettingDifference[] => [
  ...differences('data', readable(a.data), readable(b.data)),
  ...differences('recipe', a.recipe, b.recipe),
];

/** Transforms and mixing as text; without the facts, which follow from the source. */
const readable = ({ facts: _, ...data }: DataConfig) => ({ ...data, ...augmentationText(data) });

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function differences(key: string, a: unknown, b: unknown): SettingDifference[] {
  if (sameValue(a, b)) return [];
  if (isFields(a) && isFields(b)) {
    const all = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    // Different kinds of optimizers or schedules have different settings, so only the common ones are compared.
    const keys = a.kind === b.kind ? all : all.filter((inner) => inner in a && inner in b);
    return keys.flatMap((inner) => differences(`${key}.${inner}`, a[inner], b[inner]));
  }
  return [{ key, from: plain(a), to: plain(b) }];
}

/** A setting with parts is compared as a whole. */
const plain = (value: unknown): ConfigValue | null =>
  value === undefined ? null : isFields(value) ? JSON.stringify(value) : (value as ConfigValue);
