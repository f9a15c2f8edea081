import { expect, test } from 'vitest';
import { bytes, percent, short } from './numbers.ts';

const MB = 1e6;

test.each([
  [0, '0 B'],
  [640, '640 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [9970, '10 kB'],
  [4.313 * MB, '4.3 MB'],
  [801.2 * MB, '801 MB'],
  [999.6 * MB, '1 GB'],
  [1023 * MB, '1 GB'],
  [15.6 * 1000 * MB, '16 GB'],
  [5000 * 1e12, '5 PB'],
])('%d bytes are %s', (value, words) => expect(bytes(value)).toBe(words.replace(' ', '\u00a0')));

test('no line breaks between a number and its unit', () => {
  for (const words of [bytes(5000), short(46_700)]) expect(words).toMatch(/^[\d.]+\u00a0\S+$/);
});

test('a share is a percentage', () => expect(percent(0.976)).toBe('97.6%'));
