import { describe, expect, it } from 'vitest';
import { chooseSizes, type ModelInput, usualSizes } from './inputs.ts';

const [usual] = usualSizes as [(typeof usualSizes)[0]];
const float = (name: string, ...dims: (number | string)[]): ModelInput => ({ name, dtype: 'float32', dims });
const whole = (name: string, ...dims: (number | string)[]): ModelInput => ({ name, dtype: 'int64', dims });

const rows: readonly (readonly [title: string, inputs: readonly ModelInput[], sizes: Record<string, number>])[] = [
  ['nothing open', [float('x', 1, 3, 8, 8)], {}],
  ['an image', [float('x', 'N', 'C', 'H', 'W')], { N: 1, C: 3, H: 224, W: 224 }],
  ['tokens', [whole('x', 'N', 'T')], { N: 1, T: 16 }],
  ['a batch as large as that of the other input', [float('a', 4, 3), float('b', 'N', 3)], { N: 4 }],
  ['the state of a recurrent model', [float('x', 'N', 'T'), float('h', 2, 'B', 64)], { N: 1, T: 16, B: 1 }],
  ['one name, one size', [float('x', 'N', 'T'), whole('mask', 'N', 'T')], { N: 1, T: 16 }],
  ['four axes of whole numbers', [whole('x', 'N', 'A', 'B', 'C')], { N: 1, A: 16, B: 16, C: 16 }],
];

describe('sizes are assumed for', () => {
  it.each(rows)('%s', (_, inputs, sizes) => {
    const chosen = chooseSizes(inputs, {}, null, usual);
    expect(Object.fromEntries(chosen.map(({ name, size }) => [name, size]))).toEqual(sizes);
    expect(chosen.every(({ assumed }) => assumed)).toBe(true);
  });
});

it('a size that the user gave is taken, and no other', () => {
  expect(chooseSizes([float('x', 'N', 'T')], { T: 7, other: 3 }, 'N', usual)).toEqual([
    { name: 'T', size: 7, assumed: false },
  ]);
});
