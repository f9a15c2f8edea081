import { bookEdits } from '../../../src/plan/bookSettings.ts';
import { useDocument } from '../../state/stores/stores.ts';

/** Gives the network the settings of the book in one step of the history. */
export function applyBookSettings(): void {
  const { commit, editRoot } = useDocument.getState();
  commit();
  editRoot(bookEdits(useDocument.getState().root) ?? []);
}
