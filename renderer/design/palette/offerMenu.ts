import { isBlockUsed } from '../../../src/graph/blockEdits.ts';
import { blockIdOf } from '../../../src/graph/document.ts';
import type { Offer } from '../../../src/layers/presets.ts';
import { libraryIdOf } from '../../../src/plan/library.ts';
import { menuEntry } from '../../state/commands/menuLine.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import type { MenuEntry } from '../../ui/controls/menuEntry.ts';
import { type Key, textOf } from '../../ui/i18n/i18n.ts';
import { useBlockDialog } from '../blocks/blockDialogStore.ts';
import { exportBlock, removeFromLibrary, saveToLibrary, shareable } from '../library/keeping.ts';
import { useLibrary } from '../library/libraryStore.ts';
import { addOffer } from './addOffer.ts';

const line = (key: Key, run: () => unknown, disabled = false): MenuEntry => ({
  label: textOf(key)[useUi.getState().language],
  disabled,
  run: () => Promise.resolve(run()).catch(console.error),
});

/** Menu of a block in the palette; null for built-in layers and blocks. */
export function offerMenu(offer: Offer): readonly MenuEntry[] | null {
  const add = line('block.add', () => addOffer(offer));
  const { show } = useBlockDialog.getState();
  const kept = useLibrary.getState().library.find(({ id }) => id === libraryIdOf(offer));
  if (kept !== undefined) {
    const { id, ...block } = kept;
    return [
      add,
      '-',
      line('block.rename…', () => show({ kind: 'rename', id })),
      line('block.export…', () => exportBlock(block)),
      menuEntry('importBlock'),
      '-',
      line('block.remove', () => removeFromLibrary(kept)),
    ];
  }
  const { type, category } = offer.layer;
  if (category !== 'blocks') return null;
  const node = { layer: type, config: offer.config() };
  const own = blockIdOf(type);
  const share = (): unknown => {
    const block = shareable(node);
    return block && exportBlock(block);
  };
  const keep = [line('block.save', () => saveToLibrary(node)), line('block.export…', share)];
  if (own === null) return [add, '-', ...keep];
  const { root, edit } = useDocument.getState();
  const remove = line('block.delete', () => edit([{ kind: 'removeBlock', block: own }]), isBlockUsed(root, own));
  return [add, '-', line('block.edit…', () => show({ kind: 'edit', block: own })), ...keep, '-', remove];
}
