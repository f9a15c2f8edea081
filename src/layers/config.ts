import type { Config, ConfigValue } from '../graph/document.ts';
import type { Text } from '../text.ts';

/**
 * A field of a layer's config. Validation, defaults and the form in the inspector follow from this description. Names
 * and meaning are those of PyTorch, in camelCase.
 */
interface FieldBase<Kind extends string, Value extends ConfigValue> {
  readonly kind: Kind;
  readonly label: Text;
  readonly help?: Text;
  readonly default: Value;
  /** Shown under "more" in the inspector. */
  readonly advanced?: boolean;
  /** Unit, shown after the value. */
  readonly unit?: Text;
  /** Condition on other fields: with other values than these the field has no effect and is hidden. */
  readonly when?: Readonly<Record<string, readonly ConfigValue[]>>;
}

/** Range and step of a slider: the usual values of a field that allows more. */
export interface SliderRange {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

interface Range {
  readonly min: number;
  readonly max?: number;
  /** A slider beside the field; none by default. */
  readonly slider?: SliderRange;
}

export type Pair = readonly [number, number];

export type IntField = FieldBase<'int', number> & Range;
export type FloatField = FieldBase<'float', number> & Range & { readonly step: number };
export type BoolField = FieldBase<'bool', boolean>;
/** Two integers, height and width. */
export type PairField = FieldBase<'pair', Pair> & Range;
/** Two integers, height and width, or `'same'`: the padding that keeps height and width at stride 1. */
export type PaddingField = FieldBase<'padding', Pair | 'same'> & Range;
export type ChoiceField<V extends string = string> = FieldBase<'choice', V> & {
  readonly options: readonly { readonly value: V; readonly label: Text }[];
};
/** A shape without the batch axis: positive integers. */
export type ShapeField = FieldBase<'shape', readonly number[]> & {
  /** Min and max number of axes; 1 to 4 by default. */
  readonly axes?: Pair;
  /** Min size of an axis; 1 by default. */
  readonly least?: number;
};

/** A list of numbers, possibly empty. */
export type NumbersField = FieldBase<'numbers', readonly number[]> &
  Range & {
    readonly whole?: boolean;
    /** Lengths that the list may have; any by default. */
    readonly lengths?: readonly number[];
    /** No number is less than the one before. */
    readonly ascending?: boolean;
  };

export type Field =
  | IntField
  | FloatField
  | BoolField
  | PairField
  | PaddingField
  | ChoiceField
  | ShapeField
  | NumbersField;
export type ConfigSchema = Readonly<Record<string, Field>>;

type ValueOf<F extends Field> = F extends ChoiceField<infer V> ? V : F extends FieldBase<string, infer V> ? V : never;

/** The validated config of a schema. */
export type ConfigOf<S extends ConfigSchema> = { readonly [K in keyof S]: ValueOf<S[K]> };

type Options<F extends Field> = Omit<F, 'kind'>;

export const int = (options: Options<IntField>): IntField => ({ kind: 'int', ...options });
export const float = (options: Options<FloatField>): FloatField => ({ kind: 'float', ...options });
export const bool = (options: Options<BoolField>): BoolField => ({ kind: 'bool', ...options });
export const pair = (options: Options<PairField>): PairField => ({ kind: 'pair', ...options });
/** Height and width, or steps, of a kernel or window. */
export const sizes = (options: Omit<Options<PairField>, 'min' | 'max'>): PairField =>
  pair({ ...options, min: 1, max: 512 });
export const padding = (options: Options<PaddingField>): PaddingField => ({ kind: 'padding', ...options });
export const choice = <V extends string>(options: Options<ChoiceField<V>>): ChoiceField<V> => ({
  kind: 'choice',
  ...options,
});

/** Label of an option of a choice. */
export const optionText = <V extends string>({ options }: ChoiceField<V>, value: V): Text =>
  options.find((option) => option.value === value)?.label ?? { en: value, zh: value };

export const numbers = (options: Options<NumbersField>): NumbersField => ({ kind: 'numbers', ...options });
export const shape = (options: Options<ShapeField>): ShapeField => ({ kind: 'shape', ...options });

function rangeText({ min, max }: Range): Text {
  if (max === undefined) return { en: `at least ${min}`, zh: `不小于 ${min}` };
  return { en: `from ${min} to ${max}`, zh: `在 ${min} 到 ${max} 之间` };
}

const inRange = (value: unknown, { min, max = Number.POSITIVE_INFINITY }: Range): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max;

const intInRange = (value: unknown, range: Range): value is number => inRange(value, range) && Number.isInteger(value);

const isPair = (value: unknown, range: Range): value is Pair =>
  Array.isArray(value) && value.length === 2 && value.every((item) => intInRange(item, range));

const isNumbers = (value: unknown, field: NumbersField): value is readonly number[] =>
  Array.isArray(value) &&
  (field.lengths?.includes(value.length) ?? true) &&
  value.every(
    (item, i) => (field.whole ? intInRange : inRange)(item, field) && !(field.ascending && item < value[i - 1]),
  );

function numbersText(field: NumbersField): Text {
  const { lengths, whole, ascending } = field;
  const range = rangeText(field);
  const many = lengths?.at(-1) !== 1;
  const en = `${whole ? 'whole number' : 'number'}${many ? 's' : ''}`;
  const zh = whole ? '整数' : '数';
  return {
    en: `${lengths ? `${lengths.join(' or ')} ` : ''}${en}, each ${range.en}${ascending ? ', in ascending order' : ''}`,
    zh: `${lengths ? lengths.join(' 或 ') : '若干'}个${zh}，每个${range.zh}${ascending ? '，且从小到大' : ''}`,
  };
}

/** Max size of an axis. */
const LARGEST_AXIS = 2 ** 24;

function shapeRule({ axes: [fewest, most] = [1, 4], least = 1 }: ShapeField): Text {
  const { en, zh } = rangeText({ min: least, max: LARGEST_AXIS });
  return {
    en: `a shape of ${fewest} to ${most} whole numbers, each ${en}, without the batch axis`,
    zh: `${fewest} 到 ${most} 个整数组成的形状，每个${zh}，不含批量轴`,
  };
}

/** The values that `field` allows, as the end of a sentence (“must be …”); null if `value` is one of them. */
export function invalidValue(field: Field, value: unknown): Text | null {
  switch (field.kind) {
    case 'int':
      if (intInRange(value, field)) return null;
      return { en: `a whole number ${rangeText(field).en}`, zh: `整数，且${rangeText(field).zh}` };
    case 'float':
      if (inRange(value, field)) return null;
      return { en: `a number ${rangeText(field).en}`, zh: `数，且${rangeText(field).zh}` };
    case 'bool':
      return typeof value === 'boolean' ? null : { en: 'true or false', zh: 'true 或 false' };
    case 'pair':
      if (isPair(value, field)) return null;
      return {
        en: `two whole numbers [height, width], each ${rangeText(field).en}`,
        zh: `两个整数 [高, 宽]，每个${rangeText(field).zh}`,
      };
    case 'padding':
      if (value === 'same' || isPair(value, field)) return null;
      return {
        en: `"same" or two whole numbers [height, width], each ${rangeText(field).en}`,
        zh: `"same" 或两个整数 [高, 宽]，每个${rangeText(field).zh}`,
      };
    case 'choice':
      if (field.options.some((option) => option.value === value)) return null;
      return {
        en: `one of ${field.options.map((option) => option.value).join(', ')}`,
        zh: `以下之一：${field.options.map((option) => option.value).join('、')}`,
      };
    case 'shape':
      if (
        Array.isArray(value) &&
        inRange(value.length, { min: field.axes?.[0] ?? 1, max: field.axes?.[1] ?? 4 }) &&
        value.every((item) => intInRange(item, { min: field.least ?? 1, max: LARGEST_AXIS }))
      ) {
        return null;
      }
      return shapeRule(field);
    case 'numbers':
      return isNumbers(value, field) ? null : numbersText(field);
    default:
      return field satisfies never;
  }
}

export interface ConfigProblem {
  readonly key: string;
  /** End of the sentence “must be …”. */
  readonly expected: Text;
  readonly value: ConfigValue | undefined;
}

/**
 * The config with defaults for missing keys, and a problem for each key whose value is not allowed; the default
 * replaces such a value. Keys that the schema does not have are dropped.
 */
export function readConfig<S extends ConfigSchema>(
  schema: S,
  config: Config,
): { readonly config: ConfigOf<S>; readonly problems: readonly ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const read: Record<string, ConfigValue> = {};
  for (const [key, field] of Object.entries(schema)) {
    const value = config[key];
    read[key] = field.default;
    if (value === undefined) continue;
    const expected = invalidValue(field, value);
    if (expected === null) read[key] = value;
    else problems.push({ key, expected, value });
  }
  return { config: read as ConfigOf<S>, problems };
}

export const defaultConfig = <S extends ConfigSchema>(schema: S): ConfigOf<S> => readConfig(schema, {}).config;

/** True if the field has an effect in that config. */
export const applies = ({ when = {} }: Field, config: Config): boolean =>
  Object.entries(when).every(([key, values]) => config[key] === undefined || values.includes(config[key]));

/** The pair as `5×5`, in any language. */
export const pairText = ([h, w]: Pair): string => `${h}×${w}`;

/** The pair as one number if both are equal, else as `5×3`. */
export const shortPair = ([h, w]: Pair): string => (h === w ? `${h}` : `${h}×${w}`);

export const shapeText = (dims: readonly (number | string)[]): string => dims.join('×');
