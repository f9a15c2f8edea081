import { isAssignment } from '../../../src/data/assignedParts.ts';
import { partNamed } from '../../../src/data/partNames.ts';
import type { ConfigValue, DataConfig, DataFacts, SplitConfig } from '../../../src/graph/document.ts';
import { settingLabels } from '../../../src/graph/settingLabels.ts';
import { bool, choice, type Field, float, int } from '../../../src/layers/config.ts';
import type { OpenedData } from '../../state/data/ownData.ts';
import { textOf } from '../../ui/i18n/i18n.ts';

/** Kinds of splits in the form; `own`: the parts that the data comes in. */
export type SplitChoice = SplitConfig['kind'] | 'own';

const hasParts = (facts: DataFacts | null): boolean => facts?.validation !== undefined || facts?.test !== undefined;

/** Data that comes whole is split by share. */
export const kindOf = ({ split }: DataConfig, facts: DataFacts | null): SplitChoice =>
  split?.kind ?? (hasParts(facts) ? 'own' : 'share');

/** The kinds that the data allows; lists of files are given on the command line. */
export function kindField(kind: SplitChoice, facts: DataFacts | null, contents: OpenedData | null): Field {
  const kinds: readonly SplitChoice[] = [
    ...(hasParts(facts) ? (['own'] as const) : []),
    'share',
    'folds',
    ...((contents?.groupings.length ?? 0) > 0 || kind === 'column' ? (['column'] as const) : []),
    ...((contents?.folders.length ?? 0) > 0 || kind === 'folders' ? (['folders'] as const) : []),
    ...(kind === 'files' ? (['files'] as const) : []),
  ];
  return choice({
    label: textOf('split.kind'),
    default: kinds[0] as string,
    options: kinds.map((value) => ({ value, label: textOf(`split.${value}`) })),
  });
}

/** A new split of that kind. Values without a known part are for training, so that every sample has one. */
export function started(
  kind: SplitChoice,
  { split }: DataConfig,
  contents: OpenedData | null,
): SplitConfig | undefined {
  const stratified = split !== undefined && 'stratified' in split ? split.stratified : true;
  const trained = (names: readonly string[]) =>
    Object.fromEntries(names.filter((name) => partNamed(name) === null).map((name) => [name, 'train' as const]));
  switch (kind) {
    case 'share':
      return { kind, test: 0, stratified };
    case 'folds':
      return { kind, folds: 5, fold: 1, stratified };
    case 'column': {
      const grouping = bestGrouping(contents?.groupings ?? []);
      return grouping && { kind, column: grouping.name, parts: trained(grouping.values) };
    }
    case 'folders':
      return { kind, parts: trained(contents?.folders ?? []) };
    default:
      return undefined;
  }
}

/** The column whose values name parts, else the first. */
const bestGrouping = (groupings: OpenedData['groupings']) =>
  groupings.find(({ values }) => values.some((value) => partNamed(value) !== null)) ?? groupings[0];

interface SplitField {
  readonly key: string;
  readonly field: Field;
  readonly value: ConfigValue;
  /** The settings with another value. */
  readonly set: (value: ConfigValue) => DataConfig;
}

const validation = float({ label: settingLabels.validation, default: 0.2, min: 0.01, max: 0.9, step: 0.05 });
const seed = int({ label: settingLabels.splitSeed, default: 1, min: 0, max: 4_294_967_295 });
const test = float({
  label: textOf('split.test'),
  help: textOf('split.testHelp'),
  default: 0,
  min: 0,
  max: 0.9,
  step: 0.05,
});
const stratified = bool({ label: textOf('split.stratified'), help: textOf('split.stratifiedHelp'), default: true });
const folds = int({ label: textOf('split.foldCount'), default: 5, min: 2, max: 100 });

/** The fields of the split that apply. */
export function fieldsOf(data: DataConfig, facts: DataFacts | null): readonly SplitField[] {
  const { split } = data;
  const kind = kindOf(data, facts);
  const of = (key: 'validation' | 'splitSeed', field: Field): SplitField => ({
    key,
    field,
    value: data[key],
    set: (value) => ({ ...data, [key]: value as number }),
  });
  if (kind === 'folds' && split?.kind === 'folds') {
    const inSplit = (key: 'folds' | 'fold' | 'stratified', field: Field): SplitField => ({
      key,
      field,
      value: split[key],
      set: (value) => {
        const next = { ...split, [key]: value };
        return { ...data, split: { ...next, fold: Math.min(next.fold, next.folds) } };
      },
    });
    return [
      inSplit('folds', folds),
      inSplit('fold', int({ label: textOf('split.fold'), default: 1, min: 1, max: split.folds })),
      inSplit('stratified', stratified),
      of('splitSeed', seed),
    ];
  }
  if (kind === 'share') {
    const share = split?.kind === 'share' ? split : ({ kind: 'share', test: 0, stratified: true } as const);
    const inSplit = (key: 'test' | 'stratified', field: Field): SplitField => ({
      key,
      field,
      value: share[key],
      set: (value) => ({ ...data, split: { ...share, [key]: value } }),
    });
    return [
      of('validation', validation),
      inSplit('test', test),
      inSplit('stratified', stratified),
      of('splitSeed', seed),
    ];
  }
  // Validation samples are drawn only where none are assigned.
  const assigned = isAssignment(split) ? facts?.assigned?.validation : facts?.validation;
  return (assigned ?? 0) > 0 ? [] : [of('validation', validation), of('splitSeed', seed)];
}
