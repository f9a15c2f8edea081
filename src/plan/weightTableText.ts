import { shapeText } from '../layers/config.ts';
import type { Text } from '../text.ts';
import type { WeightRow } from './matchWeights.ts';

/** Result of a row in words: the rule by which its source was found, or the reason that there is none. */
export function rowText(row: WeightRow): Text {
  if (row.source !== null) {
    const { en, zh } = rules[row.rule];
    return row.transposed ? { en: `${en}, transposed`, zh: `${zh}，已转置` } : { en, zh };
  }
  const { en, zh } = gaps[row.gap];
  if (row.found === null) return { en, zh };
  const { name, shape } = row.found;
  return { en: `${en}: “${name}” is ${shapeText(shape)}`, zh: `${zh}：“${name}”为 ${shapeText(shape)}` };
}

const rules = {
  path: { en: 'same path', zh: '路径相同' },
  ending: { en: 'path ends alike', zh: '路径末尾相同' },
  order: { en: 'shape and order', zh: '形状与顺序' },
  shape: { en: 'shape', zh: '形状' },
  hand: { en: 'chosen', zh: '手动选择' },
} as const;

const gaps = {
  missing: { en: 'random: no such tensor', zh: '随机：没有对应的张量' },
  shape: { en: 'random: another shape', zh: '随机：形状不同' },
  several: { en: 'random: several tensors fit', zh: '随机：有多个张量符合' },
  hand: { en: 'random: as chosen', zh: '随机：按选择' },
} as const;
