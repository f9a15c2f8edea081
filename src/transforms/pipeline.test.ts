import { describe, expect, it } from 'vitest';
import type { ByteImage, ImageShape } from './image.ts';
import { augmented, drawSteps, type Pipeline, prepared, readPipeline } from './pipeline.ts';

const IMAGE: ImageShape = [3, 8, 8];
const image: ByteImage = { shape: IMAGE, pixels: Uint8Array.from({ length: 192 }, (_, i) => i) };

function pipelineOf(list: unknown, input = IMAGE): Pipeline {
  const { pipeline, problems } = readPipeline(list, input);
  expect(problems).toEqual([]);
  return pipeline as Pipeline;
}

const usual = [
  { type: 'RandomCrop', size: 8, padding: 2 },
  { type: 'RandomHorizontalFlip' },
  { type: 'Normalize', mean: [0.5], std: [0.5] },
];

it('runs all transforms in training and only deterministic ones in prediction', () => {
  const pipeline = pipelineOf(usual);
  expect(pipeline.train.map(({ transform }) => transform.type)).toEqual([
    'RandomCrop',
    'RandomHorizontalFlip',
    'Normalize',
  ]);
  expect(pipeline.predict.map(({ transform }) => transform.type)).toEqual(['Normalize']);
  const { pixels } = prepared(pipeline, image);
  expect([...pixels.subarray(0, 2)]).toEqual([-1, Math.fround((Math.fround(1 / 255) - 0.5) / 0.5)]);
});

it('gives the same bits for the same seed, epoch and sample, and others for others', () => {
  const pipeline = pipelineOf(usual);
  const first = { seed: 7, epoch: 3, sample: 11 };
  expect(augmented(pipeline, image, first)).toEqual(augmented(pipeline, image, first));
  const others = [
    { ...first, seed: 8 },
    { ...first, epoch: 4 },
    { ...first, sample: 12 },
  ];
  const crops = (place: typeof first) =>
    JSON.stringify(Array.from({ length: 8 }, (_, i) => drawSteps(pipeline, { ...place, seed: place.seed + 1000 * i })));
  expect(new Set([first, ...others].map(crops)).size).toBe(4);
});

it('keeps the values of the transforms after one that is turned off', () => {
  const flip = { type: 'RandomHorizontalFlip' };
  const place = { seed: 1, epoch: 0, sample: 5 };
  const both = drawSteps(pipelineOf([flip, { type: 'RandomCrop', size: 4 }, { type: 'CenterCrop', size: 4 }]), place);
  const off = drawSteps(
    pipelineOf([
      { ...flip, on: false },
      { type: 'RandomCrop', size: 4 },
      { type: 'CenterCrop', size: 4 },
    ]),
    place,
  );
  expect(off).toEqual(both.slice(1));
});

describe('a list with a problem', () => {
  it.each([
    ['no list', { type: 'CenterCrop' }, 'not-a-list', null],
    ['no object', ['CenterCrop'], 'not-a-transform', null],
    ['on is a word', [{ type: 'CenterCrop', on: 'yes' }], 'not-a-transform', null],
    ['unknown transform', [{ type: 'CentreCrop', size: 4 }], 'unknown-transform', [{ type: 'CenterCrop', size: 4 }]],
    [
      'unknown parameter',
      [{ type: 'RandomHorizontalFlip', P: 0.2 }],
      'unknown-parameter',
      [{ type: 'RandomHorizontalFlip', p: 0.2 }],
    ],
    [
      'out of range',
      [{ type: 'RandomHorizontalFlip', p: 2 }],
      'bad-parameter',
      [{ type: 'RandomHorizontalFlip', p: 0.5 }],
    ],
    [
      'crop too large',
      [{ type: 'RandomCrop', size: 20 }],
      'does-not-fit',
      [{ type: 'RandomCrop', size: 20, on: false }],
    ],
    ['mean of two', [{ type: 'Normalize', mean: [0, 1] }], 'does-not-fit', [{ type: 'Normalize', mean: [0.5] }]],
    [
      'even kernel',
      [{ type: 'GaussianBlur', kernel_size: 4 }],
      'does-not-fit',
      [{ type: 'GaussianBlur', kernel_size: [5, 5] }],
    ],
    [
      'reflection too wide',
      [{ type: 'Pad', padding: 8, padding_mode: 'reflect' }],
      'does-not-fit',
      [{ type: 'Pad', padding: 8, padding_mode: 'reflect', on: false }],
    ],
    [
      'normalize first',
      [{ type: 'Normalize' }, { type: 'RandomHorizontalFlip' }],
      'normalize-not-last',
      [{ type: 'RandomHorizontalFlip' }, { type: 'Normalize' }],
    ],
    [
      'smaller in training',
      [{ type: 'RandomCrop', size: [4, 6] }],
      'sides-differ',
      [
        { type: 'RandomCrop', size: [4, 6] },
        { type: 'CenterCrop', size: [4, 6] },
      ],
    ],
  ])('%s', (_, list, code, fixed) => {
    const { problems } = readPipeline(list, IMAGE);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(problems[0]?.message.zh).not.toBe('');
    expect(problems[0]?.fixes[0]?.list ?? null).toEqual(fixed);
    if (fixed !== null) expect(readPipeline(fixed, IMAGE).problems).toEqual([]);
  });
});
