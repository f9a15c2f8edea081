import { expect, it } from 'vitest';
import type { DataConfig } from '../graph/document.ts';
import { withImageSettings, withOtherSource } from './known.ts';

const transforms = [{ type: 'RandomHorizontalFlip', p: 0.5 }];
const mixUp = { type: 'MixUp', alpha: 0.2 } as const;
const cutMix = { type: 'CutMix', alpha: 1 } as const;
const images: DataConfig = { source: '/images', validation: 0.1, splitSeed: 3, transforms, mixing: cutMix };

it.each<[string, DataConfig, string, Partial<DataConfig>]>([
  ['images to the digits', images, 'mnist', { transforms, mixing: cutMix }],
  ['the digits to own images', { ...images, source: 'mnist' }, '/photos', { transforms, mixing: cutMix }],
  ['images to numbers', images, 'moons', {}],
  ['images to numbers, MixUp', { ...images, mixing: mixUp }, 'moons:noise=0.3', { mixing: mixUp }],
  ['images to drawn points', { ...images, points: [[0, 0, 1]] }, 'points', { points: [[0, 0, 1]] }],
  ['without transforms', { source: 'mnist', validation: 0.1, splitSeed: 3 }, 'moons', {}],
])('settings that stay with another dataset: %s', (_, before, source, kept) => {
  expect(withOtherSource(before, source)).toEqual({ source, validation: 0.1, splitSeed: 3, ...kept });
});

it.each<[string, readonly number[][], boolean]>([
  ['color images', [[3, 32, 32]], true],
  ['columns beside images', [[4], [1, 28, 28]], true],
  ['columns', [[4]], false],
  ['images of two channels, which transforms do not take', [[2, 28, 28]], false],
])('transforms stay with %s: %s', (_, shapes, stay) => {
  const inputs = shapes.map((shape, at) => ({ name: `${at}`, shape }));
  expect(withImageSettings(images, { inputs }).transforms).toEqual(stay ? transforms : undefined);
});
