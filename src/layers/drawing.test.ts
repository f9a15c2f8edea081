import { expect, test } from 'vitest';
import { layers } from './index.ts';

test('no two layers have the same icon', () => {
  const drawings = layers.map(({ icon }) => JSON.stringify(icon));
  expect(drawings.filter((drawing, index) => drawings.indexOf(drawing) !== index)).toEqual([]);
});

test('icons stay on their grid', () => {
  for (const { icon } of layers) {
    const { lines, solid = '' } = icon;
    // Only the absolute starting points are checked: the segments after them are relative or short.
    for (const [, x = '', y = ''] of `${lines}${solid}`.matchAll(/M(-?[\d.]+) (-?[\d.]+)/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(0);
      expect(Number(x)).toBeLessThanOrEqual(16);
      expect(Number(y)).toBeGreaterThanOrEqual(0);
      expect(Number(y)).toBeLessThanOrEqual(16);
    }
  }
});
