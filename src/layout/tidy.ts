import { layerIn } from '../check/faces.ts';
import type { Direction, DocumentNode, NetworkDocument, Position, Size } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import { portsOf } from '../layers/ports.ts';
import { type Area, areaAt, type Pitch, pitches, turned, turnedSize } from './card.ts';
import { type ElkGraph, elkGraph, elkPlaces, type NumberedEdge } from './elkGraph.ts';
import { fold } from './fold.ts';
import { frameAround, membersOf } from './frames.ts';
import { ranksOf } from './ranks.ts';
import { settle } from './settle.ts';
import type { SizeOf } from './size.ts';
import { groupsOf, type Part, straighten } from './spine.ts';

export interface TidyRequest {
  readonly document: NetworkDocument;
  readonly direction: Direction;
  /** Ids of the nodes to lay out; by default all. */
  readonly only?: ReadonlySet<string>;
  /** True if pinned nodes stay in place and the others are laid out around them. */
  readonly keepPinned: boolean;
  readonly sizeOf: SizeOf;
  /** Size into which the network should fit at 100%; a longer network is folded. */
  readonly view: Size;
}

/** The graph for ELK, and the conversion of its result to edits. */
export interface TidyPlan {
  readonly graph: ElkGraph;
  edits(laid: ElkGraph): readonly Edit[];
}

/** Minimum distance between moved cards. */
const CLEAR = 16;
/** A note further away from all cards than this does not move. */
const NOTE_REACH = 240;
const GRID = 2;
const snapped = ({ x, y }: Position): Position => ({
  x: Math.round(x / GRID) * GRID,
  y: Math.round(y / GRID) * GRID,
});

function numberedEdges({ nodes, edges }: NetworkDocument): readonly NumberedEdge[] {
  const number = new Map(nodes.map(({ id }, index) => [id, index]));
  const ports = nodes.map((node) => portsOf(node, edges));
  return edges.flatMap(({ from, to }) => {
    const [source, target] = [number.get(from.node), number.get(to.node)];
    if (source === undefined || target === undefined || source === target) return [];
    const output = Math.max(0, ports[source]?.outputs.indexOf(from.port) ?? 0);
    return [{ from: source, output, to: target, input: Math.max(0, ports[target]?.inputs.indexOf(to.port) ?? 0) }];
  });
}

/** The network reduced to the nodes to lay out. */
function within(document: NetworkDocument, only: TidyRequest['only']): NetworkDocument {
  if (only === undefined) return document;
  const nodes = document.nodes.filter(({ id }) => only.has(id));
  return {
    ...document,
    nodes,
    edges: document.edges.filter(({ from, to }) => only.has(from.node) && only.has(to.node)),
  };
}

/** True for layers with weights, which start a group such as convolution, activation and pooling, and for blocks. */
const begins = (doc: NetworkDocument, layer: string): boolean =>
  ['convolution', 'linear', 'blocks'].includes(layerIn(doc, layer)?.category ?? '');

const boundsOf = (places: readonly Position[]): Position => ({
  x: places.reduce((least, { x }) => Math.min(least, x), Number.POSITIVE_INFINITY),
  y: places.reduce((least, { y }) => Math.min(least, y), Number.POSITIVE_INFINITY),
});

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

type Places = ReadonlyMap<number, Position>;
/** Sizes across the flow and along it. */
type Sizes = ReadonlyMap<number, Size>;

/**
 * Arranges parts side by side, in rows about as wide as the view. A part with an anchor is placed so that the anchor
 * keeps its position.
 */
function packed(parts: readonly Places[], sizes: Sizes, anchors: Places, pitch: Pitch, view: Size): Places {
  const places = new Map<number, Position>();
  let [x, y, below, right] = [0, 0, 0, view.width];
  for (const part of parts) {
    const held = [...part].filter(([node]) => anchors.has(node));
    const width = Math.max(...[...part].map(([node, { x }]) => x + (sizes.get(node)?.width ?? 0)));
    const height = Math.max(...[...part].map(([node, { y }]) => y + (sizes.get(node)?.height ?? 0)));
    let shift = { x: 0, y: 0 };
    if (held.length > 0) {
      const away = (key: 'x' | 'y') =>
        middle(held.map(([node, place]) => (anchors.get(node)?.[key] ?? 0) - place[key]));
      shift = { x: away('x'), y: away('y') };
    } else {
      right = Math.max(right, width);
      if (x > 0 && x + width > right) [x, y] = [0, below + pitch.fold];
      shift = { x, y };
      x += width + pitch.fold;
      below = Math.max(below, y + height);
    }
    for (const [node, place] of part) places.set(node, { x: place.x + shift.x, y: place.y + shift.y });
  }
  return places;
}

/** New positions of the cards by index in `document`; `held` cards do not move. */
function arranged(request: TidyRequest, network: NetworkDocument, held: ReadonlySet<number>, laid: ElkGraph): Places {
  const { direction, view, sizeOf } = request;
  const pitch = pitches[direction];
  const { nodes } = network;
  const numbered = numberedEdges(network);
  const { main, edges } = ranksOf({ count: nodes.length, edges: numbered.map(({ from, to }) => [from, to] as const) });
  const answer = elkPlaces(laid);
  const sizes = new Map(nodes.map((node, index) => [index, turnedSize(direction, sizeOf(node))]));
  const starts = new Set(nodes.flatMap(({ layer }, node) => (begins(network, layer) ? [node] : [])));
  const number = new Map(nodes.map(({ id }, index) => [id, index]));
  const together = network.frames.map(
    (frame) => new Set([...membersOf(network, frame, sizeOf)].flatMap((id) => number.get(id) ?? [])),
  );
  const turnedView = turned(direction, { x: view.width, y: view.height });
  const room = { width: turnedView.x, height: turnedView.y };
  const parts = groupsOf([...nodes.keys()], edges).map((group): Places => {
    const inGroup = new Set(group);
    const heights = [...new Set(group.map((node) => answer[node]?.y ?? 0))].sort((a, b) => a - b);
    const rows = new Map(heights.map((y, row) => [y, row]));
    const part: Part = {
      nodes: group,
      x: new Map(group.map((node) => [node, (answer[node]?.x ?? 0) + (sizes.get(node)?.width ?? 0) / 2])),
      size: sizes,
      rank: new Map(group.map((node) => [node, rows.get(answer[node]?.y ?? 0) ?? 0])),
      edges: edges.filter(([from]) => inGroup.has(from)),
      main: new Set([...main].filter(([from]) => inGroup.has(from))),
    };
    straighten(part);
    const own = together
      .map((set) => new Set([...set].filter((node) => inGroup.has(node))))
      .filter(({ size }) => size > 1);
    return fold(part, { pitch, view: room, starts, together: own });
  });
  const anchors = new Map(
    [...held].map((node) => [node, turned(direction, nodes[node]?.position ?? { x: 0, y: 0 })] as const),
  );
  const places = packed(parts, sizes, anchors, pitch, room);
  return new Map([...places].map(([node, place]) => [node, turned(direction, place)]));
}

/** Shift of a note: that of its nearest card. */
function noteShift(
  position: Position,
  size: Size,
  before: NetworkDocument,
  sizeOf: SizeOf,
  after: ReadonlyMap<string, Position>,
): Position {
  let nearest: { readonly distance: number; readonly shift: Position } | null = null;
  for (const node of before.nodes) {
    const own = sizeOf(node);
    const gap = (key: 'x' | 'y', length: 'width' | 'height') =>
      Math.max(0, node.position[key] - position[key] - size[length], position[key] - node.position[key] - own[length]);
    const distance = Math.hypot(gap('x', 'width'), gap('y', 'height'));
    const now = after.get(node.id);
    if (distance > NOTE_REACH || now === undefined || (nearest !== null && nearest.distance <= distance)) continue;
    nearest = { distance, shift: { x: now.x - node.position.x, y: now.y - node.position.y } };
  }
  return nearest?.shift ?? { x: 0, y: 0 };
}

/** The edits that move notes and frames with the cards. */
function annotationEdits(
  document: NetworkDocument,
  sizeOf: SizeOf,
  after: ReadonlyMap<string, Position>,
): readonly Edit[] {
  const placeOf = (id: string, position: Position) => after.get(id) ?? position;
  const cards = document.nodes.map((node) => areaAt(placeOf(node.id, node.position), sizeOf(node)));
  const wanted = document.notes.map(({ position, size }) => {
    const shift = noteShift(position, size, document, sizeOf, after);
    return { x: position.x + shift.x, y: position.y + shift.y, ...size };
  });
  const settled = settle(cards, wanted, 8).map(snapped);
  const notes = new Map(
    document.notes.map(({ id, size }, index) => [id, { ...(settled[index] as Position), ...size }]),
  );
  const moved = document.notes.flatMap(({ id, position }) => {
    const place = notes.get(id);
    return place && (place.x !== position.x || place.y !== position.y)
      ? [[id, { x: place.x, y: place.y }] as const]
      : [];
  });
  const frames = document.frames.flatMap((frame): Edit[] => {
    const members = membersOf(document, frame, sizeOf);
    if (![...members].some((id) => after.has(id))) return [];
    const areas = [
      ...document.nodes
        .filter(({ id }) => members.has(id))
        .map((node) => areaAt(placeOf(node.id, node.position), sizeOf(node))),
      ...[...notes].filter(([id]) => members.has(id)).map(([, area]) => area),
    ];
    return [{ kind: 'setFrame', frame: frameAround(frame, areas) }];
  });
  return [...(moved.length > 0 ? [{ kind: 'move', positions: Object.fromEntries(moved) } as const] : []), ...frames];
}

/**
 * Plans the tidying of a layout; null if nothing may move. The same request and result of ELK lead to the same edits.
 */
export function planTidy(request: TidyRequest): TidyPlan | null {
  const { document, only, keepPinned, direction, sizeOf } = request;
  const network = within(document, only);
  const { nodes } = network;
  const held = new Set(nodes.flatMap(({ pinned }, node) => (keepPinned && pinned ? [node] : [])));
  if (held.size === nodes.length) return null;
  const numbered = numberedEdges(network);
  const ranks = ranksOf({ count: nodes.length, edges: numbered.map(({ from, to }) => [from, to] as const) });
  return {
    graph: elkGraph(
      nodes.map((node) => turnedSize(direction, sizeOf(node)).width),
      numbered,
      ranks,
      pitches[direction],
    ),
    edits(laid) {
      const places = arranged(request, network, held, laid);
      // The whole layout keeps its position.
      const free = [...places].filter(([node]) => !held.has(node));
      const [from, to] = [boundsOf(nodes.map(({ position }) => position)), boundsOf([...places.values()])];
      const shift = held.size > 0 ? { x: 0, y: 0 } : { x: from.x - to.x, y: from.y - to.y };
      const moving = new Set(free.map(([node]) => nodes[node]?.id));
      const fixed = document.nodes
        .filter(({ id }) => !moving.has(id))
        .map((node) => areaAt(node.position, sizeOf(node)));
      const wanted = free.map(([node, place]): Area => {
        const size = sizeOf(nodes[node] as DocumentNode);
        return areaAt(snapped({ x: place.x + shift.x, y: place.y + shift.y }), size);
      });
      const settled = settle(fixed, wanted, CLEAR);
      const after = new Map(free.map(([node], index) => [nodes[node]?.id ?? '', snapped(settled[index] as Position)]));
      const pinned = nodes.filter((node) => node.pinned && moving.has(node.id)).map(({ id }) => id);
      return [
        ...(document.direction === direction ? [] : [{ kind: 'setDirection', direction } as const]),
        { kind: 'move', positions: Object.fromEntries(after) },
        ...(pinned.length > 0 ? [{ kind: 'setPinned', nodes: pinned, pinned: false } as const] : []),
        ...annotationEdits(document, sizeOf, after),
      ];
    },
  };
}
