import type { TransformSetting } from './setting.ts';

/** Transforms whose speed `netloom bench` measures, on images of 3×64×64; each changes every sample. */
export const benchTransforms: readonly TransformSetting[] = [
  { type: 'Resize', size: [48, 48] },
  { type: 'CenterCrop', size: 56 },
  { type: 'Pad', padding: 4, padding_mode: 'reflect' },
  { type: 'RandomCrop', size: 64, padding: 4 },
  { type: 'RandomResizedCrop', size: 64 },
  { type: 'RandomHorizontalFlip', p: 1 },
  { type: 'RandomVerticalFlip', p: 1 },
  { type: 'RandomRotation', degrees: 15, interpolation: 'bilinear' },
  { type: 'RandomAffine', interpolation: 'bilinear' },
  { type: 'RandomPerspective', p: 1 },
  { type: 'ColorJitter' },
  { type: 'RandomGrayscale', p: 1 },
  { type: 'GaussianBlur' },
  { type: 'GaussianNoise' },
  { type: 'RandomErasing', p: 1 },
  { type: 'RandAugment' },
  { type: 'Normalize' },
];
