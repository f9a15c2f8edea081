import { sameValue } from '../check/sameValue.ts';
import type { ConfigValue, NetworkDocument } from '../graph/document.ts';

/** One value of the data or the recipe that is different; null where a network does not have it. */
export interface SettingDifference {
  /** `data.source`, `recipe.optimizer.learningRate`, … */
  readonly key: string;
  readonly from: ConfigValue | null;
  readonly to: ConfigValue | null;
}

/** How the networks are trained, where that is different: value by value. */
export const settingDifferences = (a: NetworkDocument, b: NetworkDocument): readonly SettingDifference[] => [
  ...differences('data', a.data, b.data),
  ...differences('recipe', a.recipe, b.recipe),
];

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function differences(key: string, a: unknown, b: unknown): SettingDifference[] {
  if (sameValue(a, b)) return [];
  if (isFields(a) && isFields(b)) {
    const all = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    // What only one kind of optimizer or schedule has goes without saying.
    const keys = a.kind === b.kind ? all : all.filter((inner) => inner in a && inner in b);
    return keys.flatMap((inner) => differences(`${key}.${inner}`, a[inner], b[inner]));
  }
  return [{ key, from: plain(a), to: plain(b) }];
}

/** What has parts of its own is told as a whole. */
const plain = (value: unknown): ConfigValue | null =>
  value === undefined ? null : isFields(value) ? JSON.stringify(value) : (value as ConfigValue);
