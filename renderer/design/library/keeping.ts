import { layerIn } from '../../../src/check/faces.ts';
import { blockOf } from '../../../src/graph/blockEdits.ts';
import {
  BLOCK_EXTENSION,
  readSharedBlock,
  type SharedBlock,
  sharedBlock,
  withTitle,
  writeSharedBlock,
} from '../../../src/graph/blockFile.ts';
import { blockIdOf, type DocumentNode } from '../../../src/graph/document.ts';
import { freshName } from '../../../src/graph/freshName.ts';
import { readConfig } from '../../../src/layers/config.ts';
import type { LibraryBlock } from '../../../src/plan/library.ts';
import { offerIn } from '../../../src/plan/offers.ts';
import { UserError } from '../../../src/text.ts';
import { callDesktop } from '../../state/desktop/desktop.ts';
import { saveFile } from '../../state/files/saveFile.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import type { Key, Message } from '../../ui/i18n/i18n.ts';
import { addOffer } from '../palette/addOffer.ts';
import { documentWithLibrary, useLibrary } from './libraryStore.ts';

type Shareable = Pick<DocumentNode, 'layer' | 'config' | 'repeat'>;

const { notify } = useUi.getState();
const good = (key: Key, name: string): void =>
  notify({ tone: 'good', about: 'library', message: { key, values: { name } } });
const bad = (message: Message): void => notify({ tone: 'bad', about: 'library', message });

/** The block of a node or of the palette as an independent block; null for a layer. */
export function shareable(node: Shareable): SharedBlock | null {
  const { document } = useDocument.getState();
  const layer = layerIn(document, node.layer);
  if (layer?.category !== 'blocks') return null;
  const own = blockOf(document, blockIdOf(node.layer) ?? '');
  const { language } = useUi.getState();
  // Blocks of one kind are distinguished by their settings.
  const summary = own === undefined ? layer.summary(readConfig(layer.config, node.config).config)[language] : '';
  const title = own?.title ?? [layer.title[language], summary].filter(Boolean).join(' · ');
  return sharedBlock(document, node, title);
}

const contentOf = (block: SharedBlock): string => writeSharedBlock(withTitle(block, '-'));

/**
 * Stores a block in the library under a unique title. Returns its id, or that of an equal block that is already there.
 */
async function keep(block: SharedBlock): Promise<{ readonly id: string; readonly title: string } | null> {
  const { library } = useLibrary.getState();
  const content = contentOf(block);
  const equal = library.find((each) => each.title === block.title && contentOf(each) === content);
  if (equal !== undefined) return equal;
  const title = freshName(block.title, new Set(library.map((each) => each.title)));
  const id = crypto.randomUUID();
  const answer = await callDesktop('saveBlock', id, withTitle(block, title));
  if (answer.ok) return { id, title };
  bad(answer.message);
  return null;
}

export async function saveToLibrary(node: Shareable): Promise<void> {
  const block = shareable(node);
  const kept = block && (await keep(block));
  if (kept !== null) good('library.saved', kept.title);
}

export async function renameInLibrary({ id, ...block }: LibraryBlock, title: string): Promise<void> {
  const answer = await callDesktop('saveBlock', id, withTitle(block, title));
  if (!answer.ok) bad(answer.message);
}

/** Removes a block from the library; the notice has a button that restores it. */
export async function removeFromLibrary({ id, ...block }: LibraryBlock): Promise<void> {
  const answer = await callDesktop('removeBlock', id);
  if (!answer.ok) {
    bad(answer.message);
    return;
  }
  const back = async (): Promise<void> => {
    const saved = await callDesktop('saveBlock', id, block);
    if (!saved.ok) bad(saved.message);
  };
  notify({
    tone: 'info',
    message: { key: 'library.removed', values: { name: block.title } },
    action: { label: { key: 'command.undo' }, run: () => back().catch(console.error) },
  });
}

export async function exportBlock(block: SharedBlock): Promise<void> {
  await saveFile(block.title, BLOCK_EXTENSION, new TextEncoder().encode(writeSharedBlock(block)), {
    about: 'library',
    saved: (path) => ({ message: { key: 'library.exported', values: { path } } }),
  });
}

/** Adds a block of the library to the network. */
function addToDrawing(id: string): void {
  const offer = offerIn(documentWithLibrary(), `library/${id}`);
  if (offer !== undefined) addOffer(offer);
}

async function take(block: SharedBlock): Promise<void> {
  const kept = await keep(block);
  if (kept === null) return;
  notify({
    tone: 'good',
    message: { key: 'library.imported', values: { name: kept.title } },
    action: { label: { key: 'library.addNow' }, run: () => addToDrawing(kept.id) },
  });
}

export async function importBlock(): Promise<void> {
  const answer = await callDesktop('importBlock');
  if (!answer.ok) bad(answer.message);
  else if (answer.block !== null) await take(answer.block);
}

export const isBlockFile = ({ name }: File): boolean => name.toLowerCase().endsWith(`.${BLOCK_EXTENSION}`);

/** Imports block files that were dropped on the window. */
export async function importFiles(files: readonly File[]): Promise<void> {
  for (const file of files) {
    try {
      await take(readSharedBlock(await file.text(), file.name));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      bad(error.text);
    }
  }
}
