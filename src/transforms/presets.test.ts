import { describe, expect, it } from 'vitest';
import type { ImageShape } from './image.ts';
import { readPipeline } from './pipeline.ts';
import { transformPresets, withPreset } from './presets.ts';

const presetOf = (id: string) => transformPresets.find((preset) => preset.id === id) ?? expect.fail(id);
const shapes: readonly ImageShape[] = [
  [1, 28, 28],
  [3, 32, 32],
  [3, 300, 200],
  [1, 5, 7],
];

describe.each(transformPresets.map(({ id }) => [id] as const))('preset %s', (id) => {
  it.each(shapes)('fits images of shape %i×%i×%i, in training and in prediction', (...image) => {
    const added = withPreset([], presetOf(id), image);
    const { pipeline, problems } = readPipeline(added?.list, image);
    expect(problems).toEqual([]);
    expect(pipeline?.output).toEqual(id.startsWith('imageNet') ? [3, 224, 224] : image);
  });

  it('comes before a Normalize at the end', () => {
    const normalize = { type: 'Normalize', mean: [0.5], std: [0.5] };
    const added = withPreset([normalize], presetOf(id), [3, 32, 32]);
    expect(added?.place).toBe(0);
    expect(added?.list.filter(({ type }) => type === 'Normalize')).toEqual([normalize]);
    expect(added?.list.at(-1)).toEqual(normalize);
  });
});

it('the standard augmentation of 32×32 images is that of the ResNet paper', () => {
  expect(withPreset([], presetOf('standard'), [3, 32, 32])?.list).toEqual([
    { type: 'RandomCrop', size: [32, 32], padding: [4] },
    { type: 'RandomHorizontalFlip', p: 0.5 },
  ]);
});

it('ImageNet evaluation is the part of ImageNet training that runs in prediction', () => {
  const predict = (id: string) =>
    readPipeline(withPreset([], presetOf(id), [3, 300, 200])?.list, [3, 300, 200]).pipeline?.predict.map(
      ({ transform, params }) => ({ type: transform.type, params }),
    );
  expect(predict('imageNetTraining')).toEqual(predict('imageNetEvaluation'));
});

it('no more transforms are added than a list may have', () => {
  const list = Array.from({ length: 49 }, () => ({ type: 'Grayscale', on: false }));
  expect(withPreset(list, presetOf('standard'), [1, 28, 28])).toBeNull();
});
