import { randomAffine, randomRotation } from './affine.ts';
import { colorJitter, grayscaleTransform, randomGrayscale } from './colors.ts';
import { centerCropTransform, randomCrop } from './crops.ts';
import { randomErasing } from './erasing.ts';
import { randomHorizontalFlip, randomVerticalFlip } from './flips.ts';
import { gaussianBlurTransform, gaussianNoiseTransform } from './gaussian.ts';
import { normalize } from './normalize.ts';
import { padTransform } from './pad.ts';
import { randomPerspective } from './perspective.ts';
import { randAugment } from './randAugment.ts';
import { randomResizedCrop, resizeTransform } from './resizing.ts';
import type { Transform } from './transform.ts';

/** All transforms of single images, in the order of the list. */
export const transforms: readonly Transform[] = [
  resizeTransform,
  centerCropTransform,
  padTransform,
  randomCrop,
  randomResizedCrop,
  randomHorizontalFlip,
  randomVerticalFlip,
  randomRotation,
  randomAffine,
  randomPerspective,
  colorJitter,
  grayscaleTransform,
  randomGrayscale,
  gaussianBlurTransform,
  gaussianNoiseTransform,
  randomErasing,
  randAugment,
  normalize,
];

export const transformOf = (type: string): Transform | undefined => transforms.find((each) => each.type === type);
