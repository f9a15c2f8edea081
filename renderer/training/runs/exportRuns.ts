import type { RunRecord } from '../../../src/runs/record.ts';
import { variedKeys } from '../../../src/sweep/summary.ts';
import { type Cell, csvFile } from '../../ui/csv.ts';
import { fixedColumns } from './columns.ts';

/** All columns of the runs as CSV, including hidden ones. Varied settings have their full names, times are ISO 8601. */
export function csvOfRuns(runs: readonly RunRecord[]): Uint8Array<ArrayBuffer> {
  const keys = variedKeys(runs);
  return csvFile([
    ['id', ...fixedColumns.map(({ id }) => id), ...keys],
    ...runs.map((run) => [
      run.id,
      ...fixedColumns.map(({ id, value }) =>
        cellOf(id === 'created' ? new Date(run.created).toISOString() : value(run)),
      ),
      ...keys.map((key) => cellOf(run.varied[key] ?? null)),
    ]),
  ]);
}

const cellOf = (value: Cell | boolean): Cell => (typeof value === 'boolean' ? String(value) : value);

/** Records of the runs as JSON. */
export const jsonOfRuns = (runs: readonly RunRecord[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(new TextEncoder().encode(`${JSON.stringify(runs, null, 2)}\n`));
