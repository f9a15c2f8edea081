import { centerCropTransform, randomCrop } from './crops.ts';
import { randomHorizontalFlip, randomVerticalFlip } from './flips.ts';
import { normalize } from './normalize.ts';
import { padTransform } from './pad.ts';
import type { Transform } from './transform.ts';

/** All transforms of single images, in the order of the list. */
export const transforms: readonly Transform[] = [
  centerCropTransform,
  padTransform,
  randomCrop,
  randomHorizontalFlip,
  randomVerticalFlip,
  normalize,
];

export const transformOf = (type: string): Transform | undefined => transforms.find((each) => each.type === type);
