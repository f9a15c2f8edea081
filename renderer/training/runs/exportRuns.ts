import type { RunRecord } from '../../../src/runs/record.ts';
import { variedKeys } from '../../../src/sweep/summary.ts';
import { csvLine } from '../../ui/csv.ts';
import { fixedColumns } from './columns.ts';

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

/** Every column of the runs, shown or not, and what is varied by its whole name; times as ISO 8601. */
export function csvOfRuns(runs: readonly RunRecord[]): Uint8Array<ArrayBuffer> {
  const keys = variedKeys(runs);
  const head = csvLine(['id', ...fixedColumns.map(({ id }) => id), ...keys]);
  const lines = runs.map((run) =>
    csvLine([
      run.id,
      ...fixedColumns.map((column) => {
        const value = column.id === 'created' ? new Date(run.created).toISOString() : column.value(run);
        return cellOf(value);
      }),
      ...keys.map((key) => cellOf(run.varied[key] ?? null)),
    ]),
  );
  return utf8(`\ufeff${[head, ...lines].join('')}`);
}

const cellOf = (value: string | number | boolean | null): string | number =>
  value === null ? '' : typeof value === 'boolean' ? String(value) : value;

/** The records as they are kept. */
export const jsonOfRuns = (runs: readonly RunRecord[]): Uint8Array<ArrayBuffer> =>
  utf8(`${JSON.stringify(runs, null, 2)}\n`);
