import { CsvError, parse } from 'csv-parse/sync';
import { sizeText } from '../sizeText.ts';
import { UserError } from '../text.ts';
import { isGb18030 } from './chineseText.ts';

/** A table of text as it stands in a CSV or TSV file: the names of its columns, and its rows below them. */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: string;
}

/** Bytes of the largest table: its cells take several times as much memory. */
const MOST_BYTES = 400e6;
const DELIMITERS = [',', '\t', ';', '|'];
/** Lines that decide on the delimiter. */
const PROBED = 20;

/**
 * The delimiter that cuts every one of the first lines into the same number of cells, the most cells first; null where none
 * cuts a line: a table of one column.
 */
function delimiterOf(text: string): string | null {
  const start = text.split(/\r\n|\n|\r/, PROBED + 1).slice(0, PROBED);
  const probe = start.filter((line) => line.trim() !== '').join('\n');
  const ranked = DELIMITERS.map((delimiter) => {
    const counts = parsed(probe, delimiter)?.map(({ length }) => length) ?? [];
    const widest = counts[0] ?? 0;
    return { delimiter, even: counts.length > 0 && counts.every((count) => count === widest), widest };
  }).filter(({ widest }) => widest > 1);
  ranked.sort((a, b) => Number(b.even) - Number(a.even) || b.widest - a.widest);
  return ranked[0]?.delimiter ?? null;
}

/** Null where a quotation mark is left open, as the last of some first lines may do. */
function parsed(text: string, delimiter: string): string[][] | null {
  try {
    return parse(text, { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, trim: true });
  } catch {
    return null;
  }
}

const isNumber = (cell: string): boolean => /^[-+]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d+)?$/i.test(cell);

/**
 * The first row holds names: none of its cells is a number or missing, and none stands twice. Only the column of row names that pandas
 * and R put first has none. A table of text alone has names too, since no other sign tells them from a row.
 */
const isHeader = (row: readonly string[]): boolean =>
  row.every((cell, at) => (cell !== '' || (at === 0 && row.length > 1)) && !isNumber(cell)) &&
  new Set(row).size === row.length;

/** The line by which Excel is told the delimiter. */
const SEPARATOR = /^sep=([,;|\t])\r?\n/i;

/**
 * Reads CSV or TSV (RFC 4180, with any of the delimiters comma, tab, semicolon and bar; quoted cells; UTF-8 with or without
 * a byte order mark; UTF-16 with one). Columns without names are called `column 1`, `column 2`, …. Throws UserError for a
 * file that is empty or has rows of different lengths. `name` is the file's name in messages.
 */
export function readCsv(bytes: Uint8Array, name: string): TextTable {
  if (bytes.length > MOST_BYTES) throw tooLarge(name, bytes.length);
  const whole = textOf(bytes);
  if (hasControl(whole)) throw noText(name);
  const stated = SEPARATOR.exec(whole);
  const text = whole.slice(stated?.[0].length ?? 0);
  const delimiter = stated?.[1] ?? delimiterOf(text);
  let rows: string[][];
  try {
    rows = parse(text, {
      delimiter: delimiter ?? ',',
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    });
  } catch (error) {
    if (error instanceof CsvError) throw damaged(name, error.message);
    throw error;
  }
  const [first] = rows;
  if (first === undefined) throw noRows(name);
  const named = isHeader(first);
  const body = named ? rows.slice(1) : rows;
  if (body.length === 0) throw noRows(name);
  const odd = body.findIndex(({ length }) => length !== first.length);
  if (odd >= 0) throw oddRow(name, odd + (named ? 2 : 1), body[odd]?.length ?? 0, first.length);
  const columns = first.map((cell, at) => (named && cell !== '' ? cell : `column ${at + 1}`));
  return { columns, rows: body, delimiter: delimiter ?? ',' };
}

/** True where the text has control characters beside spaces and the end mark of DOS, which no text has. */
function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 32 && (code < 9 || code > 13) && code !== 26) return true;
  }
  return false;
}

function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Spreadsheets on Windows save Western text so; GB 18030 holds every other text that is no UTF-8 in practice.
    return new TextDecoder(isGb18030(bytes) ? 'gb18030' : 'windows-1252').decode(bytes);
  }
}

const noText = (name: string) =>
  new UserError({
    en: `“${name}” is not a text file and has no other format that can be read, or its start is damaged. Get it again, or export the data as CSV, NumPy (.npz) or images.`,
    zh: `“${name}”不是文本文件，也不是其他可读取的格式，或文件开头已损坏。请重新获取，或将数据导出为 CSV、NumPy（.npz）或图像。`,
  });

const tooLarge = (name: string, bytes: number) =>
  new UserError({
    en: `“${name}” has ${sizeText(bytes)}; tables of at most ${sizeText(MOST_BYTES)} are read. Save the numbers as NumPy (.npz), or choose a part of the rows.`,
    zh: `“${name}”有 ${sizeText(bytes)}，表格上限为 ${sizeText(MOST_BYTES)}。请将数值保存为 NumPy（.npz），或只取部分行。`,
  });

const noRows = (name: string) =>
  new UserError({
    en: `“${name}” has no rows. Choose a CSV or TSV file with one sample per row.`,
    zh: `“${name}”没有数据行。请选择每行一个样本的 CSV 或 TSV 文件。`,
  });

const damaged = (name: string, reason: string) =>
  new UserError({
    en: `“${name}” cannot be read as a table: ${reason}. Correct this line, or export the table as CSV again.`,
    zh: `无法将“${name}”作为表格读取：${reason}。请修正该行，或重新导出为 CSV。`,
  });

const oddRow = (name: string, row: number, cells: number, columns: number) =>
  new UserError({
    en: `Row ${row} of “${name}” has ${cells} cells, but the first row has ${columns}. Put cells that contain the delimiter in quotation marks, or complete the row.`,
    zh: `“${name}”的第 ${row} 行有 ${cells} 个单元格，而第一行有 ${columns} 个。请为含分隔符的单元格加引号，或补全该行。`,
  });
