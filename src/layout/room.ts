import type { DocumentNode, Edge, NetworkDocument, Position } from '../graph/document.ts';
import { applyEdit, applyEdits, type Edit } from '../graph/edits.ts';
import { drawingOf } from '../graph/insideDrawing.ts';
import { type Area, CARD, pitches, turned, turnedSize } from './card.ts';
import type { SizeOf } from './size.ts';

/** The area of a card, with the flow going down. */
function areaIn({ direction }: NetworkDocument, node: DocumentNode, sizeOf: SizeOf): Area {
  return { ...turned(direction, node.position), ...turnedSize(direction, sizeOf(node)) };
}

/** True if two areas overlap across the flow. */
const inLine = (a: Area, b: Area): boolean => a.x < b.x + b.width && b.x < a.x + a.width;

const bottom = ({ y, height }: Area): number => y + height;

/** The position after a card, along the flow, for a card of normal width. */
export function placeBehind(doc: NetworkDocument, node: DocumentNode, sizeOf: SizeOf): Position {
  const area = areaIn(doc, node, sizeOf);
  const card = turnedSize(doc.direction, CARD);
  const x = area.x + (area.width - card.width) / 2;
  return turned(doc.direction, { x, y: bottom(area) + pitches[doc.direction].gap });
}

/** The position before a card, along the flow. */
function placeBefore(doc: NetworkDocument, node: DocumentNode, sizeOf: SizeOf): Position {
  const area = areaIn(doc, node, sizeOf);
  const card = turnedSize(doc.direction, CARD);
  const x = area.x + (area.width - card.width) / 2;
  return turned(doc.direction, { x, y: area.y - pitches[doc.direction].gap - card.height });
}

/** Moves cards along the flow until none overlaps the placed card or a moved one. */
export function makeRoom(doc: NetworkDocument, placed: DocumentNode, sizeOf: SizeOf): Edit[] {
  const { gap } = pitches[doc.direction];
  const areas = new Map(doc.nodes.map((node) => [node.id, areaIn(doc, node, sizeOf)]));
  areas.delete(placed.id);
  const moved = new Map<string, Area>();
  const waiting: Area[] = [areaIn(doc, placed, sizeOf)];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    const free = bottom(at) + gap;
    for (const [id, area] of areas) {
      if (area === at || !inLine(area, at) || bottom(area) <= at.y || area.y >= free) continue;
      const down = { ...area, y: free };
      areas.set(id, down);
      moved.set(id, down);
      waiting.push(down);
    }
    waiting.sort((a, b) => a.y - b.y);
  }
  if (moved.size === 0) return [];
  const positions = Object.fromEntries(
    [...moved].map(([id, area]) => [id, turned(doc.direction, { x: area.x, y: area.y })]),
  );
  return [{ kind: 'move', positions }];
}

/** The nearest free position for a card along the flow, starting at `position`. */
export function freePlace(doc: NetworkDocument, position: Position, sizeOf: SizeOf): Position {
  const others = doc.nodes.map((node) => areaIn(doc, node, sizeOf)).sort((a, b) => a.y - b.y);
  const own = { ...turned(doc.direction, position), ...turnedSize(doc.direction, CARD) };
  for (const other of others) {
    if (inLine(own, other) && own.y < bottom(other) && other.y < bottom(own))
      own.y = bottom(other) + pitches[doc.direction].gap;
  }
  return turned(doc.direction, own);
}

/** Number of columns tried on each side for a card beside others. */
const COLUMNS = 4;

/** The nearest free position beside the cards between two others; null if there is none. */
function placeBeside(
  doc: NetworkDocument,
  [first, second]: readonly [Area, Area],
  others: readonly Area[],
): Position | null {
  const { gap, beside } = pitches[doc.direction];
  const card = turnedSize(doc.direction, CARD);
  const y = Math.round((bottom(first) + second.y - card.height) / 2);
  const middle = first.x + (first.width - card.width) / 2;
  for (let column = 1; column <= COLUMNS; column++) {
    for (const side of [1, -1]) {
      const x = middle + side * column * (card.width + beside);
      const taken = others.some(
        (other) => inLine(other, { x, y, ...card }) && y < bottom(other) + gap && other.y < y + card.height + gap,
      );
      if (!taken) return turned(doc.direction, { x, y });
    }
  }
  return null;
}

/** The position of layer `id` on an edge: after the source, or beside the cards that the edge passes. */
function placeOnEdge(doc: NetworkDocument, edge: Edge, id: string, sizeOf: SizeOf): Position | null {
  const source = doc.nodes.find((node) => node.id === edge.from.node);
  const target = doc.nodes.find((node) => node.id === edge.to.node);
  if (source === undefined || target === undefined) return null;
  const [first, second] = [areaIn(doc, source, sizeOf), areaIn(doc, target, sizeOf)];
  const others = doc.nodes
    .filter((node) => node !== source && node !== target && node.id !== id)
    .map((node) => areaIn(doc, node, sizeOf));
  const passes =
    inLine(first, second) && others.some((other) => inLine(other, first) && other.y > first.y && other.y < second.y);
  return (passes ? placeBeside(doc, [first, second], others) : null) ?? placeBehind(doc, source, sizeOf);
}

/** The position of an added layer: after its source, or before its target, otherwise unchanged. */
function placeOfAdded(doc: NetworkDocument, node: DocumentNode, sizeOf: SizeOf): Position {
  const at = (id: string | undefined) => doc.nodes.find((other) => other.id === id);
  const source = at(doc.edges.find(({ to }) => to.node === node.id)?.from.node);
  if (source !== undefined) return placeBehind(doc, source, sizeOf);
  const target = at(doc.edges.find(({ from }) => from.node === node.id)?.to.node);
  return target === undefined ? node.position : placeBefore(doc, target, sizeOf);
}

/**
 * The edits, with moves that place each new layer near its connected layers without overlaps. `doc`: the document
 * before the edits.
 */
export function withRoom(doc: NetworkDocument, edits: readonly Edit[], sizeOf: SizeOf): readonly Edit[] {
  const all: Edit[] = [];
  let now = doc;
  const add = (edit: Edit): void => {
    all.push(edit);
    now = applyEdit(now, edit);
  };
  const put = (node: DocumentNode, position: Position): void => {
    add({ kind: 'move', positions: { [node.id]: position } });
    makeRoom(now, { ...node, position }, sizeOf).forEach(add);
  };
  for (const edit of edits) {
    const before = now;
    add(edit.kind === 'editBlock' ? withRoomInside(now, edit) : edit);
    if (edit.kind !== 'insertNode') continue;
    const edge = before.edges.find(({ id }) => id === edit.edge);
    const place = edge === undefined ? null : placeOnEdge(before, edge, edit.node.id, sizeOf);
    if (place !== null) put(edit.node, place);
  }
  // The edges of an added layer are in later edits.
  for (const edit of edits) {
    if (edit.kind === 'addNode') put(edit.node, placeOfAdded(now, edit.node, sizeOf));
  }
  return all;
}

type BlockEdit = Edit & { readonly kind: 'editBlock' };

function withRoomInside(doc: NetworkDocument, edit: BlockEdit): BlockEdit {
  const block = doc.blocks.find(({ id }) => id === edit.block);
  if (block === undefined) return edit;
  const inside = { ...doc, ...drawingOf(block, doc.direction) };
  const edits = withRoom(inside, edit.edits, () => CARD);
  return { ...edit, edits };
}

/**
 * The moves that place an existing layer on an edge and make room for it: aligned with the source at the drop position,
 * if the edge leaves the column.
 */
export function moveOntoEdge(doc: NetworkDocument, id: string, edge: Edge, sizeOf: SizeOf): Edit[] {
  const at = (wanted: string) => doc.nodes.find((node) => node.id === wanted);
  const [node, source, target] = [at(id), at(edge.from.node), at(edge.to.node)];
  const place = placeOnEdge(doc, edge, id, sizeOf);
  if (node === undefined || source === undefined || target === undefined || place === null) return [];
  const [own, first, second] = [node, source, target].map((each) => areaIn(doc, each, sizeOf)) as [Area, Area, Area];
  const column = second.y > first.y && inLine(first, second);
  const position =
    column || inLine(first, own) ? place : turned(doc.direction, { x: turned(doc.direction, place).x, y: own.y });
  const move: Edit = { kind: 'move', positions: { [id]: position } };
  return [move, ...makeRoom(applyEdits(doc, [move]), { ...node, position }, sizeOf)];
}
