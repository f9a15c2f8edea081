import { type Card, cardOf } from '../../../../src/check/card.ts';
import type { CheckResult, NodeReport } from '../../../../src/check/checkedGraph.ts';
import { outputText } from '../../../../src/check/outputText.ts';
import type { Direction, DocumentNode, Edge, NetworkDocument, Position, Size } from '../../../../src/graph/document.ts';
import { type Area, areaAt, portPoint } from '../../../../src/layout/card.ts';
import { type EdgeShape, edgeShape } from '../../../../src/layout/edge.ts';
import { type EdgeEndpoints, type Route, type Routes, routeEdges } from '../../../../src/layout/route.ts';
import { sizesIn } from '../../../../src/layout/size.ts';
import type { Text } from '../../../../src/text.ts';
import { type InsideContent, insideContentOf } from './insideContent.ts';
import { around, grown, overlap, type Rect } from './rect.ts';
import { type Severity, shown, worst } from './severity.ts';

/** Content of a card. Contents that are equal as JSON look the same. */
export interface CardContent extends Card, Record<string, unknown> {
  readonly severity: Severity;
  readonly messages: readonly Text[];
  readonly pinned: boolean;
  readonly direction: Direction;
  readonly size: Size;
  /** True for a block with a known inside. */
  readonly canOpen: boolean;
  /** Inside of an expanded block; null for a card. */
  readonly inside: InsideContent | null;
}

export interface SceneCard {
  readonly node: DocumentNode;
  readonly report: NodeReport | undefined;
  readonly content: CardContent;
  readonly area: Area;
}

/** Shape and size of the tensor on an edge. */
export interface EdgeContent {
  readonly shape: string;
  /** Number of values per sample; 0 if unknown. */
  readonly size: number;
  readonly severity: Severity;
  /** Problem at the end of the edge. */
  readonly messages: readonly Text[];
}

export interface SceneEdge extends EdgeShape {
  readonly edge: Edge;
  readonly from: SceneCard;
  readonly to: SceneCard;
  readonly content: EdgeContent;
  readonly route: Route;
  readonly bounds: Rect;
}

/** Cards and edges with their positions, by id, in document order. */
export interface Scene {
  readonly document: NetworkDocument;
  readonly check: CheckResult;
  readonly cards: ReadonlyMap<string, SceneCard>;
  readonly edges: ReadonlyMap<string, SceneEdge>;
  readonly routes: Routes;
  /** Stays the same object as long as only a drag changes the scene, so that everything else can be reused. */
  readonly still: object;
}

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function contentOf(document: NetworkDocument, check: CheckResult, node: DocumentNode): CardContent {
  const diagnostics = shown(check.nodes.get(node.id));
  return {
    ...cardOf(document, check, node),
    severity: worst(diagnostics),
    messages: diagnostics.map(({ message }) => message),
    pinned: node.pinned ?? false,
    direction: document.direction,
    size: sizesIn(document, check)(node),
    canOpen: (check.nodes.get(node.id)?.inside ?? []).length > 0,
    inside: insideContentOf(document, check, node),
  };
}

/** True if two cards differ only in their position; compares object identities. */
const sameButPlace = (a: DocumentNode, b: DocumentNode): boolean =>
  a.layer === b.layer &&
  a.name === b.name &&
  a.config === b.config &&
  a.repeat === b.repeat &&
  (a.frozen ?? false) === (b.frozen ?? false) &&
  (a.pinned ?? false) === (b.pinned ?? false) &&
  (a.open ?? false) === (b.open ?? false);

function cardIn(document: NetworkDocument, check: CheckResult, node: DocumentNode, before: Scene | null): SceneCard {
  const report = check.nodes.get(node.id);
  const old = before?.cards.get(node.id);
  // An unknown layer gets the ports that its edges refer to.
  const settled = old?.content.category !== 'unknown' || before?.document.edges === document.edges;
  if (old !== undefined && old.report === report && old.content.direction === document.direction && settled) {
    if (old.node === node) return old;
    if (sameButPlace(old.node, node)) return { ...old, node, area: areaAt(node.position, old.area) };
  }
  const fresh = contentOf(document, check, node);
  const content = old !== undefined && equal(old.content, fresh) ? old.content : fresh;
  if (old?.node === node && old.report === report && old.content === content) return old;
  return { node, report, content, area: areaAt(node.position, content.size) };
}

function edgeContent({ from, to }: Edge, source: SceneCard, target: SceneCard): EdgeContent {
  const shape = source.report?.outputs[from.port];
  const blamed = shown(target.report).filter(({ port }) => port === to.port);
  return {
    shape: outputText(source.report, from.port) ?? '?',
    size: shape?.reduce((product, length) => product * length, 1) ?? 0,
    severity: worst(blamed),
    messages: blamed.map(({ message }) => message),
  };
}

function portOf({ area, content }: SceneCard, side: 'input' | 'output', port: string): Position {
  const ports = side === 'input' ? content.inputs : content.outputs;
  return portPoint(area, content.direction, side, Math.max(0, ports.indexOf(port)), Math.max(1, ports.length));
}

const samePlace = (a: Position, b: Position): boolean => a.x === b.x && a.y === b.y;

/** Endpoints of an edge; the same object as before if they are unchanged. */
function endsOf(edge: Edge, source: SceneCard, target: SceneCard, old: SceneEdge | undefined): EdgeEndpoints {
  if (old?.edge === edge && old.from === source && old.to === target) return old.route;
  const [from, to] = [portOf(source, 'output', edge.from.port), portOf(target, 'input', edge.to.port)];
  if (old?.edge === edge && samePlace(old.route.from, from) && samePlace(old.route.to, to)) return old.route;
  return { id: edge.id, source: edge.from.node, from, to };
}

function edgeIn(edge: Edge, from: SceneCard, to: SceneCard, route: Route, old: SceneEdge | undefined): SceneEdge {
  const sameBend = old !== undefined && (old.route === route || equal(old.route.bend, route.bend));
  if (old?.edge === edge && old.from === from && old.to === to && sameBend) return old;
  const fresh = edgeContent(edge, from, to);
  const shape = edgeShape(route.from, route.to, from.content.direction, route.bend);
  return {
    ...shape,
    edge,
    from,
    to,
    route,
    content: old !== undefined && equal(old.content, fresh) ? old.content : fresh,
    bounds: around(shape.points),
  };
}

/** Margin around a dragged edge in which cards are obstacles, in document units. */
const AROUND = 600;

/**
 * The scene after a step of a drag. Edges between cards that do not move keep their route until the end of the drag, so
 * that they do not jump.
 */
function draggedFrom(before: Scene, document: NetworkDocument): Scene {
  const cards = new Map(before.cards);
  const away = new Set<string>();
  for (const [index, node] of document.nodes.entries()) {
    if (node === before.document.nodes[index]) continue;
    away.add(node.id);
    cards.set(node.id, cardIn(document, before.check, node, before));
  }
  const edges = new Map(before.edges);
  const touched = [...before.edges.values()].flatMap((old) => {
    const { from, to } = old.edge;
    const [source, target] = [cards.get(from.node), cards.get(to.node)];
    const stays = !away.has(from.node) && !away.has(to.node);
    return stays || source === undefined || target === undefined
      ? []
      : [{ old, source, target, ends: endsOf(old.edge, source, target, old) }];
  });
  const region = grown(around(touched.flatMap(({ ends }) => [ends.from, ends.to])), AROUND);
  const inTheWay = new Map<string, Area>();
  for (const [id, { area }] of cards) if (overlap(area, region)) inTheWay.set(id, area);
  const led = routeEdges(
    inTheWay,
    touched.map(({ ends }) => ends),
    document.direction,
  );
  for (const { old, source, target } of touched) {
    const route = led.edges.get(old.edge.id);
    if (route !== undefined) edges.set(old.edge.id, edgeIn(old.edge, source, target, route, old));
  }
  return { ...before, document, cards, edges };
}

/** True if `document` differs from `before` in node positions only, as far as the canvas shows it. */
const onlyMoved = (before: Scene, { nodes, edges, direction }: NetworkDocument): boolean =>
  before.document.edges === edges &&
  before.document.direction === direction &&
  before.document.nodes.length === nodes.length &&
  nodes.every(({ id }, index) => before.document.nodes[index]?.id === id);

/**
 * The network on the canvas, derived from document and check. Unchanged items are the same objects as in `before`. Changes
 * are found by comparing object identities, so moving one of a thousand nodes creates one new card and its edges.
 */
export function sceneOf(document: NetworkDocument, check: CheckResult, before: Scene | null, dragging = false): Scene {
  if (dragging && before?.check === check && onlyMoved(before, document)) return draggedFrom(before, document);
  const cards = new Map<string, SceneCard>();
  for (const node of document.nodes) cards.set(node.id, cardIn(document, check, node, before));
  const joined = document.edges.flatMap((edge) => {
    const [from, to] = [cards.get(edge.from.node), cards.get(edge.to.node)];
    return from === undefined || to === undefined ? [] : [{ edge, from, to, old: before?.edges.get(edge.id) }];
  });
  const places = new Map([...cards].map(([id, { area }]) => [id, area]));
  const ends = joined.map(({ edge, from, to, old }) => endsOf(edge, from, to, old));
  const routes = routeEdges(places, ends, document.direction, before?.routes);
  const edges = new Map<string, SceneEdge>();
  for (const { edge, from, to, old } of joined) {
    const route = routes.edges.get(edge.id);
    if (route !== undefined) edges.set(edge.id, edgeIn(edge, from, to, route, old));
  }
  return { document, check, cards, edges, routes, still: {} };
}
