import { expect, test } from 'vitest';
import { drawingOf } from './icons.ts';
import { blocks } from './index.ts';

test('no two built-in blocks have the same icon', () => {
  const drawings = ['unknown', ...blocks.map(({ type }) => type)].map((type) =>
    JSON.stringify(drawingOf(type, 'blocks')),
  );
  expect(new Set(drawings).size).toBe(drawings.length);
});
