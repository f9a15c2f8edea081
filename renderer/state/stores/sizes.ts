import { type SizeOf, sizesIn } from '../../../src/layout/size.ts';
import { useDocument } from './stores.ts';

/** Sizes of the nodes of the current level, as drawn. */
export function currentSizes(): SizeOf {
  const { document, check } = useDocument.getState();
  return sizesIn(document, check);
}
