/** Null is an empty cell. */
export type Cell = string | number | null;

/** Begins what a spreadsheet takes for a formula, in wide characters, too. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/;

function written(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `${cell}`;
  const isFormula = FORMULA.test(cell) && Number.isNaN(Number(cell || Number.NaN));
  const text = isFormula ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table as RFC 4180 has it. A text that a spreadsheet would take for a formula is kept a text. */
export const csvText = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(written).join(',')}\r\n`).join('');

/** The file of a table: UTF-8 with a mark that spreadsheets know it by. */
export const csvFile = (rows: readonly (readonly Cell[])[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(new TextEncoder().encode(`\ufeff${csvText(rows)}`));
