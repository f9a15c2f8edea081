import { emptyDocument } from '../../../src/graph/document.ts';
import type { Field } from '../../../src/layers/config.ts';
import { layers } from '../../../src/layers/index.ts';
import type { RunRecord } from '../../../src/runs/record.ts';
import { WITHOUT } from '../../../src/sweep/ablation.ts';
import { otherFields } from '../../../src/sweep/fields.ts';
import { pointName } from '../../../src/sweep/plan.ts';
import { dataFieldsOf, recipeFieldsOf } from '../../../src/sweep/recipeFields.ts';
import { type Language, same, type Text } from '../../../src/text.ts';
import { textOf } from '../../ui/i18n/i18n.ts';

export type SettingValue = RunRecord['varied'][string];

interface SettingField {
  readonly label: Text;
  readonly field: Field;
}

const { recipe, data } = emptyDocument;
const inFolds = { ...data, split: { kind: 'folds', folds: 100, fold: 1, stratified: true } } as const;
const known: ReadonlyMap<string, SettingField> = new Map(
  [...recipeFieldsOf(recipe), ...otherFields({ recipe }), ...dataFieldsOf(inFolds)].map((field) => [field.id, field]),
);

/** Label of a layer setting. Records have no layers, so the first layer type with a setting of that name defines it. */
const layerLabel = (key: string): Text | undefined =>
  layers.find(({ config }) => Object.hasOwn(config, key))?.config[key]?.label;

const lower = (label: string): string =>
  /^\p{Lu}\p{Ll}/u.test(label) ? label[0]?.toLowerCase() + label.slice(1) : label;

/** Name of a setting in running text (`learning rate`, `conv1 output channels`), for ids such as those in `varied`. */
export function settingName(id: string): Text {
  if (id === WITHOUT) return textOf('runs.withoutHead');
  if (id === 'params') return textOf('runs.params');
  if (id === 'transforms') return textOf('runs.transforms');
  if (id === 'mixing') return textOf('runs.mixing');
  if (id === 'source') return textOf('runs.source');
  const found = known.get(id)?.label;
  if (found !== undefined) return { en: lower(found.en), zh: found.zh };
  const dot = id.lastIndexOf('.');
  const label = layerLabel(id.slice(dot + 1));
  if (dot < 0 || label === undefined) return same(id);
  const node = id.slice(0, dot);
  return { en: `${node} ${lower(label.en)}`, zh: `${node} ${label.zh}` };
}

/** Value of a setting as text. */
export function settingText(id: string, value: SettingValue): Text {
  if (value === null) return textOf('runs.nothing');
  const field = known.get(id)?.field;
  const option = field?.kind === 'choice' ? field.options.find((each) => each.value === value) : undefined;
  if (option !== undefined) return option.label;
  if (id === 'params' && typeof value === 'number') return same(value.toLocaleString('en'));
  return same(String(value));
}

/** Name of a run. Runs of a sweep are named after their settings, in the language of the window. */
export function runName({ name, varied }: Pick<RunRecord, 'name' | 'varied'>, language: Language): string {
  if (name !== pointName(varied)) return name;
  const words = Object.entries(varied).map(
    ([id, value]) => `${settingName(id)[language]} ${settingText(id, value)[language]}`,
  );
  return words.join(' · ');
}
