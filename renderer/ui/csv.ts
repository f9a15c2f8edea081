/** Null is an empty cell. */
export type Cell = string | number | null;

/** First characters of a formula in a spreadsheet, also the full-width ones. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/;

function written(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `${cell}`;
  const isFormula = FORMULA.test(cell) && Number.isNaN(Number(cell || Number.NaN));
  const text = isFormula ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table as CSV (RFC 4180). A text that a spreadsheet would read as a formula is escaped. */
export const csvText = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(written).join(',')}\r\n`).join('');

/** A CSV file: UTF-8 with a byte order mark, by which spreadsheets recognize the encoding. */
export const csvFile = (rows: readonly (readonly Cell[])[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(new TextEncoder().encode(`\ufeff${csvText(rows)}`));
