import { useDocument } from '../stores/stores.ts';
import { type NotTrainable, notTrainable } from './notTrainable.ts';

/** Applies to the whole network, whatever level is shown. */
export function useNotTrainable(): NotTrainable | null {
  const root = useDocument((state) => state.root);
  const check = useDocument((state) => state.rootCheck);
  return notTrainable(root, check);
}
