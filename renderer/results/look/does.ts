import type { Card } from '../../../src/check/card.ts';

/** What layers of a kind do to a sample, in a few words. */
export function doesKey({ category, layer }: Pick<Card, 'category' | 'layer'>) {
  if (layer === 'input') return 'input';
  if (category === 'io') return 'output';
  return category;
}
