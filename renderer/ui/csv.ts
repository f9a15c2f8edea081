import { type CostRow, columns, numberColumns, type Sums } from '../training/analysis/rows.ts';

/** As RFC 4180 has it. A text that a spreadsheet would take for a formula is kept a text. */
function cell(value: string | number): string {
  if (typeof value === 'number') return `${value}`;
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvLine = (cells: readonly (string | number)[]): string => `${cells.map(cell).join(',')}\r\n`;

/** The table as UTF-8 with a mark that spreadsheets know it by; memory in bytes for the batch. */
export function csvOf(
  rows: readonly CostRow[],
  sums: Sums,
  batch: number,
  { heads, total, language }: { heads: Readonly<Record<string, string>>; total: string; language: 'en' | 'zh' },
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
