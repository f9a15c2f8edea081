import { newNode } from '../../src/check/fixes.ts';
import type { DocumentNode, Edge, NetworkDocument } from '../../src/graph/document.ts';
import { applyEdits, type Edit } from '../../src/graph/edits.ts';
import { layerOf } from '../../src/layers/index.ts';
import type { LayerDef } from '../../src/layers/layer.ts';
import { CARD, GAP } from '../../src/layout/card.ts';

export { CARD, GAP };

const GRID = 2;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Placed {
  readonly node: string;
  readonly edits: readonly Edit[];
}

const snap = (value: number): number => Math.round(value / GRID) * GRID;
const sameColumn = (a: Point, b: Point): boolean => Math.abs(a.x - b.x) < CARD.width;

/** Moves cards of the column down until none lies on the new one or on the next. */
function makeRoom(nodes: readonly DocumentNode[], placed: DocumentNode): Edit[] {
  const below = nodes
    .filter((node) => node.id !== placed.id && sameColumn(node.position, placed.position))
    .filter((node) => node.position.y > placed.position.y - CARD.height)
    .sort((a, b) => a.position.y - b.position.y);
  const positions: Record<string, Point> = {};
  let free = placed.position.y + CARD.height + GAP;
  for (const node of below) {
    if (node.position.y >= free) break;
    positions[node.id] = { x: node.position.x, y: free };
    free += CARD.height + GAP;
  }
  return Object.keys(positions).length > 0 ? [{ kind: 'move', positions }] : [];
}

/** Room for the layers that `edits` insert between others, as further edits. */
export function makeRoomFor(doc: NetworkDocument, edits: readonly Edit[]): Edit[] {
  const after = applyEdits(doc, edits);
  return edits.flatMap((edit) => {
    if (edit.kind !== 'insertNode') return [];
    const edge = doc.edges.find(({ id }) => id === edit.edge);
    const position = edge === undefined ? edit.node.position : between(doc, edge, edit.node.position);
    const move: Edit = { kind: 'move', positions: { [edit.node.id]: position } };
    return [move, ...makeRoom(after.nodes, { ...edit.node, position })];
  });
}

/** Where a layer on that wire belongs: below the source within a column, else where it was dropped. */
function between(doc: NetworkDocument, edge: Edge, wanted: Point): Point {
  const source = doc.nodes.find(({ id }) => id === edge.from.node)?.position;
  const target = doc.nodes.find(({ id }) => id === edge.to.node)?.position;
  if (source === undefined || target === undefined) return wanted;
  const downwards = target.y > source.y && sameColumn(source, target);
  return { x: source.x, y: downwards || !sameColumn(source, wanted) ? source.y + CARD.height + GAP : wanted.y };
}

/** The moves that give a layer of the drawing a place in a wire, and others room for it. */
export function moveAsInserted(doc: NetworkDocument, id: string, edge: Edge): Edit[] {
  const node = doc.nodes.find((candidate) => candidate.id === id);
  if (node === undefined) return [];
  const position = between(doc, edge, node.position);
  return [{ kind: 'move', positions: { [id]: position } }, ...makeRoom(doc.nodes, { ...node, position })];
}

/** A new layer by itself, its card centred on `at`. */
export function place(doc: NetworkDocument, layer: LayerDef, at: Point): Placed {
  const position = { x: snap(at.x - CARD.width / 2), y: snap(at.y - CARD.height / 2) };
  const node = newNode(doc, layer, position);
  return { node: node.id, edits: [{ kind: 'addNode', node }] };
}

/** A new layer in the middle of a wire; null for a layer that has no way through. */
export function placeOnWire(doc: NetworkDocument, layer: LayerDef, edge: Edge): Placed | null {
  const [input] = layer.inputs;
  const [output] = layer.outputs;
  const source = doc.nodes.find(({ id }) => id === edge.from.node);
  if (input === undefined || output === undefined || source === undefined) return null;
  const at = { x: source.position.x, y: source.position.y + CARD.height + GAP };
  const node = newNode(doc, layer, at);
  const insert: Edit = { kind: 'insertNode', node, edge: edge.id, input, output };
  return { node: node.id, edits: [insert, ...makeRoomFor(doc, [insert])] };
}

/** The last node with an output that leads nowhere. */
const openEnd = (doc: NetworkDocument): DocumentNode | undefined =>
  doc.nodes.findLast(
    (node) => (layerOf(node.layer)?.outputs.length ?? 0) > 0 && !doc.edges.some((edge) => edge.from.node === node.id),
  );

/** After the selected node, on its wire if it has one; without a selection at the open end, else free at `middle`. */
export function placeAfter(doc: NetworkDocument, layer: LayerDef, selected: string | undefined, middle: Point): Placed {
  const after = doc.nodes.find(({ id }) => id === selected) ?? openEnd(doc);
  const output = after && layerOf(after.layer)?.outputs[0];
  const [input] = layer.inputs;
  if (after === undefined || output === undefined || input === undefined) return place(doc, layer, middle);
  const leaving = doc.edges.filter((edge) => edge.from.node === after.id);
  const [only] = leaving;
  const onWire = leaving.length === 1 && only !== undefined ? placeOnWire(doc, layer, only) : null;
  if (onWire !== null) return onWire;
  const node = newNode(doc, layer, { x: after.position.x, y: after.position.y + CARD.height + GAP });
  return {
    node: node.id,
    edits: [
      { kind: 'addNode', node },
      { kind: 'connect', from: { node: after.id, port: output }, to: { node: node.id, port: input } },
      ...makeRoom([...doc.nodes, node], node),
    ],
  };
}
