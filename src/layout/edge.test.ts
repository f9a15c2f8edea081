import { getSmoothStepPath, Position } from '@xyflow/system';
import { describe, expect, test } from 'vitest';
import { CARD, portPoint } from './card.ts';
import { edgeShape, freeBend } from './edge.ts';

const numbers = (path: string): number[] => (path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

const ends: [name: string, from: [number, number], to: [number, number]][] = [
  ['straight on', [88, 68], [88, 110]],
  ['to the right', [88, 68], [388, 210]],
  ['to the left', [300, 68], [88.5, 260]],
  ['a small step', [88, 68], [94, 110]],
  ['back to the top of the next column', [88, 500], [350, 0]],
  ['back on the same line', [88, 500], [88, 0]],
  ['closer than its leads', [88, 68], [400, 90]],
];

describe.each([
  ['down', Position.Bottom, Position.Top],
  ['right', Position.Right, Position.Left],
] as const)('a free connection %s', (direction, sourcePosition, targetPosition) => {
  test.each(ends)('%s is that of React Flow', (_, [a, b], [c, d]) => {
    const [from, to] =
      direction === 'down'
        ? [
            { x: a, y: b },
            { x: c, y: d },
          ]
        : [
            { x: b, y: a },
            { x: d, y: c },
          ];
    const [path, x, y] = getSmoothStepPath({
      sourceX: from.x,
      sourceY: from.y,
      sourcePosition,
      targetX: to.x,
      targetY: to.y,
      targetPosition,
      borderRadius: 8,
      offset: 20,
    });
    const shape = edgeShape(from, to, direction);
    expect(shape.label).toEqual({ x, y });
    const [ours, theirs] = [numbers(shape.path), numbers(path)];
    expect(ours.length).toBe(theirs.length);
    for (const [index, value] of ours.entries()) expect(value).toBeCloseTo(theirs[index] as number, 1);
  });
});

test('a connection follows its lane', () => {
  const { points, label } = edgeShape({ x: 88, y: 68 }, { x: 88, y: 400 }, 'down', { lane: 200 });
  expect(points).toEqual([
    { x: 88, y: 68 },
    { x: 88, y: 88 },
    { x: 200, y: 88 },
    { x: 200, y: 380 },
    { x: 88, y: 380 },
    { x: 88, y: 400 },
  ]);
  expect(label).toEqual({ x: 200, y: 234 });
});

test('a connection without room for a step returns along a lane', () => {
  expect(freeBend({ x: 0, y: 0 }, { x: 100, y: 40 }, 'down')).toEqual({ lane: 50 });
  expect(freeBend({ x: 0, y: 0 }, { x: 100, y: 42 }, 'down')).toEqual({ step: 21 });
});

test('ports are spaced evenly along the sides given by the direction', () => {
  expect(portPoint({ x: 10, y: 20, ...CARD }, 'down', 'output', 0, 1)).toEqual({ x: 98, y: 88 });
  expect(portPoint({ x: 10, y: 20, ...CARD }, 'right', 'input', 0, 1)).toEqual({ x: 10, y: 54 });
  expect(portPoint({ x: 10, y: 20, ...CARD }, 'down', 'input', 0, 3)).toEqual({ x: 54, y: 20 });
});
