import { useDocument } from '../stores/stores.ts';
import { type NotTrainable, notTrainable } from './notTrainable.ts';

/** Of the whole network, wherever the user is in it. */
export function useNotTrainable(): NotTrainable | null {
  const root = useDocument((state) => state.root);
  const check = useDocument((state) => state.rootCheck);
  return notTrainable(root, check);
}
