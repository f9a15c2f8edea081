import { hasInside, idsOf, levelsOn, type Place, placeOf } from '../../../src/plan/level.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import { focusItem, selectItem } from './focusItem.ts';

const sameLevel = (a: readonly Place[], b: readonly Place[]): boolean =>
  a.length === b.length && a.every(({ node, copy }, i) => node === b[i]?.node && copy === b[i]?.copy);

/**
 * Shows a level of the network and selects a node in it. The node is revealed when it is rendered and, with `focus`,
 * focused.
 */
function goTo(path: readonly Place[], node: string | null, focus: boolean): void {
  const state = useDocument.getState();
  if (!sameLevel(state.path, path)) state.go(path);
  useUi.getState().select(node === null ? {} : { nodes: [node] });
  requestAnimationFrame(() => {
    if (node === null) {
      if (focus) document.querySelector<HTMLElement>('[data-keys=canvas]')?.focus({ preventScroll: true });
    } else if (focus) focusItem(node);
    else selectItem(node);
  });
}

/** The id, if it is a block of this level that can be entered. */
export function blockHere(id: string | null): string | null {
  const { document, check } = useDocument.getState();
  const node = document.nodes.find((candidate) => candidate.id === id);
  return node !== undefined && hasInside(document, check, node) ? node.id : null;
}

/** Enters a block of this level, or one inside an open block, to which `way` leads. */
export function enterBlock(id: string, way: readonly Place[] = []): void {
  const { path } = useDocument.getState();
  if (way.length > 0 || blockHere(id) !== null) goTo([...path, ...way, { node: id, copy: 0 }], null, true);
}

/** Goes to a card inside an open block: enters it if it is a block, otherwise shows its level with it selected. */
export function goToInner(ids: readonly string[]): void {
  const { path, root, rootCheck, levels } = useDocument.getState();
  const way = ids.slice(0, -1).map((node): Place => ({ node, copy: 0 }));
  const last = ids.at(-1) ?? '';
  const inside = levelsOn(root, rootCheck, [...path, ...way], levels).at(-1);
  const node = inside?.document.nodes.find(({ id }) => id === last);
  if (inside === undefined || node === undefined) return;
  if (hasInside(inside.document, inside.check, node)) enterBlock(last, way);
  else goTo([...path, ...way], last, true);
}

/** Goes out to the level of the given depth and selects the block that was left. */
export function leaveTo(depth: number): void {
  const { path } = useDocument.getState();
  const block = path[depth];
  if (block !== undefined) goTo(path.slice(0, depth), block.node, true);
}

/** Shows another copy of a repeated block, with the same selection. */
export function goToCopy(copy: number): void {
  const { path, go } = useDocument.getState();
  const last = path.at(-1);
  if (last !== undefined) go([...path.slice(0, -1), { ...last, copy }]);
}

/** Shows the layer with this path of ids, inside all its blocks. */
export function showPath(ids: readonly string[], focus = false): void {
  const { root, rootCheck } = useDocument.getState();
  const { path, node } = placeOf(root, rootCheck, ids);
  goTo(path, node, focus);
}

/** The same for ids relative to the current level. */
export const showFromHere = (ids: readonly string[]): void =>
  showPath([...idsOf(useDocument.getState().levels), ...ids]);

/** When a block on the path is removed, the selection inside it is cleared. */
export function followLevels(): void {
  useDocument.subscribe(({ path }, before) => {
    if (path.length < before.path.length && before.path.length > 0) {
      const { selection, select } = useUi.getState();
      if (selection.nodes.length > 0) select({});
    }
  });
}
