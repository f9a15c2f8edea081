import type { EdgeChange, NodeChange } from '@xyflow/react';
import type { NetworkDocument, Position } from '../../../../src/graph/document.ts';

/**
 * The selected ids after changes from React Flow; null if unchanged. React Flow knows only rendered items, so without a
 * multi-selection key, painted items are deselected here.
 */
export function selectionAfter(
  before: readonly string[],
  changes: readonly (NodeChange | EdgeChange)[],
  isLive: (id: string) => boolean,
  several: boolean,
): readonly string[] | null {
  const selects = changes.filter((change) => change.type === 'select');
  if (selects.length === 0) return null;
  const after = new Set(several ? before : before.filter(isLive));
  for (const { id, selected } of selects) {
    if (selected) after.add(id);
    else after.delete(id);
  }
  return after.size === before.length && before.every((id) => after.has(id)) ? null : [...after];
}

const moving = ({ nodes, notes, frames }: NetworkDocument, id: string): Position | undefined =>
  [nodes, notes, frames].flatMap((items) => items.find((item) => item.id === id) ?? [])[0]?.position;

/** New positions of all selected items, rendered or painted: they move by the same distance as the dragged one. */
export function positionsAfter(
  document: NetworkDocument,
  selected: readonly string[],
  dragged: Readonly<Record<string, Position>>,
): Record<string, Position> {
  const positions: Record<string, Position> = {};
  for (const [id, { x, y }] of Object.entries(dragged)) positions[id] = { x: Math.round(x), y: Math.round(y) };
  const [id, to] = Object.entries(positions).find(([candidate]) => selected.includes(candidate)) ?? [];
  const from = id === undefined ? undefined : moving(document, id);
  if (from === undefined || to === undefined) return positions;
  const along = new Set(selected);
  for (const items of [document.nodes, document.notes, document.frames]) {
    for (const { id, position } of items) {
      if (!along.has(id) || positions[id] !== undefined) continue;
      positions[id] = { x: position.x + to.x - from.x, y: position.y + to.y - from.y };
    }
  }
  return positions;
}
