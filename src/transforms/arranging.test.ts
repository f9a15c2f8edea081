import { expect, it, test } from 'vitest';
import { withAdded, withMoved, withRemoved, withValues } from './arranging.ts';
import { transforms } from './index.ts';
import { readPipeline } from './pipeline.ts';

const flip = { type: 'RandomHorizontalFlip', p: 0.5 } as const;
const gray = { type: 'Grayscale', on: false } as const;
const normalize = { type: 'Normalize', mean: [0.5], std: [0.5] } as const;

const keeping = transforms.filter(({ type }) => type !== 'Pad').map(({ type }) => [type]);

it.each(keeping)('a new %s fits images and keeps their size', (type) => {
  for (const size of [
    [1, 5],
    [28, 28],
    [30, 36],
  ] as const) {
    const { list, place } = withAdded([], type, size);
    expect(place).toBe(0);
    if (type === 'GaussianBlur' && size[0] === 1) continue;
    const { pipeline, problems } = readPipeline(list, [3, ...size]);
    expect(problems).toEqual([]);
    expect(pipeline?.output.slice(1)).toEqual(size);
  }
});

test('a new transform comes before the Normalize at the end, and Normalize comes last', () => {
  expect(withAdded([flip, normalize], 'Grayscale', [28, 28])).toEqual({
    list: [flip, { type: 'Grayscale' }, normalize],
    place: 1,
  });
  expect(withAdded([flip], 'Normalize', [28, 28]).place).toBe(1);
  expect(withAdded([normalize], 'Normalize', [28, 28]).place).toBe(1);
  expect(withAdded([normalize, flip], 'Grayscale', [28, 28]).place).toBe(2);
});

test('a transform is moved to either side and removed', () => {
  const list = [flip, gray, normalize];
  expect(withMoved(list, 0, 2)).toEqual([gray, normalize, flip]);
  expect(withMoved(list, 2, 0)).toEqual([normalize, flip, gray]);
  expect(withMoved(list, 1, 1)).toEqual(list);
  expect(withRemoved(list, 1)).toEqual([flip, normalize]);
});

test('values change one transform; one that is on has no mark', () => {
  expect(withValues([flip, gray], 0, { p: 1 })).toEqual([{ ...flip, p: 1 }, gray]);
  expect(withValues([flip, gray], 1, { on: true })).toEqual([flip, { type: 'Grayscale' }]);
  expect(withValues([flip], 0, { on: false })).toEqual([{ ...flip, on: false }]);
});
