import type { Card } from '../../../src/check/card.ts';
import { layerOf } from '../../../src/layers/index.ts';
import { isInput } from '../../../src/layers/input.ts';

/** Key of the text that describes the effect of a layer on a sample. */
export function operationKey({ category, layer }: Pick<Card, 'category' | 'layer'>) {
  if (isInput(layer)) return 'input';
  if (category === 'io') return 'output';
  return category;
}

/** True if the outputs of the layer are class scores (logits). */
export const isClassifier = ({ layer }: Pick<Card, 'layer'>): boolean => layerOf(layer)?.output?.answers === 'class';
