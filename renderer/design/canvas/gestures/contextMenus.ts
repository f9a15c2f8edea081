import { type Frame, frameColors, type Position } from '../../../../src/graph/document.ts';
import { commandOf } from '../../../state/commands/commands.ts';
import { type MenuLine, menuEntry } from '../../../state/commands/menuLine.ts';
import { elementOf } from '../../../state/levels/focusItem.ts';
import { innerAt, selectInner } from '../../../state/levels/inner.ts';
import { blockHere, goToInner } from '../../../state/levels/navigate.ts';
import { useDocument, useUi } from '../../../state/stores/stores.ts';
import type { Selection } from '../../../state/stores/uiStore.ts';
import { openContextMenu } from '../../../ui/controls/ContextMenu.tsx';
import { textOf } from '../../../ui/i18n/i18n.ts';
import { arrangeEntries } from '../../commands/arrangeCommands.ts';
import { held, viewport } from '../scene/viewport.ts';

const clipboard = ['cut', 'copy', 'duplicate'] as const;
const onCanvas: readonly MenuLine[] = ['quickAdd', 'addNote', 'frameSelection', '-', 'paste', 'selectAll', '-', 'fit'];
const inBlock: readonly MenuLine[] = ['addInputPort', 'addOutputPort', '-'];
const onEdge: readonly MenuLine[] = ['insertOnEdge', '-', 'delete'];
const onNode: readonly MenuLine[] = [
  'rename',
  'replace',
  'connect',
  'quickAdd',
  '-',
  ...clipboard,
  '-',
  'openBlock',
  'makeBlock',
  'editBlock',
  'saveBlock',
  'dissolveBlock',
  'frameSelection',
  'ablate',
  'detach',
  'delete',
  'deleteCut',
];
const onNote: readonly MenuLine[] = ['editText', '-', ...clipboard, '-', 'frameSelection', 'delete'];

const onSeveral = (): readonly MenuLine[] => [
  {
    label: say('command.group.arrange'),
    entries: arrangeEntries.map(menuEntry),
  },
  '-',
  ...clipboard,
  '-',
  'makeBlock',
  'frameSelection',
  'ablate',
  'detach',
  'delete',
  'deleteCut',
];

const say = (key: Parameters<typeof textOf>[0]): string => textOf(key)[useUi.getState().language];

const onFrame = (frame: Frame): readonly MenuLine[] => [
  'editText',
  {
    label: say('frame.color'),
    entries: frameColors.map((color) => ({
      label: say(`frame.${color}`),
      checked: frame.colour === color,
      run: () => useDocument.getState().edit([{ kind: 'setFrame', frame: { ...frame, colour: color } }]),
    })),
  },
  'selectInFrame',
  '-',
  ...clipboard,
  '-',
  'delete',
];

/** Menu entries for the selection. */
function entriesFor({ nodes, edges, annotations }: Selection): readonly MenuLine[] {
  const count = nodes.length + edges.length + annotations.length;
  const isInside = useDocument.getState().levels.length > 0;
  if (count === 0) return isInside ? [...inBlock, ...onCanvas, '-', 'leaveBlock'] : onCanvas;
  if (count > 1) return onSeveral();
  if (nodes.length === 1) {
    const isOwn = commandOf('saveBlock').enabled?.() === true;
    const entries = isOwn ? onNode : onNode.filter((entry) => entry !== 'editBlock' && entry !== 'saveBlock');
    return blockHere(nodes[0] ?? null) === null ? entries : ['enterBlock', '-', ...entries];
  }
  if (edges.length === 1) return onEdge;
  const frame = useDocument.getState().document.frames.find(({ id }) => id === annotations[0]);
  return frame === undefined ? onNote : onFrame(frame);
}

const onInner = (ids: readonly string[]): readonly MenuLine[] => [
  { label: say('level.enter'), icon: 'enter', run: () => goToInner(ids) },
  '-',
  'delete',
];

/** Selects the item under the pointer, unless it is selected, so that the menu applies to it. */
function selectAt(target: EventTarget | null): void {
  const element = target instanceof Element ? target : null;
  const { selection, select } = useUi.getState();
  const node = element?.closest('.react-flow__node')?.getAttribute('data-id');
  const edge = element?.closest('.react-flow__edge')?.getAttribute('data-id');
  if (node != null) {
    if (selection.nodes.includes(node) || selection.annotations.includes(node)) return;
    const isNode = useDocument.getState().document.nodes.some(({ id }) => id === node);
    select(isNode ? { nodes: [node] } : { annotations: [node] });
  } else if (edge != null) {
    if (!selection.edges.includes(edge)) select({ edges: [edge] });
  } else select({});
}

function open(at: Position): void {
  openContextMenu(say('canvas.menu'), at, entriesFor(useUi.getState().selection).map(menuEntry));
}

/** Opens the menu of the item at a position in the window. Panels over the canvas have no menu. */
export function openMenuAt(target: EventTarget | null, at: Position): void {
  if (target instanceof Element && target.closest('.react-flow__panel, input, textarea') !== null) return;
  const inner = target instanceof Element ? innerAt(target) : null;
  if (inner !== null) {
    selectInner(inner);
    openContextMenu(say('canvas.menu'), at, onInner(inner).map(menuEntry));
    return;
  }
  selectAt(target);
  open(at);
}

/** Opens the menu by keyboard: at the selected item, otherwise in the middle of the canvas. */
export function openMenuByKey(): void {
  const { nodes, annotations } = useUi.getState().selection;
  const box = elementOf(nodes[0] ?? annotations[0] ?? '')?.getBoundingClientRect();
  const frame = viewport.current?.frame() ?? new DOMRect();
  if (box !== undefined) open({ x: box.x + 24, y: box.bottom - 8 });
  else open(held.pointer ?? { x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 });
}
