import { layerIn } from '../../src/check/faces.ts';
import { newNode } from '../../src/check/fixes.ts';
import type { DocumentNode, Edge, NetworkDocument } from '../../src/graph/document.ts';
import { applyEdits, type Edit } from '../../src/graph/edits.ts';
import type { LayerDef } from '../../src/layers/layer.ts';
import { CARD, pitches, turned } from '../../src/layout/card.ts';

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

/** Whether one card is in the other's way along the flow. */
function inLine(doc: NetworkDocument, a: Point, b: Point): boolean {
  const [first, second] = [turned(doc.direction, a), turned(doc.direction, b)];
  return Math.abs(first.x - second.x) < pitches[doc.direction].card.width;
}

/** The place after that of a card, along the flow. */
function next({ direction }: NetworkDocument, card: Point): Point {
  const { card: size, gap } = pitches[direction];
  const { x, y } = turned(direction, card);
  return turned(direction, { x, y: y + size.height + gap });
}

/** How far along the flow. */
const along = ({ direction }: NetworkDocument, point: Point): number => turned(direction, point).y;

/** Moves the cards that follow on until none lies on the new one or on the next. */
function makeRoom(doc: NetworkDocument, placed: DocumentNode): Edit[] {
  const { card } = pitches[doc.direction];
  const following = doc.nodes
    .filter((node) => node.id !== placed.id && inLine(doc, node.position, placed.position))
    .filter((node) => along(doc, node.position) > along(doc, placed.position) - card.height)
    .sort((a, b) => along(doc, a.position) - along(doc, b.position));
  const positions: Record<string, Point> = {};
  let free = next(doc, placed.position);
  for (const node of following) {
    if (along(doc, node.position) >= along(doc, free)) break;
    const { x } = turned(doc.direction, node.position);
    positions[node.id] = turned(doc.direction, { x, y: along(doc, free) });
    free = next(doc, free);
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
    return [move, ...makeRoom(after, { ...edit.node, position })];
  });
}

/** Where a layer on that wire belongs: after the source within a column or row, else where it was dropped. */
function between(doc: NetworkDocument, edge: Edge, wanted: Point): Point {
  const source = doc.nodes.find(({ id }) => id === edge.from.node)?.position;
  const target = doc.nodes.find(({ id }) => id === edge.to.node)?.position;
  if (source === undefined || target === undefined) return wanted;
  const onwards = along(doc, target) > along(doc, source) && inLine(doc, source, target);
  const { x } = turned(doc.direction, source);
  return onwards || !inLine(doc, source, wanted)
    ? next(doc, source)
    : turned(doc.direction, { x, y: along(doc, wanted) });
}

/** The moves that give a layer of the drawing a place in a wire, and others room for it. */
export function moveAsInserted(doc: NetworkDocument, id: string, edge: Edge): Edit[] {
  const node = doc.nodes.find((candidate) => candidate.id === id);
  if (node === undefined) return [];
  const position = between(doc, edge, node.position);
  return [{ kind: 'move', positions: { [id]: position } }, ...makeRoom(doc, { ...node, position })];
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
  const node = newNode(doc, layer, next(doc, source.position));
  const insert: Edit = { kind: 'insertNode', node, edge: edge.id, input, output };
  return { node: node.id, edits: [insert, ...makeRoomFor(doc, [insert])] };
}

/** The last node with an output that leads nowhere. */
const openEnd = (doc: NetworkDocument): DocumentNode | undefined =>
  doc.nodes.findLast(
    (node) =>
      (layerIn(doc, node.layer)?.outputs.length ?? 0) > 0 && !doc.edges.some((edge) => edge.from.node === node.id),
  );

/** After the selected node, on its wire if it has one; without a selection at the open end, else free at `middle`. */
export function placeAfter(doc: NetworkDocument, layer: LayerDef, selected: string | undefined, middle: Point): Placed {
  const after = doc.nodes.find(({ id }) => id === selected) ?? openEnd(doc);
  const output = after && layerIn(doc, after.layer)?.outputs[0];
  const [input] = layer.inputs;
  if (after === undefined || output === undefined || input === undefined) return place(doc, layer, middle);
  const leaving = doc.edges.filter((edge) => edge.from.node === after.id);
  const [only] = leaving;
  const onWire = leaving.length === 1 && only !== undefined ? placeOnWire(doc, layer, only) : null;
  if (onWire !== null) return onWire;
  const node = newNode(doc, layer, next(doc, after.position));
  return {
    node: node.id,
    edits: [
      { kind: 'addNode', node },
      { kind: 'connect', from: { node: after.id, port: output }, to: { node: node.id, port: input } },
      ...makeRoom({ ...doc, nodes: [...doc.nodes, node] }, node),
    ],
  };
}
