import { layerIn } from '../../../../src/check/faces.ts';
import { newNode } from '../../../../src/check/fixes.ts';
import type { DocumentNode, Edge, NetworkDocument } from '../../../../src/graph/document.ts';
import { applyEdits, type Edit } from '../../../../src/graph/edits.ts';
import type { LayerDef, NewLayer } from '../../../../src/layers/layer.ts';
import { CARD } from '../../../../src/layout/card.ts';
import { freePlace, makeRoom, placeBehind, withRoom } from '../../../../src/layout/room.ts';
import type { SizeOf } from '../../../../src/layout/size.ts';

const GRID = 2;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Placement {
  readonly node: string;
  readonly edits: readonly Edit[];
}

const snap = (value: number): number => Math.round(value / GRID) * GRID;

/** Places a new unconnected layer centered on `at`, or below the cards that are there. */
export function place(doc: NetworkDocument, layer: LayerDef, at: Point, sizeOf: SizeOf): Placement {
  const position = { x: snap(at.x - CARD.width / 2), y: snap(at.y - CARD.height / 2) };
  const node = newNode(doc, layer, freePlace(doc, position, sizeOf));
  return { node: node.id, edits: [{ kind: 'addNode', node }] };
}

/** Places a new layer in the middle of an edge; null for a layer without both an input and an output. */
export function placeOnEdge(doc: NetworkDocument, layer: LayerDef, edge: Edge, sizeOf: SizeOf): Placement | null {
  const [input] = layer.inputs;
  const [output] = layer.outputs;
  const source = doc.nodes.find(({ id }) => id === edge.from.node);
  if (input === undefined || output === undefined || source === undefined) return null;
  const node = newNode(doc, layer, placeBehind(doc, source, sizeOf));
  const insert: Edit = { kind: 'insertNode', node, edge: edge.id, input, output };
  return { node: node.id, edits: withRoom(doc, [insert], sizeOf) };
}

/** Inserts new layers one after the other before the placed node, which moves to make space for them. */
export function placeBefore(
  doc: NetworkDocument,
  placed: Placement,
  row: readonly NewLayer[],
  sizeOf: SizeOf,
): Placement {
  let edits = placed.edits;
  for (const { layer: type, config } of row) {
    const now = applyEdits(doc, edits);
    const own = now.nodes.find(({ id }) => id === placed.node);
    const edge = now.edges.find(({ to }) => to.node === placed.node);
    const layer = layerIn(now, type);
    if (own === undefined || edge === undefined || layer === undefined) break;
    const node = newNode(now, layer, own.position, config);
    const [input = '', output = ''] = [layer.inputs[0], layer.outputs[0]];
    const insert: Edit = { kind: 'insertNode', node, edge: edge.id, input, output };
    edits = [...edits, insert, ...makeRoom(applyEdits(now, [insert]), node, sizeOf)];
  }
  return { ...placed, edits };
}

/** The last node with an unconnected output. */
const openEnd = (doc: NetworkDocument): DocumentNode | undefined =>
  doc.nodes.findLast(
    (node) =>
      (layerIn(doc, node.layer)?.outputs.length ?? 0) > 0 && !doc.edges.some((edge) => edge.from.node === node.id),
  );

/** Places a layer after the selected node; without one, at an unconnected output, or else unconnected at `middle`. */
export function placeAfter(
  doc: NetworkDocument,
  layer: LayerDef,
  selected: string | undefined,
  middle: Point,
  sizeOf: SizeOf,
): Placement {
  const after = doc.nodes.find(({ id }) => id === selected) ?? openEnd(doc);
  const output = after && layerIn(doc, after.layer)?.outputs[0];
  const [input] = layer.inputs;
  if (after === undefined || output === undefined || input === undefined) return place(doc, layer, middle, sizeOf);
  const leaving = doc.edges.filter((edge) => edge.from.node === after.id);
  const [only] = leaving;
  const onEdge = leaving.length === 1 && only !== undefined ? placeOnEdge(doc, layer, only, sizeOf) : null;
  if (onEdge !== null) return onEdge;
  const node = newNode(doc, layer, placeBehind(doc, after, sizeOf));
  return {
    node: node.id,
    edits: [
      { kind: 'addNode', node },
      { kind: 'connect', from: { node: after.id, port: output }, to: { node: node.id, port: input } },
      ...makeRoom({ ...doc, nodes: [...doc.nodes, node] }, node, sizeOf),
    ],
  };
}
