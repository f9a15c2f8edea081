import { float, int, invalidValue } from '../layers/config.ts';
import { noChoice } from '../nearest.ts';
import type { Text } from '../text.ts';
import type { Dataset } from './dataset.ts';
import { generate, type ToyOptions, toyDefaults, toySets } from './toys.ts';

/** A generated dataset with its settings. */
export interface ToySource extends ToyOptions {
  readonly name: string;
}

/** Ranges of the settings, by their names in a source. */
export const toyFields = {
  noise: float({
    label: { en: 'Noise', zh: '噪声' },
    help: { en: 'Standard deviation of the random deviation', zh: '随机偏差的标准差' },
    default: 0,
    min: 0,
    max: 2,
    step: 0.01,
  }),
  samples: int({ label: { en: 'Samples', zh: '样本数' }, default: 1000, min: 10, max: 100_000 }),
  seed: int({
    label: { en: 'Random seed', zh: '随机种子' },
    default: 1,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
  }),
};

type Setting = keyof typeof toyFields;
const SETTINGS = Object.keys(toyFields) as Setting[];
const optionOf = { noise: 'noise', samples: 'count', seed: 'seed' } as const;

/**
 * Reads the source of a generated dataset: its name, alone or with settings (`moons:noise=0.2,samples=500,seed=3`). A text: the
 * settings are wrong in the way that it describes. Null: the source names no generated dataset.
 */
export function readToySource(source: string): ToySource | Text | null {
  const [name = '', ...rest] = source.split(':');
  if (!toySets.includes(name)) return null;
  let toy: ToySource = { name, ...toyDefaults(name) };
  if (rest.length === 0) return toy;
  for (const part of rest.join(':').split(',')) {
    const [key = '', ...values] = part.split('=').map((word) => word.trim());
    const setting = SETTINGS.find((each) => each === key);
    if (setting === undefined) return inSource(source, noChoice(key, SETTINGS));
    const text = values.join('=');
    const value = text === '' ? Number.NaN : Number(text);
    const expected = invalidValue(toyFields[setting], value);
    if (expected !== null) return inSource(source, notValue(setting, text, expected));
    toy = { ...toy, [optionOf[setting]]: value };
  }
  return toy;
}

const isText = (read: ToySource | Text): read is Text => 'en' in read;

/** The generated dataset that a source names; null for none, and for wrong settings. */
export function toyOf(source: string): ToySource | null {
  const read = readToySource(source);
  return read === null || isText(read) ? null : read;
}

/** The reason that the settings in the source of a generated dataset cannot be used; null where they can. */
export function toyProblem(source: string): Text | null {
  const read = readToySource(source);
  return read !== null && isText(read) ? read : null;
}

/** The source of a generated dataset. Settings equal to the defaults are left out. */
export function toySource(toy: ToySource): string {
  const defaults = toyDefaults(toy.name);
  const given = SETTINGS.filter((setting) => toy[optionOf[setting]] !== defaults[optionOf[setting]]);
  const settings = given.map((setting) => `${setting}=${toy[optionOf[setting]]}`);
  return [toy.name, ...(settings.length === 0 ? [] : [settings.join()])].join(':');
}

/** Generates the dataset that a source names; null for any other source. `options` replace those of the source. */
export function toySet(source: string, options: Partial<ToyOptions> = {}): Dataset | null {
  const toy = toyOf(source);
  return toy === null ? null : generate(toy.name, { ...toy, ...options });
}

const inSource = (source: string, { en, zh }: Text): Text => ({
  en: `Settings of dataset “${source}”: ${en} Write them like moons:noise=0.2,samples=500,seed=3.`,
  zh: `数据集“${source}”的设置：${zh}写法如 moons:noise=0.2,samples=500,seed=3。`,
});

const notValue = (setting: Setting, value: string, { en, zh }: Text): Text => ({
  en: `${setting} must be ${en}, not “${value}”.`,
  zh: `${setting} 必须是${zh}，而不是“${value}”。`,
});
