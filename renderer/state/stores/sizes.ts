import { type SizeOf, sizesIn } from '../../../src/layout/size.ts';
import { useDocument } from './stores.ts';

/** How large the nodes of the present document are drawn. */
export function currentSizes(): SizeOf {
  const { document, check } = useDocument.getState();
  return sizesIn(document, check);
}
