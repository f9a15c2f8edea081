import { type Card, cardOf } from '../check/card.ts';
import type { InsideReport, NodeReport } from '../check/checkedGraph.ts';
import { outputText } from '../check/outputText.ts';
import type { BlockBody, Direction, DocumentNode, NetworkDocument, Position, Size } from '../graph/document.ts';
import { shapeText } from '../layers/config.ts';
import { type Area, CARD, GAP, pitches, portPoint } from './card.ts';
import { type EdgeShape, edgeShape } from './edge.ts';
import { placeLabels } from './labels.ts';
import { type EdgeEndpoints, routeEdges } from './route.ts';

/** Height of the title line of an expanded block, and of the line below with its output shape. */
export const OPEN_HEAD = 30;
export const OPEN_FOOT = 22;
/** Distances between border and content, along the flow and across it. */
const ALONG = 44;
const BESIDE = 20;
/** Distance between a lane and the border. */
const LANE_ROOM = 12;

type Surroundings = Pick<NetworkDocument, 'blocks' | 'operators' | 'direction'>;

export interface InsideCard {
  readonly node: DocumentNode;
  readonly report: NodeReport | undefined;
  readonly card: Card;
  /** Area relative to the top left corner of the block. */
  readonly area: Area;
  /** Content of an expanded inner block. */
  readonly inside: Inside | null;
}

export interface InsideEdge extends EdgeShape {
  readonly id: string;
  /** Shape of the data; empty if unknown. */
  readonly shape: string;
  /** True if the edge has space for its shape. The shape of the ports of the block is shown outside. */
  readonly roomy: boolean;
  /** True if the edge leads to an output port of the block. */
  readonly leaves: boolean;
}

/** The drawn content of an expanded block: cards and edges, relative to the top left corner of the block. */
export interface Inside {
  readonly size: Size;
  readonly direction: Direction;
  readonly cards: readonly InsideCard[];
  readonly edges: readonly InsideEdge[];
}

/**
 * Direction of the content: down in built-in blocks, otherwise the direction of the document in which the block was
 * created.
 */
function flowOf({ nodes, edges }: BlockBody): Direction {
  const places = new Map(nodes.map(({ id, position }) => [id, position]));
  let [down, right] = [0, 0];
  for (const { from, to } of edges) {
    const [a, b] = [places.get(from.node), places.get(to.node)];
    if (a === undefined || b === undefined) continue;
    if (b.y > a.y) down++;
    if (b.x > a.x) right++;
  }
  return right > down ? 'right' : 'down';
}

/** Converts a position to the other flow direction, keeping distances in units of cards. */
function turnedPlace({ x, y }: Position, to: Direction): Position {
  const { gap, beside } = pitches.right;
  const [along, across] = [CARD.width + gap, CARD.height + beside];
  const [down, column] = [CARD.height + GAP, CARD.width + GAP];
  return to === 'right'
    ? { x: (y * along) / down, y: (x * across) / column }
    : { x: (y * column) / across, y: (x * down) / along };
}

/** A size that grows evenly on both sides of a card and stays on the grid. */
const evenly = (length: number, card: number): number => card + 4 * Math.ceil(Math.max(0, length - card) / 4);

function cardsOf(doc: Surroundings, { body, nodes }: InsideReport): readonly InsideCard[] {
  const turns = flowOf(body) !== doc.direction;
  return body.nodes.map((node): InsideCard => {
    const report = nodes.get(node.id);
    const [first] = (node.open && report?.inside) || [];
    const inside = first === undefined ? null : insideOf(doc, first);
    const place = turns ? turnedPlace(node.position, doc.direction) : node.position;
    const { width, height } = inside?.size ?? CARD;
    const card = cardOf({ blocks: doc.blocks, edges: body.edges }, { nodes }, node);
    return { node, report, card, area: { x: place.x, y: place.y, width, height }, inside };
  });
}

function boundsOf(areas: readonly Area[]): Area {
  if (areas.length === 0) return { x: 0, y: 0, ...CARD };
  const x = Math.min(...areas.map((area) => area.x));
  const y = Math.min(...areas.map((area) => area.y));
  const right = Math.max(...areas.map((area) => area.x + area.width));
  const bottom = Math.max(...areas.map((area) => area.y + area.height));
  return { x, y, width: right - x, height: bottom - y };
}

interface Led extends EdgeEndpoints {
  readonly shape: string;
}

/** Edges between cards, and to and from the ports of the block. */
function edgesOf(doc: Surroundings, body: BlockBody, cards: readonly InsideCard[], size: Size): readonly Led[] {
  const byId = new Map(cards.map((card) => [card.node.id, card]));
  const { direction } = doc;
  const border: Area =
    direction === 'down'
      ? { x: 0, y: OPEN_HEAD, width: size.width, height: size.height - OPEN_HEAD }
      : { x: 0, y: 0, ...size };
  const end = ({ node, port }: { node: string; port: string }, side: 'input' | 'output'): Position | null => {
    const found = byId.get(node);
    if (found === undefined) return null;
    const ports = found.card[`${side}s`];
    return portPoint(found.area, direction, side, Math.max(0, ports.indexOf(port)), Math.max(1, ports.length));
  };
  const shapeOf = (node: string, port: string, side: 'inputs' | 'outputs'): string => {
    const report = byId.get(node)?.report;
    if (side === 'outputs') return outputText(report, port) ?? '';
    const shape = report?.inputs[port];
    return shape === undefined ? '' : shapeText(shape);
  };
  const edge = (id: string, source: string, from: Position | null, to: Position | null, shape: string): Led[] =>
    from === null || to === null ? [] : [{ id, source, from, to, shape }];
  return [
    ...body.inputs.flatMap(({ name, to }, index) =>
      to.flatMap((target) => {
        const from = portPoint(border, direction, 'input', index, body.inputs.length);
        const shape = shapeOf(target.node, target.port, 'inputs');
        return edge(`/${name}>${target.node}.${target.port}`, `/${name}`, from, end(target, 'input'), shape);
      }),
    ),
    ...body.edges.flatMap(({ id, from, to }) =>
      edge(id, from.node, end(from, 'output'), end(to, 'input'), shapeOf(from.node, from.port, 'outputs')),
    ),
    ...body.outputs.flatMap(({ name, from }, index) => {
      if (from === undefined) return [];
      const to = portPoint(border, direction, 'output', index, body.outputs.length);
      const shape = shapeOf(from.node, from.port, 'outputs');
      return edge(`>${name}`, from.node, end(from, 'output'), to, shape);
    }),
  ];
}

/** Ids of edges between nodes begin with the name of a node, never with a slash. */
const isPortEdge = (id: string): boolean => id.startsWith('/') || id.startsWith('>');

const shifted = ({ x, y, width, height }: Area, by: Position): Area => ({ x: x + by.x, y: y + by.y, width, height });

function layOut(doc: Surroundings, report: InsideReport): Inside {
  const { direction } = doc;
  const found = cardsOf(doc, report);
  const bounds = boundsOf(found.map(({ area }) => area));
  const [x, y] = direction === 'down' ? [BESIDE, OPEN_HEAD + ALONG] : [ALONG, OPEN_HEAD + BESIDE];
  const [after, below] = direction === 'down' ? [BESIDE, ALONG + OPEN_FOOT] : [ALONG, OPEN_FOOT + BESIDE];
  let size = {
    width: evenly(x + bounds.width + after, CARD.width),
    height: evenly(y + bounds.height + below, CARD.height),
  };
  // The space from rounding is distributed to both sides.
  const slack = {
    x: (size.width - (x + bounds.width + after)) / 2,
    y: (size.height - (y + bounds.height + below)) / 2,
  };
  const by = { x: x - bounds.x + slack.x, y: y - bounds.y + slack.y };
  let cards = found.map((card) => ({ ...card, area: shifted(card.area, by) }));
  const lead = (): readonly InsideEdge[] => {
    const edges = edgesOf(doc, report.body, cards, size);
    const routes = routeEdges(new Map(cards.map(({ node, area }) => [node.id, area])), edges, direction).edges;
    const drawn = edges.map(({ id, from, to, shape }) => ({
      id,
      shape,
      ...edgeShape(from, to, direction, routes.get(id)?.bend),
    }));
    const labeled = drawn.filter(({ id, shape }) => !isPortEdge(id) && shape !== '');
    const areas = cards.map(({ area }) => area);
    const places = placeLabels(labeled, areas);
    const placed = new Map(labeled.map(({ id }, i) => [id, places[i] ?? null]));
    return drawn.map((edge): InsideEdge => {
      const place = placed.get(edge.id) ?? null;
      return { ...edge, label: place ?? edge.label, roomy: place !== null, leaves: edge.id.startsWith('>') };
    });
  };
  let edges = lead();
  // Lanes may need more space than the cards. It is added on both sides, so that ports stay centered.
  const across = direction === 'down' ? 'x' : 'y';
  const [start, end] = direction === 'down' ? [0, size.width] : [OPEN_HEAD, size.height - OPEN_FOOT];
  const least = Math.min(...edges.flatMap(({ points }) => points.map((point) => point[across])));
  const most = Math.max(...edges.flatMap(({ points }) => points.map((point) => point[across])));
  const more = 2 * Math.ceil(Math.max(0, start + LANE_ROOM - least, most - (end - LANE_ROOM)) / 2);
  if (edges.length > 0 && more > 0) {
    size =
      direction === 'down' ? { ...size, width: size.width + 2 * more } : { ...size, height: size.height + 2 * more };
    const wider = direction === 'down' ? { x: more, y: 0 } : { x: 0, y: more };
    cards = cards.map((card) => ({ ...card, area: shifted(card.area, wider) }));
    edges = lead();
  }
  return { size, direction, cards, edges };
}

interface KnownInside {
  readonly blocks: NetworkDocument['blocks'];
  readonly inside: Inside;
}

const known: Readonly<Record<Direction, WeakMap<InsideReport, KnownInside>>> = {
  down: new WeakMap(),
  right: new WeakMap(),
};

/** The drawn content; the same object for the same report. */
export function insideOf(doc: Surroundings, report: InsideReport): Inside {
  const before = known[doc.direction].get(report);
  if (before?.blocks === doc.blocks) return before.inside;
  const inside = layOut(doc, report);
  known[doc.direction].set(report, { blocks: doc.blocks, inside });
  return inside;
}
