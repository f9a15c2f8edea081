import type { Language } from '../../../src/text.ts';
import { csvLine } from '../../ui/csv.ts';
import { type CostRow, columns, numberColumns, type Sums } from './rows.ts';

/** The table as UTF-8 with a mark that spreadsheets know it by; memory in bytes for the batch. */
export function csvOf(
  rows: readonly CostRow[],
  sums: Sums,
  batch: number,
  { heads, total, language }: { heads: Readonly<Record<string, string>>; total: string; language: Language },
): Uint8Array<ArrayBuffer> {
  const body = columns.filter((column) => column !== 'order');
  const numbers = (of: Sums) => numberColumns.map((column) => of[column] * (column === 'activation' ? batch : 1));
  const text = [
    csvLine(body.map((column) => heads[column] ?? column)),
    ...rows.map((row) => csvLine([row.name, row.kind[language], row.shape, ...numbers(row)])),
    csvLine([total, '', '', ...numbers(sums)]),
  ].join('');
  return new Uint8Array(new TextEncoder().encode(`\ufeff${text}`));
}
