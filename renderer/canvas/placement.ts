import { layerIn } from '../../src/check/faces.ts';
import { newNode } from '../../src/check/fixes.ts';
import type { DocumentNode, Edge, NetworkDocument } from '../../src/graph/document.ts';
import { applyEdits, type Edit } from '../../src/graph/edits.ts';
import type { LayerDef } from '../../src/layers/layer.ts';
import { CARD, pitches, turned, turnedSize } from '../../src/layout/card.ts';
import type { SizeOf } from '../../src/layout/size.ts';
import type { Rect } from './rect.ts';

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

/** A card with the flow going down. */
function rectIn({ direction }: NetworkDocument, node: DocumentNode, sizeOf: SizeOf): Rect {
  return { ...turned(direction, node.position), ...turnedSize(direction, sizeOf(node)) };
}

/** Whether one card is in the other's way along the flow. */
const inLine = (a: Rect, b: Rect): boolean => a.x < b.x + b.width && b.x < a.x + a.width;

/** The place after that of a card, along the flow, for one that is as wide as a closed card. */
function next(doc: NetworkDocument, node: DocumentNode, sizeOf: SizeOf): Point {
  const { x, y, width, height } = rectIn(doc, node, sizeOf);
  const card = turnedSize(doc.direction, CARD);
  return turned(doc.direction, { x: x + (width - card.width) / 2, y: y + height + pitches[doc.direction].gap });
}

/** Moves the cards that follow on until none lies on the new one or on the next. */
function makeRoom(doc: NetworkDocument, placed: DocumentNode, sizeOf: SizeOf): Edit[] {
  const { gap } = pitches[doc.direction];
  const own = rectIn(doc, placed, sizeOf);
  const following = doc.nodes
    .filter(({ id }) => id !== placed.id)
    .map((node) => ({ id: node.id, rect: rectIn(doc, node, sizeOf) }))
    .filter(({ rect }) => inLine(rect, own) && rect.y + rect.height > own.y)
    .sort((a, b) => a.rect.y - b.rect.y);
  const positions: Record<string, Point> = {};
  let free = own.y + own.height + gap;
  for (const { id, rect } of following) {
    if (rect.y >= free) break;
    positions[id] = turned(doc.direction, { x: rect.x, y: free });
    free += rect.height + gap;
  }
  return Object.keys(positions).length > 0 ? [{ kind: 'move', positions }] : [];
}

/** Room for the layers that `edits` insert between others, as further edits. */
export function makeRoomFor(doc: NetworkDocument, edits: readonly Edit[], sizeOf: SizeOf): Edit[] {
  const after = applyEdits(doc, edits);
  return edits.flatMap((edit) => {
    if (edit.kind !== 'insertNode') return [];
    const edge = doc.edges.find(({ id }) => id === edit.edge);
    const position = edge === undefined ? edit.node.position : between(doc, edge, edit.node, sizeOf);
    const move: Edit = { kind: 'move', positions: { [edit.node.id]: position } };
    return [move, ...makeRoom(after, { ...edit.node, position }, sizeOf)];
  });
}

/** Where a layer on that wire belongs: after the source within a column or row, else where it was dropped. */
function between(doc: NetworkDocument, edge: Edge, wanted: DocumentNode, sizeOf: SizeOf): Point {
  const source = doc.nodes.find(({ id }) => id === edge.from.node);
  const target = doc.nodes.find(({ id }) => id === edge.to.node);
  if (source === undefined || target === undefined) return wanted.position;
  const [first, second, own] = [source, target, wanted].map((node) => rectIn(doc, node, sizeOf)) as [Rect, Rect, Rect];
  const after = next(doc, source, sizeOf);
  if ((second.y > first.y && inLine(first, second)) || !inLine(first, own)) return after;
  return turned(doc.direction, { x: turned(doc.direction, after).x, y: own.y });
}

/** The moves that give a layer of the drawing a place in a wire, and others room for it. */
export function moveAsInserted(doc: NetworkDocument, id: string, edge: Edge, sizeOf: SizeOf): Edit[] {
  const node = doc.nodes.find((candidate) => candidate.id === id);
  if (node === undefined) return [];
  const position = between(doc, edge, node, sizeOf);
  return [{ kind: 'move', positions: { [id]: position } }, ...makeRoom(doc, { ...node, position }, sizeOf)];
}

/** A new layer by itself, its card centred on `at`. */
export function place(doc: NetworkDocument, layer: LayerDef, at: Point): Placed {
  const position = { x: snap(at.x - CARD.width / 2), y: snap(at.y - CARD.height / 2) };
  const node = newNode(doc, layer, position);
  return { node: node.id, edits: [{ kind: 'addNode', node }] };
}

/** A new layer in the middle of a wire; null for a layer that has no way through. */
export function placeOnWire(doc: NetworkDocument, layer: LayerDef, edge: Edge, sizeOf: SizeOf): Placed | null {
  const [input] = layer.inputs;
  const [output] = layer.outputs;
  const source = doc.nodes.find(({ id }) => id === edge.from.node);
  if (input === undefined || output === undefined || source === undefined) return null;
  const node = newNode(doc, layer, next(doc, source, sizeOf));
  const insert: Edit = { kind: 'insertNode', node, edge: edge.id, input, output };
  return { node: node.id, edits: [insert, ...makeRoomFor(doc, [insert], sizeOf)] };
}

/** The last node with an output that leads nowhere. */
const openEnd = (doc: NetworkDocument): DocumentNode | undefined =>
  doc.nodes.findLast(
    (node) =>
      (layerIn(doc, node.layer)?.outputs.length ?? 0) > 0 && !doc.edges.some((edge) => edge.from.node === node.id),
  );

/** After the selected node, on its wire if it has one; without a selection at the open end, else free at `middle`. */
export function placeAfter(
  doc: NetworkDocument,
  layer: LayerDef,
  selected: string | undefined,
  middle: Point,
  sizeOf: SizeOf,
): Placed {
  const after = doc.nodes.find(({ id }) => id === selected) ?? openEnd(doc);
  const output = after && layerIn(doc, after.layer)?.outputs[0];
  const [input] = layer.inputs;
  if (after === undefined || output === undefined || input === undefined) return place(doc, layer, middle);
  const leaving = doc.edges.filter((edge) => edge.from.node === after.id);
  const [only] = leaving;
  const onWire = leaving.length === 1 && only !== undefined ? placeOnWire(doc, layer, only, sizeOf) : null;
  if (onWire !== null) return onWire;
  const node = newNode(doc, layer, next(doc, after, sizeOf));
  return {
    node: node.id,
    edits: [
      { kind: 'addNode', node },
      { kind: 'connect', from: { node: after.id, port: output }, to: { node: node.id, port: input } },
      ...makeRoom({ ...doc, nodes: [...doc.nodes, node] }, node, sizeOf),
    ],
  };
}
