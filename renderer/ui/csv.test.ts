import { expect, test } from 'vitest';
import { type Cell, csvFile, csvText } from './csv.ts';

test.each<[cell: Cell, written: string]>([
  ['conv1', 'conv1'],
  ['', ''],
  [null, ''],
  [0, '0'],
  [-1.5e-7, '-1.5e-7'],
  [Number.NaN, 'NaN'],
  ['a,b', '"a,b"'],
  ['say "a"', '"say ""a"""'],
  ['two\nlines', '"two\nlines"'],
  ['two\r\nlines', '"two\r\nlines"'],
  ['卷积层', '卷积层'],
  ['=SUM(A1)', "'=SUM(A1)"],
  ['+1+1', "'+1+1"],
  ['@name', "'@name"],
  ['-a', "'-a"],
  ['=a,b', '"\'=a,b"'],
  ['\t=a', "'\t=a"],
  ['\n=a', '"\'\n=a"'],
  ['＝1+1', "'＝1+1"],
  // Class names that are numbers.
  ['-1', '-1'],
  ['+2.5e3', '+2.5e3'],
])('the cell %j is written %j', (cell, written) => {
  expect(csvText([[cell, 'end']])).toBe(`${written},end\r\n`);
});

test('a file begins with a byte order mark, and all line ends are the same', () => {
  const bytes = csvFile([['层'], [1]]);
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes)).toBe('层\r\n1\r\n');
  expect(csvText([])).toBe('');
});
