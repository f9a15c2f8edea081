import { expect, test } from 'vitest';
import { check } from '../../../src/check/check.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { levelsOn, placeOf } from '../../../src/plan/level.ts';
import { templateOf } from '../../../templates/index.ts';
import { findInside, foundOn, foundWithin } from './findInside.ts';

const resnet = templateOf('resnet18')?.document as NetworkDocument;
const result = check(resnet);

test('what is inside blocks is found in the order of the data, with the way to it', () => {
  const found = findInside(resnet, result, 'shortcut.bn');
  expect(found.map((ids) => ids.join('/'))).toEqual([2, 3, 4].map((stage) => `stage${stage}/block1/shortcut.bn`));
  for (const ids of found) expect(placeOf(resnet, result, ids)).toMatchObject({ node: 'shortcut.bn', path: [{}, {}] });
});

test('a block is found before what is in it, and ports are not found', () => {
  const found = findInside(resnet, result, '64×56×56').map((ids) => ids.join('/'));
  expect(found.slice(0, 4)).toEqual(['stem.pool', 'stage1', 'stage1/block1', 'stage1/block1/conv1']);
  expect(found.some((path) => path.includes('/in0') || path.includes('/out0'))).toBe(false);
});

test('a level marks what was found there, and the blocks that others were found in', () => {
  const found = findInside(resnet, result, 'shortcut.bn');
  expect([...foundOn([], found)]).toEqual(['stage2', 'stage3', 'stage4']);
  const inside = levelsOn(resnet, result, [{ node: 'stage3', copy: 0 }]);
  expect([...foundOn(inside, found)]).toEqual(['block1']);
  expect(foundOn(levelsOn(resnet, result, [{ node: 'stage1', copy: 0 }]), found).size).toBe(0);
});

test('the cards in open blocks are marked by the way to them from the level, with the blocks on the way', () => {
  const found = findInside(resnet, result, 'shortcut.bn').slice(0, 1);
  const ways = (path: readonly string[]) => {
    const levels = levelsOn(
      resnet,
      result,
      path.map((node) => ({ node, copy: 0 })),
    );
    return foundWithin(resnet, result, levels, found).map((ids) => ids.join('/'));
  };
  expect(ways([])).toEqual(['stage2/block1', 'stage2/block1/shortcut.bn']);
  expect(ways(['stage2'])).toEqual(['block1/shortcut.bn']);
  expect(ways(['stage2', 'block1'])).toEqual([]);
  expect(ways(['stage3'])).toEqual([]);
});
