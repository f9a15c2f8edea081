import { layerIn } from '../../../src/check/faces.ts';
import type { SharedBlock } from '../../../src/graph/blockFile.ts';
import { blockIdOf, type DocumentNode } from '../../../src/graph/document.ts';
import { planDissolve } from '../../../src/plan/dissolve.ts';
import { planBlock } from '../../../src/plan/makeBlock.ts';
import type { Command, Commands } from '../../state/commands/command.ts';
import { focusNew } from '../../state/levels/focusItem.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { useBlockDialog } from '../blocks/blockDialogStore.ts';
import { togglePreview } from '../canvas/cards/preview.ts';
import { blocksAmong, setOpen } from '../canvas/scene/openBlocks.ts';
import { exportBlock, importBlock, saveToLibrary, shareable } from '../library/keeping.ts';

const chosen = (): readonly string[] => useUi.getState().selection.nodes;

/** Id of the selected node, if it is the only one and a block with a known inside. */
function oneBlock(): string | null {
  const [id, ...more] = chosen();
  const { check } = useDocument.getState();
  return id !== undefined && more.length === 0 && check.nodes.get(id)?.inside ? id : null;
}

/** Opens the dialog for a new block of the selected nodes, or shows the reason why they cannot form a block. */
function makeBlock(): void {
  const { document, commit } = useDocument.getState();
  commit();
  const { refused } = planBlock(document, chosen(), '');
  if (refused === null) useBlockDialog.getState().show({ kind: 'make', nodes: chosen() });
  else useUi.getState().notify({ tone: 'bad', about: 'blocks', message: refused });
}

function chosenNode(): DocumentNode | null {
  const [id, ...more] = chosen();
  const node = useDocument.getState().document.nodes.find((candidate) => candidate.id === id);
  return node === undefined || more.length > 0 ? null : node;
}

/** Id of the block definition of the selected node, if it is the only one; null for other nodes. */
const ownBlock = (): string | null => blockIdOf(chosenNode()?.layer ?? '');

function editBlock(): void {
  const block = ownBlock();
  if (block !== null) useBlockDialog.getState().show({ kind: 'edit', block });
}

function share(way: (block: SharedBlock) => Promise<void>): Promise<void> | undefined {
  const node = chosenNode();
  const block = node && shareable(node);
  return block ? way(block) : undefined;
}

const onBlock = {
  enabled: () =>
    chosenNode() !== null && layerIn(useDocument.getState().document, chosenNode()?.layer ?? '')?.category === 'blocks',
  needs: 'command.needs.block',
} as const;

function dissolveBlock(): void {
  const id = oneBlock();
  if (id === null) return;
  const { document, check, edit } = useDocument.getState();
  const plan = planDissolve(document, check, id);
  if (plan === null) return;
  edit([plan]);
  const nodes = plan.body.nodes.map((node) => node.id);
  useUi.getState().select({ nodes });
  const [first] = nodes;
  if (first !== undefined) focusNew(first);
}

/** Collapses the selected blocks if all are expanded, otherwise expands them. */
function toggleOpen(): void {
  const blocks = blocksAmong(chosen());
  const closed = blocks.filter(({ open }) => !open);
  const [which, open] = closed.length > 0 ? [closed, true] : [blocks, false];
  setOpen(
    which.map(({ id }) => id),
    open,
  );
}

const all = (title: Command['title'], open: boolean): Command => {
  const those = () => blocksAmong().flatMap((block) => (block.open === open ? [] : [block.id]));
  return { title, group: 'arrange', enabled: () => those().length > 0, run: () => setOpen(those(), open) };
};

export const blockCommands = {
  openBlock: {
    title: 'command.openBlock',
    group: 'arrange',
    keys: ['O'],
    onCanvas: true,
    enabled: () => blocksAmong(chosen()).length > 0,
    needs: 'command.needs.block',
    run: toggleOpen,
  },
  previewBlock: {
    title: 'command.previewBlock',
    group: 'view',
    keys: ['P'],
    onCanvas: true,
    enabled: () => oneBlock() !== null,
    needs: 'command.needs.block',
    run() {
      const id = oneBlock();
      if (id !== null) togglePreview(id);
    },
  },
  openAll: all('command.openAll', true),
  foldAll: all('command.foldAll', false),
  makeBlock: {
    title: 'command.makeBlock',
    group: 'edit',
    keys: ['Mod+G'],
    enabled: () => chosen().length > 0,
    needs: 'command.needs.selection',
    run: makeBlock,
  },
  dissolveBlock: {
    title: 'command.dissolveBlock',
    group: 'edit',
    keys: ['Mod+Shift+G'],
    enabled: () => oneBlock() !== null,
    needs: 'command.needs.block',
    run: dissolveBlock,
  },
  editBlock: {
    title: 'command.editBlock',
    group: 'edit',
    enabled: () => ownBlock() !== null,
    needs: 'command.needs.ownBlock',
    run: editBlock,
  },
  saveBlock: {
    title: 'command.saveBlock',
    group: 'edit',
    ...onBlock,
    run: () => {
      const node = chosenNode();
      return node && saveToLibrary(node);
    },
  },
  exportBlock: { title: 'command.exportBlock', group: 'file', ...onBlock, run: () => share(exportBlock) },
  importBlock: { title: 'command.importBlock', group: 'file', run: importBlock },
} satisfies Commands;
