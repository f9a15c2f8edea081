import { knownSet } from '../../../src/data/knownSets.ts';

/** Titles of datasets as in papers; for generated datasets the key itself is a title. */
const titles: Readonly<Record<string, string>> = {
  mnist: 'MNIST',
  imagenet: 'ImageNet',
  hotdog: 'Hotdog',
  xor: 'XOR',
  or: 'OR',
};

export const dataTitle = (source: string): string => titles[source] ?? knownSet(source)?.title ?? source;
