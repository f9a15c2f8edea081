import { describe, expect, it } from 'vitest';
import { readCsv } from './csv.ts';
import { readTable, type TableColumn } from './table.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const utf16 = (text: string): Uint8Array => {
  const bytes = new Uint8Array(2 + 2 * text.length);
  bytes.set([0xff, 0xfe]);
  for (const [at, char] of [...text].entries())
    bytes.set([char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8], 2 + 2 * at);
  return bytes;
};

describe('a table is read', () => {
  it.each<[string, Uint8Array, readonly string[], readonly (readonly string[])[]]>([
    [
      'with commas',
      utf8('a,b\n1,2\n3,4\n'),
      ['a', 'b'],
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    [
      'with semicolons and decimal commas',
      utf8('a;b\n1,5;2\n3;4,5'),
      ['a', 'b'],
      [
        ['1,5', '2'],
        ['3', '4,5'],
      ],
    ],
    ['with tabs', utf8('a\tb\r\n1\t2\r\n'), ['a', 'b'], [['1', '2']]],
    ['with bars', utf8('a|b\n1|2\n'), ['a', 'b'], [['1', '2']]],
    [
      'with quoted delimiters, quotes and line ends',
      utf8('a,b\n"x, y","say ""hi""\nthere"\n'),
      ['a', 'b'],
      [['x, y', 'say "hi"\nthere']],
    ],
    ['with a byte order mark', utf8('\ufeffa,b\n1,2\n'), ['a', 'b'], [['1', '2']]],
    ['in UTF-16', utf16('a,b\n1,é\n'), ['a', 'b'], [['1', 'é']]],
    ['in Windows-1252', latin1('a,b\n1,caf\u00e9\n'), ['a', 'b'], [['1', 'café']]],
    ['in GB 18030', Uint8Array.from([...utf8('a,b\n1,'), 0xb9, 0xb7, 0x0a]), ['a', 'b'], [['1', '狗']]],
    [
      'without names',
      utf8('5.1,3.5,setosa\n4.9,3.0,setosa\n'),
      ['column 1', 'column 2', 'column 3'],
      [
        ['5.1', '3.5', 'setosa'],
        ['4.9', '3.0', 'setosa'],
      ],
    ],
    ['with empty lines', utf8('a,b\n\n1,2\n\n,\n'), ['a', 'b'], [['1', '2']]],
    ['of one column', utf8('a\n1\n2\n'), ['a'], [['1'], ['2']]],
    ['with spaces around cells', utf8('a, b\n1, 2\n'), ['a', 'b'], [['1', '2']]],
  ])('%s', (_, bytes, columns, rows) => {
    expect(readCsv(bytes, 'x.csv')).toMatchObject({ columns, rows });
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['nothing', utf8(''), /“x.csv” has no rows/],
    ['names alone', utf8('a,b\n'), /has no rows/],
    ['a row that is too short', utf8('a,b,c\n1,2,3\n4,5\n'), /Row 3 of “x.csv” has 2 cells, but the first row has 3/],
    ['an open quotation mark', utf8('a,b\n1,"2\n3,4\n'), /cannot be read as a table/],
    ['bytes of no text', Uint8Array.from([0x61, 0, 0, 1, 2]), /not a text file/],
  ])('but not %s', (_, bytes, message) => {
    expect(() => readCsv(bytes, 'x.csv')).toThrow(message);
  });
});

describe('a column is understood', () => {
  const column = (cells: readonly string[], delimiter = ','): TableColumn =>
    readTable({ columns: ['x'], rows: cells.map((cell) => [cell]), delimiter }).columns[0] as TableColumn;
  const many = Array.from({ length: 200 }, (_, row) => `name ${row}`);

  it.each<[string, readonly string[], string, Partial<TableColumn>]>([
    ['numbers', ['1', '-2.5', '3e2'], ',', { kind: 'number', values: Float64Array.of(1, -2.5, 300), missing: 0 }],
    ['decimal commas', ['1,5', '1.234,5', '-2'], ';', { kind: 'number', values: Float64Array.of(1.5, 1234.5, -2) }],
    ['cells without a value', ['1', '', 'NA', '?', 'NaN', '3'], ',', { kind: 'number', missing: 4 }],
    ['words', ['b', 'a', 'b'], ',', { kind: 'category', categories: ['a', 'b'], values: Float64Array.of(1, 0, 1) }],
    [
      'words and a missing one',
      ['b', '', 'a'],
      ',',
      { kind: 'category', values: Float64Array.of(1, Number.NaN, 0), missing: 1 },
    ],
    ['words that are all different', many, ',', { kind: 'text' }],
    ['row numbers', many.map((_, row) => `${row + 1}`), ',', { kind: 'index' }],
    ['nothing', ['', 'NA'], ',', { kind: 'empty', missing: 2 }],
  ])('%s', (_, cells, delimiter, wanted) => {
    expect(column(cells, delimiter)).toMatchObject(wanted);
  });
});
