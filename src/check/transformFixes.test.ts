import { describe, expect, it } from 'vitest';
import type { DataConfig, NetworkDocument, TransformStep } from '../graph/document.ts';
import { applyEdits } from '../graph/edits.ts';
import { check } from './check.ts';
import { draw, head } from './mistakes/mistake.ts';

const crop = (size: number[]): TransformStep => ({ type: 'RandomCrop', size, padding: [4] });
const center = (size: number[]): TransformStep => ({ type: 'CenterCrop', size });
const flip = { type: 'RandomHorizontalFlip', p: 0.5 };
const gray = { type: 'Grayscale', num_output_channels: '1' };
const resize = { type: 'Resize', size: [28, 28] };
const normalize = { type: 'Normalize', mean: [0.5], std: [0.5] };

const facts = (shape: number[]): DataConfig['facts'] => ({
  count: 100,
  inputs: [{ name: 'image', shape }],
  targets: [{ name: 'label', shape: [], classes: 10, yesNo: false }],
});

/** A network for images of a shape, on images of another shape with transforms. */
const network = (takes: number[], has: number[], transforms: TransformStep[]): NetworkDocument => {
  const drawn = draw([['input image', { shape: takes }], ...head]);
  return { ...drawn, data: { ...drawn.data, source: '/images', facts: facts(has), transforms } };
};

describe('a misfit between transforms and network is fixed by the first fix', () => {
  it.each<[string, number[], number[], TransformStep[], string, TransformStep[]]>([
    [
      'another size of one transform',
      [1, 28, 28],
      [1, 28, 28],
      [{ type: 'Resize', size: [40, 40] }, flip],
      'Set the size of the transforms to 28×28',
      [{ type: 'Resize', size: [28, 28] }, flip],
    ],
    [
      'another size on both sides',
      [1, 28, 28],
      [1, 32, 32],
      [crop([24, 24]), center([24, 24]), normalize],
      'Set the size of the transforms to 28×28',
      [crop([28, 28]), center([28, 28]), normalize],
    ],
    [
      'no transform with a size',
      [1, 28, 28],
      [1, 30, 36],
      [flip, normalize],
      'Add transform Resize 28×28',
      [flip, resize, normalize],
    ],
    [
      'a random crop, which prediction lacks',
      [1, 28, 28],
      [1, 30, 36],
      [crop([30, 36]), flip],
      'Add transform Resize 28×28',
      [crop([30, 36]), flip, resize],
    ],
    [
      'color for a gray network',
      [1, 28, 28],
      [3, 28, 28],
      [flip],
      'Add transform Grayscale with 1 channel',
      [flip, gray],
    ],
    [
      'gray for a color network of another size',
      [3, 28, 28],
      [1, 32, 32],
      [flip],
      'Add transform Resize 28×28 and convert to 3 channels',
      [flip, resize, { ...gray, num_output_channels: '3' }],
    ],
  ])('%s', (_, takes, has, transforms, title, after) => {
    const doc = network(takes, has, transforms);
    const found = check(doc).diagnostics.find(({ code }) => code === 'data-shape');
    const [fix] = found?.fixes ?? [];
    expect(fix?.title.en).toBe(title);
    const fixed = applyEdits(doc, fix?.edits ?? []);
    expect(fixed.data.transforms).toEqual(after);
    expect(check(fixed).diagnostics.filter(({ stops, severity }) => stops || severity === 'error')).toEqual([]);
  });

  it.each<[string, TransformStep[]]>([
    ['without transforms', []],
    ['with all transforms off', [{ ...resize, on: false }]],
    ['with transforms that have problems of their own', [{ type: 'RandomFlop' }]],
  ])('none is offered %s', (_, transforms) => {
    const found = check(network([1, 28, 28], [1, 30, 36], transforms)).diagnostics.find(
      ({ code }) => code === 'data-shape',
    );
    const offered = found?.fixes ?? [];
    expect(offered.filter(({ title }) => /transform/.test(title.en))).toEqual([]);
  });
});
