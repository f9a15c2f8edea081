import { type BlockEdit, blockOf } from '../../../src/graph/blockEdits.ts';
import type { BlockDefinition, NetworkDocument } from '../../../src/graph/document.ts';
import type { Step } from '../../../src/graph/history.ts';
import { drawingOf } from '../../../src/graph/insideDrawing.ts';
import { same, type Text } from '../../../src/text.ts';
import { textWith } from '../../ui/i18n/i18n.ts';

/** The block of the document that replaced a built-in block in that step. */
export function ownBlockIn({ before, edits }: Pick<Step, 'before' | 'edits'>): BlockDefinition | null {
  const takes = edits.some(({ kind }) => kind === 'replaceNode' || kind === 'editBlock');
  const made = edits.findLast((edit) => edit.kind === 'setBlock' && blockOf(before, edit.block.id) === undefined);
  return takes && made?.kind === 'setBlock' ? made.block : null;
}

/** The inside of a block as a document, so that edits there are described like other edits. */
function insideOf(doc: NetworkDocument, id: string): NetworkDocument {
  const block = blockOf(doc, id);
  return block === undefined ? doc : { ...doc, ...drawingOf(block, doc.direction) };
}

const small = ({ en, zh }: Text): Text => ({ en: `${en.charAt(0).toLowerCase()}${en.slice(1)}`, zh });

/** Description of an edit of blocks; `describe` covers edits of a drawing. */
export function describeBlockEdit(
  edit: Exclude<BlockEdit, { kind: 'setOpen' | 'groupNodes' }>,
  { before, after }: Pick<Step, 'before' | 'after'>,
  describe: (step: Pick<Step, 'before' | 'after' | 'edits'>) => Text,
): Text {
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
      return textWith('history.editBlock', { name: same(edit.block.title) });
    case 'editBlock': {
      const inner = { before: insideOf(before, edit.block), after: insideOf(after, edit.block), edits: edit.edits };
      return textWith('history.inBlock', { name: title(edit.block), what: small(describe(inner)) });
    }
    case 'renameBlock':
      return textWith('history.renameBlock', { what: title(edit.block), name: same(edit.title) });
    case 'removeBlock':
      return textWith('history.removeBlock', { name: title(edit.block) });
    default:
      return edit satisfies never;
  }
}
