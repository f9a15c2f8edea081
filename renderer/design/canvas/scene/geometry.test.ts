import { expect, test } from 'vitest';
import { emptyDocument, type NetworkDocument } from '../../../../src/graph/document.ts';
import { cardSize } from '../../../../src/layout/size.ts';
import { type Alignment, align, type Box, distribute } from '../gestures/arrange.ts';
import { snapTo } from '../gestures/snapping.ts';
import { andContents, contentOf, frameAround, touchedBy, withContents } from './boxes.ts';
import type { Rect } from './rect.ts';

const boxes: Box[] = [
  { id: 'a', x: 0, y: 0, width: 100, height: 40 },
  { id: 'b', x: 30, y: 90, width: 60, height: 20 },
  { id: 'c', x: 200, y: 300, width: 100, height: 40 },
];

test.each([
  ['left', [0, 0, 0], null],
  ['center', [100, 120, 100], null],
  ['right', [200, 240, 200], null],
  ['top', null, [0, 0, 0]],
  ['middle', null, [150, 160, 150]],
  ['bottom', null, [300, 320, 300]],
] as const)('aligned %s', (alignment: Alignment, xs, ys) => {
  const positions = align(boxes, alignment);
  expect(boxes.map(({ id }) => positions[id]?.x)).toEqual(xs ?? boxes.map(({ x }) => x));
  expect(boxes.map(({ id }) => positions[id]?.y)).toEqual(ys ?? boxes.map(({ y }) => y));
});

test('boxes in any order are distributed with equal gaps between the outer two', () => {
  const across = distribute(boxes.toReversed(), 'across');
  expect(['a', 'b', 'c'].map((id) => across[id])).toEqual([
    { x: 0, y: 0 },
    { x: 120, y: 90 },
    { x: 200, y: 300 },
  ]);
  expect(distribute(boxes, 'down').b).toEqual({ x: 30, y: 160 });
  expect(distribute(boxes.slice(0, 2), 'down')).toEqual({});
});

test('boxes snap to the nearest edge or center of others, otherwise to the grid', () => {
  const moving = { x: 4, y: 153, width: 100, height: 40 };
  expect(snapTo(moving, boxes, 6)).toMatchObject({ dx: -4, dy: 1 });
  expect(snapTo(moving, boxes, 6).guides).toEqual([
    { axis: 'x', at: 0, from: 0, to: 194 },
    { axis: 'x', at: 100, from: 0, to: 194 },
  ]);
  expect(snapTo({ ...moving, x: 51, y: 500.5 }, boxes, 6)).toEqual({ dx: 1, dy: -0.5, guides: [] });
  expect(snapTo({ x: 500, y: 303, width: 10, height: 40 }, boxes, 6).guides.map(({ axis }) => axis)).toEqual([
    'y',
    'y',
  ]);
});

const doc: NetworkDocument = {
  ...emptyDocument,
  nodes: [
    { id: 'in', layer: 'relu', name: 'in', config: {}, position: { x: 20, y: 40 } },
    { id: 'half', layer: 'relu', name: 'half', config: {}, position: { x: 200, y: 40 } },
    { id: 'out', layer: 'relu', name: 'out', config: {}, position: { x: 240, y: 40 } },
  ],
  notes: [{ id: 'note', text: 'x', position: { x: 30, y: 120 }, size: { width: 60, height: 40 } }],
  frames: [
    { id: 'big', title: '', colour: 'grey', position: { x: 0, y: 0 }, size: { width: 300, height: 200 } },
    { id: 'small', title: '', colour: 'red', position: { x: 10, y: 100 }, size: { width: 120, height: 80 } },
  ],
};

test('a frame contains the items whose center is inside', () => {
  expect(contentOf(doc, doc.frames[0] as NetworkDocument['frames'][number], cardSize)).toEqual([
    'small',
    'in',
    'half',
    'note',
  ]);
  expect(contentOf(doc, doc.frames[1] as NetworkDocument['frames'][number], cardSize)).toEqual(['note']);
});

test('a moved frame moves its content exactly once', () => {
  expect(withContents(doc, { big: { x: 10, y: 5 }, in: { x: 1, y: 2 } }, cardSize)).toEqual({
    big: { x: 10, y: 5 },
    in: { x: 1, y: 2 },
    half: { x: 210, y: 45 },
    small: { x: 20, y: 105 },
    note: { x: 40, y: 125 },
  });
  expect(withContents(doc, { out: { x: 0, y: 0 } }, cardSize)).toEqual({ out: { x: 0, y: 0 } });
});

test('a frame around boxes has space for its title', () => {
  expect(frameAround(boxes)).toEqual({ position: { x: -28, y: -60 }, size: { width: 356, height: 428 } });
});

test('a frame is copied with its content exactly once', () => {
  expect([...andContents(doc, ['big', 'in', 'out'], cardSize)].sort()).toEqual([
    'big',
    'half',
    'in',
    'note',
    'out',
    'small',
  ]);
  expect(andContents(doc, ['in', 'note'], cardSize)).toEqual(['in', 'note']);
});

test.each<[string, Rect, string[]]>([
  ['beside everything', { x: 500, y: 0, width: 50, height: 50 }, []],
  ['a corner of a card', { x: 150, y: 100, width: 60, height: 20 }, ['in', 'half']],
  ['the edge of a note', { x: 85, y: 150, width: 60, height: 60 }, ['note']],
  ['all around a frame', { x: 0, y: 90, width: 140, height: 100 }, ['small', 'in', 'note']],
])('a rectangle selects what it touches, and frames that lie in it: %s', (_, rect, ids) => {
  expect(touchedBy(doc, rect, cardSize)).toEqual(ids);
});
