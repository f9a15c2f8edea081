import { optimizerTitles } from '../../../src/graph/recipe.ts';
import type { RunRecord } from '../../../src/runs/record.ts';
import { waitingShare } from '../../../src/runs/waiting.ts';
import { WITHOUT } from '../../../src/sweep/ablation.ts';
import { variedKeys } from '../../../src/sweep/summary.ts';
import type { Language, Text } from '../../../src/text.ts';
import type { Say } from '../../ui/i18n/i18n.ts';
import { bytes, clock, dateTime, percent } from '../../ui/i18n/numbers.ts';
import type { Key } from '../../ui/i18n/words.ts';
import { type Differing, differingText, valuesDuring } from './differing.ts';
import { runName, settingName, settingText } from './settingWords.ts';

export type CellValue = string | number | boolean | null;

interface TextOptions {
  readonly say: Say;
  readonly language: Language;
}

export interface Column {
  readonly id: string;
  /** Key of a text of the window, or the name of a setting. */
  readonly head: Key | Text;
  readonly width: number;
  /** Numbers are right-aligned. */
  readonly number: boolean;
  /** Visible by default. */
  readonly usual: boolean;
  /** Value for sorting and export. */
  value(run: RunRecord): CellValue;
  text(run: RunRecord, options: TextOptions): string;
}

const words = (value: CellValue): string => (value === null ? '–' : String(value));

const plain = (
  id: string,
  head: Key,
  width: number,
  usual: boolean,
  value: Column['value'],
  text: (run: RunRecord, options: TextOptions) => string = (run) => words(value(run)),
): Column => ({ id, head, width, number: false, usual, value, text });

const figure = (...given: Parameters<typeof plain>): Column => ({ ...plain(...given), number: true });

const waitingOf = ({ seconds, waited }: RunRecord): number | null =>
  waitingShare({ seconds, waited: waited ?? undefined });

const percentOf = (share: number | null): string => (share === null ? '–' : percent(share));

/** Columns that apply to every run. */
export const fixedColumns: readonly Column[] = [
  plain(
    'name',
    'runs.name',
    190,
    true,
    ({ name }) => name,
    (run, { language }) => runName(run, language),
  ),
  plain(
    'state',
    'runs.state',
    108,
    true,
    ({ state }) => state,
    ({ state }, { say }) => say(`runs.state.${state}`),
  ),
  figure(
    'accuracy',
    'runs.accuracy',
    116,
    true,
    ({ best }) => best?.validation.accuracy ?? null,
    ({ best }) => (best?.validation.accuracy == null ? '–' : percent(best.validation.accuracy)),
  ),
  figure(
    'loss',
    'runs.loss',
    96,
    true,
    ({ best }) => best?.validation.loss ?? null,
    ({ best }) => (best === null ? '–' : best.validation.loss.toFixed(4)),
  ),
  plain(
    'group',
    'runs.group',
    130,
    true,
    ({ group }) => group,
    ({ group }) => group ?? '',
  ),
  plain('network', 'runs.network', 120, true, ({ network }) => network),
  figure(
    'epochs',
    'runs.epochs',
    80,
    true,
    ({ epoch }) => epoch,
    ({ epoch, epochs }) => `${epoch} / ${epochs}`,
  ),
  plain(
    'optimizer',
    'runs.optimizer',
    88,
    true,
    ({ recipe }) => recipe.optimizer.kind,
    ({ recipe }) => optimizerTitles[recipe.optimizer.kind],
  ),
  figure(
    'learningRate',
    'runs.learningRate',
    110,
    true,
    ({ recipe }) => recipe.optimizer.learningRate,
    (run) => valuesDuring(run, 'learningRate').join(' → '),
  ),
  figure(
    'batchSize',
    'runs.batchSize',
    84,
    true,
    ({ recipe }) => recipe.batchSize,
    (run) => valuesDuring(run, 'batchSize').join(' → '),
  ),
  figure('seed', 'runs.seed', 64, false, ({ recipe }) => recipe.seed),
  plain('source', 'runs.source', 110, false, ({ source }) => source),
  figure(
    'params',
    'runs.params',
    92,
    false,
    ({ params }) => params,
    ({ params }) => params.toLocaleString('en'),
  ),
  figure(
    'seconds',
    'runs.seconds',
    72,
    true,
    ({ seconds }) => seconds,
    ({ seconds }) => clock(seconds),
  ),
  figure('waiting', 'runs.waiting', 104, false, waitingOf, (run) => percentOf(waitingOf(run))),
  plain(
    'created',
    'runs.created',
    150,
    true,
    ({ created }) => created,
    ({ created }, { language }) => dateTime(created, language),
  ),
  figure(
    'bytes',
    'runs.bytes',
    80,
    false,
    ({ bytes: size }) => size,
    ({ bytes: size }) => bytes(size),
  ),
];

/** Prefix of column ids for varied settings. */
const VARIED = 'varied:';

/** Fixed columns that show a setting; in a sweep over the setting, its only column. */
const columnOf: Readonly<Record<string, string>> = {
  'recipe.epochs': 'epochs',
  'recipe.optimizer.kind': 'optimizer',
  'recipe.optimizer.learningRate': 'learningRate',
  'recipe.batchSize': 'batchSize',
  'recipe.seed': 'seed',
  'data.source': 'source',
};

const variedColumn = (key: string, isNumber: boolean): Column => {
  const value = ({ varied }: RunRecord): CellValue => varied[key] ?? null;
  return {
    id: VARIED + key,
    head: key === WITHOUT ? 'runs.withoutHead' : settingName(key),
    width: 118,
    number: isNumber,
    usual: true,
    value,
    text: ({ varied }, { language }) => {
      const own = varied[key];
      return own === undefined ? '' : settingText(key, own)[language];
    },
  };
};

/** Columns hidden by default in a group, because they are mostly equal for all its runs. */
const aside = new Set(['group', 'network', 'optimizer', 'learningRate', 'batchSize', 'created']);
/** Columns that come first in a group. */
const first = ['name', 'accuracy', 'loss', 'state'];

export const DIFFERS = 'differs';

/** Column with the settings in which a run differs from the others of its network. */
export const differsColumn = (of: ReadonlyMap<string, readonly Differing[]>): Column =>
  plain(
    DIFFERS,
    'runs.differs',
    200,
    true,
    ({ id }) => differingText(of.get(id) ?? [], 'en'),
    ({ id }, { language }) => differingText(of.get(id) ?? [], language),
  );

/** Columns of the table. In a group the results come first, then the settings in which its runs differ. */
export function columnsFor(runs: readonly RunRecord[], inGroup: boolean): readonly Column[] {
  if (!inGroup) return fixedColumns;
  const isVaried = (key: string) => new Set(runs.map(({ varied }) => varied[key])).size > 1;
  const fixed = fixedColumns.map((column) => (aside.has(column.id) ? { ...column, usual: false } : column));
  const varied = variedKeys(runs)
    .filter(isVaried)
    .map((key): Column => {
      const own = fixedColumns.find(({ id }) => id === columnOf[key]);
      if (own !== undefined) return { ...own, usual: true };
      return variedColumn(
        key,
        runs.every((run) => typeof run.varied[key] !== 'string'),
      );
    });
  const shown = new Set([...first, ...varied.map(({ id }) => id)]);
  return [
    ...first.flatMap((id) => fixed.find((column) => column.id === id) ?? []),
    ...varied,
    ...fixed.filter(({ id }) => !shown.has(id)),
  ];
}
