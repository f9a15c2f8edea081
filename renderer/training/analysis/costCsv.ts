import type { Language } from '../../../src/text.ts';
import { csvFile } from '../../ui/csv.ts';
import { type CostRow, columns, numberColumns, type Sums } from './rows.ts';

/** Cost table as CSV, with the activation memory of the whole batch in bytes. */
export function csvOf(
  rows: readonly CostRow[],
  sums: Sums,
  batch: number,
  { heads, total, language }: { heads: Readonly<Record<string, string>>; total: string; language: Language },
): Uint8Array<ArrayBuffer> {
  const body = columns.filter((column) => column !== 'order');
  const numbers = (of: Sums) => numberColumns.map((column) => of[column] * (column === 'activation' ? batch : 1));
  return csvFile([
    body.map((column) => heads[column] ?? column),
    ...rows.map((row) => [row.name, row.kind[language], row.shape, ...numbers(row)]),
    [total, null, null, ...numbers(sums)],
  ]);
}
