import { layerIn } from '../../src/check/faces.ts';
import { isPort } from '../../src/graph/insideDrawing.ts';
import { askAtPointer, askBeside, askOnWire } from '../canvas/asking.ts';
import { connectFrom } from '../canvas/connectByKey.ts';
import { openMenuByKey } from '../canvas/contextMenus.ts';
import { focusItem, leaveCanvas } from '../canvas/focusItem.ts';
import { canName, startNaming } from '../canvas/naming.ts';
import { nudge, STEP } from '../canvas/nudge.ts';
import { keyboardOrder, nextIn, type Way, walk } from '../canvas/walk.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import { isEmpty } from '../stores/uiStore.ts';
import type { Command, Commands } from './command.ts';
import { deleteSelection } from './editCommands.ts';

/** The one selected layer, when nothing else is selected. */
function oneNode(): string | null {
  const { nodes, edges, annotations } = useUi.getState().selection;
  return nodes.length === 1 && edges.length + annotations.length === 0 ? (nodes[0] ?? null) : null;
}

/** What the keyboard goes on from: what has the focus, else the first that is selected. */
function current(): string | undefined {
  const focused = document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id');
  const { nodes, annotations } = useUi.getState().selection;
  return focused ?? nodes[0] ?? annotations[0];
}

const forOneNode = (run: (node: string) => void): Pick<Command, 'enabled' | 'needs' | 'run'> => ({
  enabled: () => oneNode() !== null,
  needs: 'command.needs.oneLayer',
  run() {
    const node = oneNode();
    if (node !== null) run(node);
  },
});

/** The one selected connection, when nothing else is selected. */
function oneEdge(): string | null {
  const { nodes, edges, annotations } = useUi.getState().selection;
  return edges.length === 1 && nodes.length + annotations.length === 0 ? (edges[0] ?? null) : null;
}

function quickAdd(): void {
  const node = oneNode();
  const edge = oneEdge();
  const { document } = useDocument.getState();
  const layer = layerIn(document, document.nodes.find(({ id }) => id === node)?.layer ?? '');
  if (node !== null && layer !== undefined && layer.outputs.length > 0) askBeside(node, { kind: 'after', node });
  else if (edge !== null) askOnWire(edge);
  else askAtPointer({ kind: 'anywhere' });
}

function detach(): void {
  const chosen = new Set(useUi.getState().selection.nodes);
  const { document, edit } = useDocument.getState();
  const touching = document.edges.filter(({ from, to }) => chosen.has(from.node) || chosen.has(to.node));
  edit([{ kind: 'disconnect', edges: touching.map(({ id }) => id) }]);
}

/** To the next or previous as data flows; beyond the ends the focus leaves the canvas. */
function step(by: 1 | -1): void {
  const id = nextIn(keyboardOrder(useDocument.getState().document), current(), by);
  if (id === null) leaveCanvas(by);
  else focusItem(id);
}

function end(by: 1 | -1): void {
  const id = nextIn(keyboardOrder(useDocument.getState().document), undefined, by);
  if (id !== null) focusItem(id);
}

const isFocused = (): boolean => document.activeElement !== document.body;
const someSelected = (): boolean => !isEmpty(useUi.getState().selection);
const someMovable = (): boolean => {
  const { nodes, annotations } = useUi.getState().selection;
  return nodes.length + annotations.length > 0;
};

const moving = (title: Command['title'], key: string, x: number, y: number): Command => ({
  title,
  group: 'arrange',
  keys: [key],
  onCanvas: true,
  enabled: someMovable,
  needs: 'command.needs.copied',
  run: () => nudge(x * STEP, y * STEP),
});

const walking = (title: Command['title'], key: string, way: Way): Command => ({
  title,
  group: 'view',
  keys: [key],
  onCanvas: true,
  enabled: () => current() !== undefined,
  needs: 'command.needs.copied',
  run() {
    const id = walk(useDocument.getState().document, current() ?? '', way);
    if (id !== null) focusItem(id);
  },
});

export const canvasCommands = {
  quickAdd: { title: 'command.quickAdd', group: 'edit', keys: ['Space'], onCanvas: true, run: quickAdd },
  insertOnWire: {
    title: 'command.insertOnWire',
    group: 'edit',
    enabled: () => oneEdge() !== null,
    needs: 'command.needs.oneWire',
    run() {
      const edge = oneEdge();
      if (edge !== null) askOnWire(edge);
    },
  },
  replace: {
    title: 'command.replace',
    group: 'edit',
    keys: ['R'],
    onCanvas: true,
    ...forOneNode((node) => askBeside(node, { kind: 'inPlaceOf', node })),
    enabled: () => !isPort(oneNode() ?? '/'),
  },
  connect: { title: 'command.connect', group: 'edit', keys: ['C'], onCanvas: true, ...forOneNode(connectFrom) },
  rename: {
    title: 'command.rename',
    group: 'edit',
    keys: ['F2', 'Enter'],
    onCanvas: true,
    ...forOneNode(startNaming),
    enabled: () => oneNode() !== null && canName(),
  },
  detach: {
    title: 'command.detach',
    group: 'edit',
    enabled: () => useUi.getState().selection.nodes.length > 0,
    needs: 'command.needs.oneLayer',
    run: detach,
  },
  deleteCut: {
    title: 'command.deleteCut',
    group: 'edit',
    keys: ['Shift+Delete'],
    enabled: someSelected,
    needs: 'command.needs.selection',
    run: () => deleteSelection(false),
  },
  clearSelection: {
    title: 'command.clearSelection',
    group: 'edit',
    keys: ['Escape'],
    onCanvas: true,
    enabled: () => someSelected() || useUi.getState().inner !== null,
    needs: 'command.needs.selection',
    // Out of an open block, then out of everything.
    run() {
      const { inner, select } = useUi.getState();
      const block = inner?.path[0]?.node;
      select(block === undefined ? {} : { nodes: [block] });
    },
  },
  nextItem: {
    title: 'command.nextItem',
    group: 'view',
    keys: ['Tab'],
    onCanvas: true,
    enabled: isFocused,
    needs: 'command.needs.focus',
    run: () => step(1),
  },
  previousItem: {
    title: 'command.previousItem',
    group: 'view',
    keys: ['Shift+Tab'],
    onCanvas: true,
    enabled: isFocused,
    needs: 'command.needs.focus',
    run: () => step(-1),
  },
  firstItem: { title: 'command.firstItem', group: 'view', keys: ['Home'], onCanvas: true, run: () => end(1) },
  lastItem: { title: 'command.lastItem', group: 'view', keys: ['End'], onCanvas: true, run: () => end(-1) },
  walkUp: walking('command.walkUp', 'Alt+ArrowUp', 'up'),
  walkDown: walking('command.walkDown', 'Alt+ArrowDown', 'down'),
  walkLeft: walking('command.walkLeft', 'Alt+ArrowLeft', 'left'),
  walkRight: walking('command.walkRight', 'Alt+ArrowRight', 'right'),
  moveUp: moving('command.moveUp', 'ArrowUp', 0, -1),
  moveDown: moving('command.moveDown', 'ArrowDown', 0, 1),
  moveLeft: moving('command.moveLeft', 'ArrowLeft', -1, 0),
  moveRight: moving('command.moveRight', 'ArrowRight', 1, 0),
  moveFarUp: moving('command.moveFarUp', 'Shift+ArrowUp', 0, -10),
  moveFarDown: moving('command.moveFarDown', 'Shift+ArrowDown', 0, 10),
  moveFarLeft: moving('command.moveFarLeft', 'Shift+ArrowLeft', -10, 0),
  moveFarRight: moving('command.moveFarRight', 'Shift+ArrowRight', 10, 0),
  contextMenu: {
    title: 'command.contextMenu',
    group: 'edit',
    keys: ['Shift+F10', 'ContextMenu'],
    onCanvas: true,
    run: openMenuByKey,
  },
} satisfies Commands;
