import { expect, test } from 'vitest';
import { drawingOf } from './icons.ts';
import { blocks } from './index.ts';

test('every built-in block has a drawing of its own', () => {
  const drawings = ['unknown', ...blocks.map(({ type }) => type)].map((type) =>
    JSON.stringify(drawingOf(type, 'blocks')),
  );
  expect(new Set(drawings).size).toBe(drawings.length);
});
