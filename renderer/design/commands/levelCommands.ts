import type { Commands } from '../../state/commands/command.ts';
import { innerIds } from '../../state/levels/inner.ts';
import { blockHere, enterBlock, goToInner, leaveTo } from '../../state/levels/navigate.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { addPort } from '../levels/addPort.ts';
import { isReadOnly, makeOwn } from '../levels/ownBlock.ts';

const chosenBlock = (): string | null => {
  const { nodes, edges, annotations } = useUi.getState().selection;
  return nodes.length === 1 && edges.length + annotations.length === 0 ? blockHere(nodes[0] ?? null) : null;
};
const depth = (): number => useDocument.getState().path.length;
const isInOwn = (): boolean => depth() > 0 && !isReadOnly();

/** Comes before other commands with the same key: Enter opens a block and renames other layers. */
export const enterCommands = {
  enterBlock: {
    title: 'command.enterBlock',
    group: 'view',
    keys: ['Enter'],
    onCanvas: true,
    enabled: () => chosenBlock() !== null || useUi.getState().inner !== null,
    needs: 'command.needs.block',
    run() {
      const { inner } = useUi.getState();
      const id = chosenBlock();
      if (inner !== null) goToInner(innerIds(inner));
      else if (id !== null) enterBlock(id);
    },
  },
} satisfies Commands;

/** Comes after other commands with the same key: Escape first clears the selection. */
export const levelCommands = {
  leaveBlock: {
    title: 'command.leaveBlock',
    group: 'view',
    keys: ['Escape'],
    onCanvas: true,
    enabled: () => depth() > 0,
    needs: 'command.needs.inside',
    run: () => leaveTo(depth() - 1),
  },
  makeOwn: {
    title: 'command.makeOwn',
    group: 'edit',
    enabled: isReadOnly,
    needs: 'command.needs.insideBuiltIn',
    run: makeOwn,
  },
  addInputPort: {
    title: 'command.addInputPort',
    group: 'edit',
    enabled: isInOwn,
    needs: 'command.needs.insideOwn',
    run: () => addPort('inputs'),
  },
  addOutputPort: {
    title: 'command.addOutputPort',
    group: 'edit',
    enabled: isInOwn,
    needs: 'command.needs.insideOwn',
    run: () => addPort('outputs'),
  },
} satisfies Commands;
