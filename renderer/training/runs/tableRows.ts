import type { RunRecord } from '../../../src/runs/record.ts';
import type { CellValue, Column } from './columns.ts';
import { readFilter } from './filterText.ts';
import { settingName } from './settingWords.ts';

export interface Filter {
  /** Words to find in name, group, network, dataset or varied settings, and conditions on numbers (filterText.ts). */
  readonly text: string;
  readonly state: string | null;
  readonly network: string | null;
  readonly group: string | null;
}

export const NO_FILTER: Filter = { text: '', state: null, network: null, group: null };

export interface Sorting {
  readonly column: string;
  readonly down: boolean;
}

export function filtered(runs: readonly RunRecord[], { text, state, network, group }: Filter): readonly RunRecord[] {
  const fits = readFilter(text, runs);
  return runs.filter((run) => {
    if (state !== null && run.state !== state) return false;
    if (network !== null && run.network !== network) return false;
    if (group !== null && run.group !== group) return false;
    if (text.trim() === '') return true;
    const varied = Object.entries(run.varied).map(([key, value]) => {
      const { en, zh } = settingName(key);
      return `${key} ${en} ${zh} ${value}`;
    });
    const searchText = [run.name, run.group ?? '', run.network, run.source, ...varied].join('\n').toLowerCase();
    return fits(run, searchText);
  });
}

/** Stable sort. Missing values come last in either direction. */
export function sorted(runs: readonly RunRecord[], column: Column | undefined, down: boolean): readonly RunRecord[] {
  if (column === undefined) return runs;
  return [...runs].sort((a, b) => {
    const [x, y] = [column.value(a), column.value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return down ? compared(y, x) : compared(x, y);
  });
}

const compared = (a: NonNullable<CellValue>, b: NonNullable<CellValue>): number =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a).localeCompare(String(b), undefined, { numeric: true });

/** Distinct values in alphabetical order. */
export const choicesOf = (values: readonly (string | null)[]): readonly string[] =>
  [...new Set(values)]
    .filter((value) => value !== null)
    .sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));

/** Selection after a click on a row: that row alone, toggled (Ctrl), or the range up to it (Shift). */
export function pressed(
  ids: readonly string[],
  selected: ReadonlySet<string>,
  { at, anchor, add, range }: { at: number; anchor: number; add: boolean; range: boolean },
): ReadonlySet<string> {
  const id = ids[at];
  if (id === undefined) return selected;
  if (range) {
    const [from, to] = [Math.min(at, Math.max(0, anchor)), Math.max(at, anchor)];
    return new Set([...(add ? selected : []), ...ids.slice(from, to + 1)]);
  }
  if (!add) return new Set([id]);
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}
