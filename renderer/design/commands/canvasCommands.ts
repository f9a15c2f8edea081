import { layerIn } from '../../../src/check/faces.ts';
import { isPort } from '../../../src/graph/insideDrawing.ts';
import type { Command, Commands } from '../../state/commands/command.ts';
import { focusStop, leaveCanvas } from '../../state/levels/focusItem.ts';
import type { Stop } from '../../state/levels/inner.ts';
import { innerAt, innerIds } from '../../state/levels/inner.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { isEmpty } from '../../state/stores/uiStore.ts';
import { canName, startNaming } from '../canvas/cards/naming.ts';
import { askAtPointer, askBeside, askOnEdge } from '../canvas/gestures/asking.ts';
import { connectFrom } from '../canvas/gestures/connectByKey.ts';
import { openMenuByKey } from '../canvas/gestures/contextMenus.ts';
import { nudge, STEP } from '../canvas/gestures/nudge.ts';
import { stopBeside, stopFrom, stopsIn } from '../canvas/scene/stops.ts';
import type { Way } from '../canvas/scene/walk.ts';
import { deleteSelection } from './editCommands.ts';

/** The selected layer if nothing else is selected. */
function oneNode(): string | null {
  const { nodes, edges, annotations } = useUi.getState().selection;
  return nodes.length === 1 && edges.length + annotations.length === 0 ? (nodes[0] ?? null) : null;
}

/** The current tab stop: the focused one, otherwise the first selected one. */
function current(): Stop | undefined {
  const focused = document.activeElement;
  const within = focused && innerAt(focused);
  if (within) return within;
  const id = focused?.closest('.react-flow__node')?.getAttribute('data-id');
  if (id) return [id];
  const { inner, selection } = useUi.getState();
  if (inner !== null) return innerIds(inner);
  const first = selection.nodes[0] ?? selection.annotations[0];
  return first === undefined ? undefined : [first];
}

const forOneNode = (run: (node: string) => void): Pick<Command, 'enabled' | 'needs' | 'run'> => ({
  enabled: () => oneNode() !== null,
  needs: 'command.needs.oneLayer',
  run() {
    const node = oneNode();
    if (node !== null) run(node);
  },
});

/** The selected edge if nothing else is selected. */
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
  else if (edge !== null) askOnEdge(edge);
  else askAtPointer({ kind: 'anywhere' });
}

function detach(): void {
  const chosen = new Set(useUi.getState().selection.nodes);
  const { document, edit } = useDocument.getState();
  const touching = document.edges.filter(({ from, to }) => chosen.has(from.node) || chosen.has(to.node));
  edit([{ kind: 'disconnect', edges: touching.map(({ id }) => id) }]);
}

/** Moves to the next or previous item in data order; beyond the ends the focus leaves the canvas. */
function step(by: 1 | -1): void {
  const next = stopBeside(stopsIn(useDocument.getState()), current(), by);
  if (next === null) leaveCanvas(by);
  else focusStop(next);
}

function end(by: 1 | -1): void {
  const next = stopBeside(stopsIn(useDocument.getState()), undefined, by);
  if (next !== null) focusStop(next);
}

function walkOn(way: Way): void {
  const from = current();
  const next = from && stopFrom(useDocument.getState(), from, way);
  if (next) focusStop(next);
}

const isFocused = (): boolean => document.activeElement !== document.body;
const someSelected = (): boolean => !isEmpty(useUi.getState().selection);
const someMovable = (): boolean => {
  const { nodes, annotations } = useUi.getState().selection;
  return nodes.length + annotations.length > 0;
};

const isInside = (): boolean => useUi.getState().inner !== null;

/** Moves the selection. Cards in an expanded block have a fixed layout, so there the arrow keys go from card to card. */
const moving = (title: Command['title'], key: string, x: number, y: number): Command => ({
  title,
  group: 'arrange',
  keys: [key],
  onCanvas: true,
  enabled: () => someMovable() || isInside(),
  needs: 'command.needs.copied',
  run() {
    if (!isInside()) nudge(x * STEP, y * STEP);
    else if (x !== 0) walkOn(x > 0 ? 'right' : 'left');
    else walkOn(y > 0 ? 'down' : 'up');
  },
});

const walking = (title: Command['title'], key: string, way: Way): Command => ({
  title,
  group: 'view',
  keys: [key],
  onCanvas: true,
  enabled: () => current() !== undefined,
  needs: 'command.needs.copied',
  run: () => walkOn(way),
});

export const canvasCommands = {
  quickAdd: { title: 'command.quickAdd', group: 'edit', keys: ['Space'], onCanvas: true, run: quickAdd },
  insertOnEdge: {
    title: 'command.insertOnEdge',
    group: 'edit',
    enabled: () => oneEdge() !== null,
    needs: 'command.needs.oneEdge',
    run() {
      const edge = oneEdge();
      if (edge !== null) askOnEdge(edge);
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
    // Escape first leaves the expanded blocks one by one, then clears the selection.
    run() {
      const { inner, select } = useUi.getState();
      if (inner === null) select({});
      else focusStop(innerIds(inner).slice(0, -1));
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
