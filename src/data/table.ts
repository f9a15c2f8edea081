import type { TextTable } from './csv.ts';

/** How the cells of a column are understood. */
export type ColumnKind =
  /** Numbers, or cells without a value. */
  | 'number'
  /** One of some words. */
  | 'category'
  /** Words that are nearly all different, such as names: nothing can be learned from them by one-hot columns. */
  | 'text'
  /** Row numbers and the like: whole numbers that are all different and in order. */
  | 'index'
  /** No cell has a value. */
  | 'empty';

/** A column of a table with its cells parsed. */
export interface TableColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** One number per row; NaN where the cell has no value. Of a category: place of the word in `categories`. */
  readonly values: Float64Array;
  /** The words that occur, in order of code points; empty for numbers. */
  readonly categories: readonly string[];
  /** Cells without a value. */
  readonly missing: number;
}

export interface Table {
  readonly rows: number;
  readonly columns: readonly TableColumn[];
}

/** Spellings of a cell without a value: those of pandas' `read_csv`, and the question mark of the UCI repository. */
const MISSING = new Set(
  '|#N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|None|n/a|nan|null|?'.split('|'),
);

const NUMBER = /^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|inf(?:inity)?)$/i;

/** Infinity is refused later, with its row: a column with it is numbers all the same. */
const numberOf = (cell: string): number =>
  /inf/i.test(cell) ? (cell.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : Number(cell);
/** A decimal comma, and points or spaces between thousands. */
const COMMA_NUMBER = /^[-+]?\d{1,3}((?:[. \u00a0]\d{3})+|\d*)(,\d+)?(e[-+]?\d+)?$/i;

/** More words than this, and more than half as many as rows, are text. */
const MOST_CATEGORIES = 50;

/** Parses the cells of a table, column by column. */
export function readTable({ columns, rows, delimiter }: TextTable): Table {
  return {
    rows: rows.length,
    columns: columns.map((name, at) =>
      readColumn(
        name,
        rows.map((row) => row[at] ?? ''),
        delimiter !== ',',
      ),
    ),
  };
}

function readColumn(name: string, cells: readonly string[], mayHaveCommas: boolean): TableColumn {
  const present = cells.filter((cell) => !MISSING.has(cell));
  const missing = cells.length - present.length;
  const isPoint = present.every((cell) => NUMBER.test(cell));
  const isComma = !isPoint && mayHaveCommas && present.every((cell) => COMMA_NUMBER.test(cell));
  if (present.length === 0) {
    return { name, kind: 'empty', values: new Float64Array(cells.length).fill(Number.NaN), categories: [], missing };
  }
  if (isPoint || isComma) {
    const parse = isPoint
      ? numberOf
      : (cell: string) => Number(cell.replace(/[. \u00a0](?=\d{3})/g, '').replace(',', '.'));
    const values = Float64Array.from(cells, (cell) => (MISSING.has(cell) ? Number.NaN : parse(cell)));
    return { name, kind: isIndex(values) ? 'index' : 'number', values, categories: [], missing };
  }
  const categories = [...new Set(present)].sort(byCodePoint);
  const places = new Map(categories.map((word, place) => [word, place]));
  const values = Float64Array.from(cells, (cell) => places.get(cell) ?? Number.NaN);
  const isText = categories.length > MOST_CATEGORIES && 2 * categories.length > present.length;
  return { name, kind: isText ? 'text' : 'category', values, categories, missing };
}

/** Order of strings by UTF-16 code units, the same in every language. */
export const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Few rows may count by chance. */
const FEWEST_INDEXED = 10;

function isIndex(values: Float64Array): boolean {
  return values.length >= FEWEST_INDEXED && values.every((value, row) => value === (values[0] as number) + row);
}
