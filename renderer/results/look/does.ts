import type { Card } from '../../../src/check/card.ts';
import { layerOf } from '../../../src/layers/index.ts';
import { isInput } from '../../../src/layers/input.ts';

/** What layers of a kind do to a sample, in a few words. */
export function doesKey({ category, layer }: Pick<Card, 'category' | 'layer'>) {
  if (isInput(layer)) return 'input';
  if (category === 'io') return 'output';
  return category;
}

/** Its results are scores of classes. */
export const givesClasses = ({ layer }: Pick<Card, 'layer'>): boolean => layerOf(layer)?.output?.answers === 'class';
