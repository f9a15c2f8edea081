import { augmentationText } from '../../../src/graph/augmentationText.ts';
import type { RunRecord } from '../../../src/runs/record.ts';
import { FOLD } from '../../../src/sweep/recipeFields.ts';
import type { Text } from '../../../src/text.ts';
import { type SettingValue, settingName, settingText } from './settingWords.ts';

/** Setting in which a run differs from others. */
export interface Differing {
  readonly key: string;
  readonly name: Text;
  /** Value, with the earlier ones if it was changed during the run. */
  readonly value: Text;
}

type Settings = ReadonlyMap<string, SettingValue>;

/** Values of a setting during the run, in order; a single one if it was not changed. */
export function valuesDuring({ changes, recipe }: RunRecord, key: 'learningRate' | 'batchSize'): readonly number[] {
  const present = key === 'learningRate' ? recipe.optimizer.learningRate : recipe.batchSize;
  const made = changes.flatMap((change) => change[key] ?? []);
  return made.length === 0 ? [present] : [(made[0] as { from: number }).from, ...made.map(({ to }) => to)];
}

const arrows = (values: readonly number[]): SettingValue =>
  values.length === 1 ? (values[0] as number) : values.join(' → ');

function flat(prefix: string, value: unknown, into: Map<string, SettingValue>): void {
  if (value === undefined) return;
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) flat(`${prefix}.${key}`, inner, into);
  } else if (Array.isArray(value)) into.set(prefix, JSON.stringify(value));
  else into.set(prefix, value as SettingValue);
}

/** Settings of a run by id, including those varied by a sweep. */
export function settingsOf(run: RunRecord): Settings {
  const settings = new Map<string, SettingValue>();
  flat('recipe', run.recipe, settings);
  settings.set('recipe.epochs', run.epochs);
  settings.set('recipe.optimizer.learningRate', arrows(valuesDuring(run, 'learningRate')));
  settings.set('recipe.batchSize', arrows(valuesDuring(run, 'batchSize')));
  settings.set('source', run.source);
  const { transforms, mixing } = augmentationText(run);
  settings.set('transforms', transforms);
  settings.set('mixing', mixing);
  const varied = Object.entries(run.varied);
  for (const [key, value] of varied) if (!settings.has(key)) settings.set(key, value);
  // If no layer setting shows that the network was edited, the number of parameters does.
  if (!varied.some(([key]) => !key.startsWith('recipe.'))) settings.set('params', run.params);
  return settings;
}

export const SEED = 'recipe.seed';

/** Key that is equal for runs that differ only in seed or fold. */
export const exceptSeed = (run: RunRecord): string =>
  JSON.stringify([run.network, [...settingsOf(run)].filter(([key]) => key !== SEED && key !== FOLD).sort()]);

/** Most frequent value; among equally frequent ones, that of the oldest run. */
function usualOf(values: readonly SettingValue[]): SettingValue {
  const counts = new Map<SettingValue, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

/**
 * Settings in which runs of a network differ, by run; settings equal for all runs are omitted. With `usual`, the most
 * frequent values are omitted, too, so that the most typical run has no entries.
 */
export function differences(runs: readonly RunRecord[], usual: boolean): ReadonlyMap<string, readonly Differing[]> {
  const settings = new Map(runs.map((run) => [run.id, settingsOf(run)]));
  const found = new Map<string, readonly Differing[]>();
  for (const network of new Set(runs.map((run) => run.network))) {
    const own = runs.filter((run) => run.network === network).sort((a, b) => a.created - b.created);
    const keys = [...new Set(own.flatMap(({ id }) => [...(settings.get(id)?.keys() ?? [])]))];
    const differing = keys.flatMap((key) => {
      const values = own.flatMap(({ id }) => (settings.get(id)?.has(key) ? [settings.get(id)?.get(key) ?? null] : []));
      return new Set(values).size < 2 ? [] : [{ key, most: usual ? usualOf(values) : undefined }];
    });
    for (const run of own) {
      const mine = settings.get(run.id) as Settings;
      found.set(
        run.id,
        differing
          .filter(
            ({ key, most }) => mine.has(key) && (most === undefined || mine.get(key) !== most || key in run.varied),
          )
          .map(({ key }) => ({ key, name: settingName(key), value: settingText(key, mine.get(key) ?? null) })),
      );
    }
  }
  return found;
}

/** List of differences as text, for example `learning rate 0.05 · seed 3`. */
export const differingText = (list: readonly Differing[], language: keyof Text): string =>
  list.map(({ name, value }) => `${name[language]} ${value[language]}`).join(' · ');
