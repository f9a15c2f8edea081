import { expect, test } from 'vitest';
import { check } from '../../../../src/check/check.ts';
import type { NetworkDocument } from '../../../../src/graph/document.ts';
import { applyEdits } from '../../../../src/graph/edits.ts';
import { sizesIn } from '../../../../src/layout/size.ts';
import { templateOf } from '../../../../templates/index.ts';
import type { Stop } from '../../../state/levels/inner.ts';
import { areaIn, stopBeside, stopFrom, stopsIn } from './stops.ts';

const document = applyEdits(templateOf('resnet18')?.document as NetworkDocument, [
  { kind: 'setOpen', node: 'stage1', open: true },
]);
const drawing = { document, check: check(document) };
const stops = stopsIn(drawing);
const words = (stop: Stop | null): string | undefined => stop?.join('/');
const at = stops.findIndex((stop) => words(stop) === 'stage1');

test('Tab goes from an expanded block to the cards inside in data order, then to the next card', () => {
  expect(stops.slice(at - 1, at + 4).map(words)).toEqual([
    'stem.pool',
    'stage1',
    'stage1/block1',
    'stage1/block2',
    'stage2',
  ]);
  expect(words(stopBeside(stops, ['stage1', 'block2'], 1))).toBe('stage2');
  expect(words(stopBeside(stops, ['stage2'], -1))).toBe('stage1/block2');
});

test('there is no stop beyond the ends; without a start, the first or last is used', () => {
  const two: Stop[] = [['a'], ['b']];
  expect(stopBeside(two, ['a'], 1)).toEqual(['b']);
  expect(stopBeside(two, ['b'], 1)).toBeNull();
  expect(stopBeside(two, undefined, 1)).toEqual(['a']);
  expect(stopBeside(two, undefined, -1)).toEqual(['b']);
});

test('arrow keys follow the connections inside, and lead through the ports to the block', () => {
  expect(words(stopFrom(drawing, ['stage1', 'block1'], 'down'))).toBe('stage1/block2');
  expect(words(stopFrom(drawing, ['stage1', 'block2'], 'up'))).toBe('stage1/block1');
  expect(words(stopFrom(drawing, ['stage1', 'block2'], 'down'))).toBe('stage1');
  expect(words(stopFrom(drawing, ['stage1', 'block1'], 'up'))).toBe('stage1');
  expect(words(stopFrom(drawing, ['stage1'], 'down'))).toBe('stage2');
  expect(stopFrom(drawing, ['gone', 'block1'], 'down')).toBeNull();
});

test('a card inside has its area in the coordinates of the level', () => {
  const node = document.nodes.find(({ id }) => id === 'stage1');
  if (node === undefined) throw new Error('There is no stage1.');
  const block = { ...node.position, ...sizesIn(document, drawing.check)(node) };
  const [first, second] = ['block1', 'block2'].map((id) => areaIn(drawing, ['stage1', id], block));
  if (!first || !second) throw new Error('Nothing is there.');
  expect(first.y).toBeGreaterThan(block.y);
  expect(second.y).toBeGreaterThanOrEqual(first.y + first.height);
  expect(second.y + second.height).toBeLessThan(block.y + block.height);
  expect(areaIn(drawing, ['stage1', 'gone'], block)).toBeNull();
});
