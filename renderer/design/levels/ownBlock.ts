import { planOwn } from '../../../src/plan/ownBlock.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';

/** True inside a built-in block, which is read-only. */
export const isReadOnly = (): boolean => useDocument.getState().levels.at(-1)?.block === null;

/** Turns the entered built-in block into an editable block of the document. */
export function makeOwn(): void {
  const { root, rootCheck, levels, editRoot } = useDocument.getState();
  const { notify, language } = useUi.getState();
  const { edits, refused } = planOwn(root, rootCheck, levels, language);
  if (edits === null) {
    notify({ tone: 'bad', about: 'blocks', message: refused });
    return;
  }
  editRoot(edits);
  const name = levels.at(-1)?.node.name ?? '';
  notify({ tone: 'good', about: 'blocks', message: { key: 'level.owned', values: { name } } });
}
