import type { Position } from '../../../src/graph/document.ts';
import type { Command, Commands } from '../../state/commands/command.ts';
import { currentSizes } from '../../state/stores/sizes.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { type Alignment, type Axis, align, type Box, distribute } from '../canvas/gestures/arrange.ts';
import { boxesOf, withContents } from '../canvas/scene/boxes.ts';

function selectedBoxes(): readonly Box[] {
  const { nodes, annotations } = useUi.getState().selection;
  const chosen = new Set([...nodes, ...annotations]);
  return boxesOf(useDocument.getState().document, currentSizes()).filter(({ id }) => chosen.has(id));
}

const selectedCount = (): number => {
  const { nodes, annotations } = useUi.getState().selection;
  return nodes.length + annotations.length;
};

/** Applies new positions as one undo step. The content of a frame moves with it. */
function arrange(positions: Readonly<Record<string, Position>>): void {
  const { document, edit } = useDocument.getState();
  edit([{ kind: 'move', positions: withContents(document, positions, currentSizes()), byHand: true }]);
}

const aligning = (alignment: Alignment, title: Command['title']): Command => ({
  title,
  group: 'arrange',
  enabled: () => selectedCount() >= 2,
  needs: 'command.needs.two',
  run: () => arrange(align(selectedBoxes(), alignment)),
});

const distributing = (axis: Axis, title: Command['title']): Command => ({
  title,
  group: 'arrange',
  enabled: () => selectedCount() >= 3,
  needs: 'command.needs.three',
  run: () => arrange(distribute(selectedBoxes(), axis)),
});

/** Commands in the order of the menus. */
export const arrangeEntries = [
  'alignLeft',
  'alignCentre',
  'alignRight',
  'alignTop',
  'alignMiddle',
  'alignBottom',
  '-',
  'distributeAcross',
  'distributeDown',
] as const;

export const arrangeCommands = {
  alignLeft: aligning('left', 'command.alignLeft'),
  alignCentre: aligning('center', 'command.alignCentre'),
  alignRight: aligning('right', 'command.alignRight'),
  alignTop: aligning('top', 'command.alignTop'),
  alignMiddle: aligning('middle', 'command.alignMiddle'),
  alignBottom: aligning('bottom', 'command.alignBottom'),
  distributeAcross: distributing('across', 'command.distributeAcross'),
  distributeDown: distributing('down', 'command.distributeDown'),
} satisfies Commands;
