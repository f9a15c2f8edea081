import type { BlockEdit } from '../../src/graph/blockEdits.ts';
import type { NetworkDocument } from '../../src/graph/document.ts';
import { same, type Text } from '../../src/text.ts';
import { textWith } from '../i18n/i18n.ts';

/** What an edit of blocks came to. */
export function describeBlockEdit(edit: Exclude<BlockEdit, { kind: 'setOpen' }>, before: NetworkDocument): Text {
  const node = (id: string): Text => same(before.nodes.find((candidate) => candidate.id === id)?.name ?? id);
  const title = (id: string): Text => same(before.blocks.find((block) => block.id === id)?.title ?? id);
  switch (edit.kind) {
    case 'makeBlock':
      return textWith('history.makeBlock', { name: same(edit.block.title), count: same(`${edit.block.nodes.length}`) });
    case 'dissolveBlock':
      return textWith('history.dissolveBlock', { what: node(edit.node) });
    case 'setRepeat':
      return textWith('history.setRepeat', { what: node(edit.node), count: same(`${edit.repeat}`) });
    case 'setBlock':
    case 'editBlock': {
      const name = edit.kind === 'setBlock' ? same(edit.block.title) : title(edit.block);
      return textWith('history.editBlock', { name });
    }
    case 'renameBlock':
      return textWith('history.renameBlock', { what: title(edit.block), name: same(edit.title) });
    case 'removeBlock':
      return textWith('history.removeBlock', { name: title(edit.block) });
    default:
      return edit satisfies never;
  }
}
