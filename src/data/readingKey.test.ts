import { expect, it } from 'vitest';
import { type DataConfig, emptyDocument } from '../graph/document.ts';
import { readingKey } from './readingKey.ts';

const { data } = emptyDocument;

it.each<[string, Partial<DataConfig>, boolean]>([
  ['transforms', { transforms: [{ type: 'Grayscale' }] }, true],
  ['mixing', { mixing: { type: 'MixUp', alpha: 1 } }, true],
  ['the fingerprint', { sha256: 'x', relativeSource: '../x' }, true],
  ['the source', { source: 'moons' }, false],
  ['the size of images', { image: { height: 8, width: 8, channels: 1, fit: 'crop' } }, false],
  ['the split', { validation: 0.5 }, false],
  ['drawn points', { points: [[0, 0, 1]] }, false],
])('settings that differ in %s have the same samples and split: %s', (_, change, same) => {
  expect(readingKey({ ...data, ...change }) === readingKey(data)).toBe(same);
});
