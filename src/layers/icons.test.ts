import { expect, test } from 'vitest';
import { drawingOf } from './icons.ts';
import { layers } from './index.ts';

test('every layer has a drawing of its own', () => {
  const drawings = layers.map(({ type, category }) => JSON.stringify(drawingOf(type, category)));
  expect(drawings.filter((drawing, index) => drawings.indexOf(drawing) !== index)).toEqual([]);
});

test('drawings stay on their grid', () => {
  for (const { type, category } of layers) {
    const { lines, solid = '' } = drawingOf(type, category);
    // Absolute starts of parts: what follows is relative or short.
    for (const [, x = '', y = ''] of `${lines}${solid}`.matchAll(/M(-?[\d.]+) (-?[\d.]+)/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(0);
      expect(Number(x)).toBeLessThanOrEqual(16);
      expect(Number(y)).toBeGreaterThanOrEqual(0);
      expect(Number(y)).toBeLessThanOrEqual(16);
    }
  }
});
