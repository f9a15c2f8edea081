import { decimalOf } from '../decimal.ts';
import type { ConfigValue } from '../graph/document.ts';
import { type Field, invalidValue } from '../layers/config.ts';
import type { Text } from '../text.ts';

/** Reads a written value: `0.1`, `true`, `5`, `5x3`, `same`, `adam`. */
export function readValue(field: Field, written: string): ConfigValue | undefined {
  const text = written.trim();
  switch (field.kind) {
    case 'int':
    case 'float':
      return allowed(field, decimalOf(text));
    case 'bool':
      return { true: true, false: false }[text];
    case 'choice':
      return allowed(field, text);
    case 'padding':
      return text === 'same' ? text : allowed(field, pairOf(text));
    case 'pair':
      return allowed(field, pairOf(text));
    case 'shape':
      return allowed(field, text.split(/[x×]/).map(decimalOf));
    case 'numbers':
      return allowed(field, text === '' ? [] : text.split(/\s+/).map(decimalOf));
    default:
      return field satisfies never;
  }
}

const allowed = (field: Field, value: ConfigValue): ConfigValue | undefined =>
  invalidValue(field, value) === null ? value : undefined;

function pairOf(text: string): readonly number[] {
  const numbers = text.split(/[x×]/).map(decimalOf);
  return numbers.length === 1 ? [numbers[0] as number, numbers[0] as number] : numbers;
}

export const writeValue = (value: ConfigValue): string => {
  if (!Array.isArray(value)) return String(value);
  return value.length === 2 && value[0] === value[1] ? String(value[0]) : value.join('×');
};

export type ValuesRead = { readonly values: readonly ConfigValue[] } | { readonly problem: Text };

/** Reads a list of distinct values: `0.01, 0.03, 0.1`. */
export function readValues(field: Field, written: string): ValuesRead {
  const parts = written
    .split(/[,，、]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) {
    return { problem: { en: 'Give at least one value.', zh: '请至少填写一个值。' } };
  }
  const values = new Map<string, ConfigValue>();
  for (const part of parts) {
    const value = readValue(field, part);
    if (value === undefined) return { problem: wrongValue(field, part) };
    values.set(JSON.stringify(value), value);
  }
  return { values: [...values.values()] };
}

export type RangeRead = { readonly min: number; readonly max: number } | { readonly problem: Text };

/** Reads a range of numbers: `0.001..0.1`. Null if the text is not a range. */
export function readRange(field: Field, written: string): RangeRead | null {
  const ends = written.split('..');
  if (ends.length !== 2) return null;
  if (field.kind !== 'int' && field.kind !== 'float') {
    return {
      problem: {
        en: 'Only numbers can have a range. List the values instead.',
        zh: '只有数值可以使用范围。请列出各个取值。',
      },
    };
  }
  const [min, max] = ends.map((end) => readValue(field, end));
  if (typeof min !== 'number') return { problem: wrongValue(field, ends[0] ?? '') };
  if (typeof max !== 'number') return { problem: wrongValue(field, ends[1] ?? '') };
  if (min < max) return { min, max };
  return {
    problem: {
      en: `The range ${min}..${max} must begin with the smaller number.`,
      zh: `范围 ${min}..${max} 应以较小的数开头。`,
    },
  };
}

function wrongValue(field: Field, written: string): Text {
  const expected = invalidValue(field, null) ?? { en: '', zh: '' };
  return { en: `“${written.trim()}” must be ${expected.en}.`, zh: `“${written.trim()}”应为${expected.zh}。` };
}
