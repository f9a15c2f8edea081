import { type Card, cardOf } from '../check/card.ts';
import type { CheckResult } from '../check/checkedGraph.ts';
import { outputText } from '../check/outputText.ts';
import type { EdgeEnd, NetworkDocument, Position } from '../graph/document.ts';
import { documentElement } from '../graph/picture.ts';
import { type Area, areaAt, portPoint } from '../layout/card.ts';
import { edgeShape } from '../layout/edge.ts';
import { type Inside, insideOf } from '../layout/inside.ts';
import { routeEdges } from '../layout/route.ts';
import { sizesIn } from '../layout/size.ts';
import type { Language, Text } from '../text.ts';
import { drawFrame, drawNote } from './pictureAnnotations.ts';
import { drawCard, drawSmallCard } from './pictureCard.ts';
import { drawEdge, drawLabel, type LabeledEdge } from './pictureEdge.ts';
import { drawOpen } from './pictureOpen.ts';
import { colors, type PictureTheme, TEXT_FONT } from './pictureTheme.ts';
import { element, escapeXml } from './xml.ts';

export interface PictureOptions {
  readonly language: Language;
  readonly theme: PictureTheme;
  /** `thumbnail` omits everything that is unreadable at a small size: all texts, and the shapes on edges. */
  readonly detail: 'full' | 'thumbnail';
  /** False for a transparent background. */
  readonly background: boolean;
  /** True to show shapes on edges. */
  readonly shapes: boolean;
  /** True to embed the document, so that the file can be opened as a network. */
  readonly embed: boolean;
  /** Ids of the nodes, notes and frames to draw; by default all. */
  readonly only?: ReadonlySet<string>;
}

export const defaultPicture: PictureOptions = {
  language: 'en',
  theme: 'light',
  detail: 'full',
  background: true,
  shapes: true,
  embed: true,
};

const MARGIN = 24;

const size = (value: number): string => String(Math.round(value));

/** The edges between drawn cards, routed around the cards. */
function drawnEdges(doc: NetworkDocument, cards: CardPlaces, check: CheckResult): readonly LabeledEdge[] {
  const end = ({ node, port }: EdgeEnd, side: 'input' | 'output'): Position | null => {
    const placed = cards.get(node);
    if (placed === undefined) return null;
    const ports = placed.card[`${side}s`];
    return portPoint(placed.area, doc.direction, side, Math.max(0, ports.indexOf(port)), Math.max(1, ports.length));
  };
  const edges = doc.edges.flatMap((edge) => {
    const [from, to] = [end(edge.from, 'output'), end(edge.to, 'input')];
    if (from === null || to === null) return [];
    return [
      {
        id: edge.id,
        source: edge.from.node,
        from,
        to,
        shape: outputText(check.nodes.get(edge.from.node), edge.from.port) ?? '',
      },
    ];
  });
  const places = new Map([...cards].map(([id, { area }]) => [id, area]));
  const routes = routeEdges(places, edges, doc.direction).edges;
  return edges.map(({ id, from, to, shape }) => ({
    ...edgeShape(from, to, doc.direction, routes.get(id)?.bend),
    shape,
  }));
}

type CardPlaces = ReadonlyMap<string, { readonly card: Card; readonly area: Area; readonly inside: Inside | null }>;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function around(points: readonly Position[]): Box {
  // Math.min with spread arguments would fail for thousands of items.
  const least = (key: 'x' | 'y') =>
    points.reduce((value, point) => Math.min(value, point[key]), Number.POSITIVE_INFINITY);
  const most = (key: 'x' | 'y') =>
    points.reduce((value, point) => Math.max(value, point[key]), Number.NEGATIVE_INFINITY);
  if (points.length === 0) return { x: 0, y: 0, width: 2 * MARGIN, height: 2 * MARGIN };
  const [x, y] = [Math.floor(least('x') - MARGIN), Math.floor(least('y') - MARGIN)];
  return { x, y, width: Math.ceil(most('x') + MARGIN) - x, height: Math.ceil(most('y') + MARGIN) - y };
}

const corners = (at: Position, { width, height }: { readonly width: number; readonly height: number }): Position[] => [
  at,
  { x: at.x + width, y: at.y + height },
];

/** Description for screen readers: the layers in order, with their output shapes. */
function description(cards: readonly Card[], params: number): Text {
  const list = (language: Language) =>
    cards.map(({ kind, name, shape }) => [kind[language], name, shape].filter(Boolean).join(' ')).join(', ');
  const figures = params.toLocaleString('en');
  return {
    en: `A network of ${cards.length} layers with ${figures} parameters: ${list('en')}.`,
    zh: `由 ${cards.length} 个层组成的网络，共 ${figures} 个参数：${list('zh')}。`,
  };
}

/** Draws the network as a standalone SVG file with text elements and without external resources. */
export function drawSvg(doc: NetworkDocument, check: CheckResult, options: PictureOptions): string {
  const { language, theme, background, shapes, embed, only } = options;
  const thumbnail = options.detail === 'thumbnail';
  const tone = colors[theme];
  const drawn = ({ id }: { readonly id: string }) => only?.has(id) ?? true;
  const sizeOf = sizesIn(doc, check);
  const cards: CardPlaces = new Map(
    doc.nodes.filter(drawn).map((node) => {
      const [first] = (node.open && check.nodes.get(node.id)?.inside) || [];
      const inside = first === undefined ? null : insideOf(doc, first);
      return [node.id, { card: cardOf(doc, check, node), area: areaAt(node.position, sizeOf(node)), inside }];
    }),
  );
  const edges = drawnEdges(doc, cards, check);
  const frames = doc.frames.filter(drawn);
  const notes = doc.notes.filter(drawn);
  const { x, y, width, height } = around([
    ...[...cards.values()].flatMap(({ area }) => corners(area, area)),
    ...[...frames, ...notes].flatMap(({ position, size }) => corners(position, size)),
    ...edges.flatMap(({ points }) => points),
  ]);
  const shown = [...cards.values()].map(({ card }) => card);
  const words = description(
    shown,
    shown.reduce((sum, card) => sum + card.params, 0),
  );
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: size(width),
      height: size(height),
      viewBox: [x, y, width, height].join(' '),
      role: 'img',
      'aria-labelledby': 'title desc',
      lang: language === 'zh' ? 'zh-CN' : 'en',
      'font-family': TEXT_FONT,
    },
    element('title', { id: 'title' }, escapeXml(doc.name)),
    element('desc', { id: 'desc' }, escapeXml(words[language])),
    embed ? element('metadata', {}, documentElement(doc)) : '',
    background ? element('rect', { x, y, width, height, fill: tone.canvas }) : '',
    ...frames.map((frame) => drawFrame(frame, tone, !thumbnail)),
    ...edges.map((edge) => drawEdge(edge, tone, thumbnail)),
    ...(shapes && !thumbnail ? edges.map((edge) => drawLabel(edge, tone, background ? tone.canvas : null)) : []),
    ...[...cards.values()].map(({ card, area, inside }) =>
      inside !== null
        ? drawOpen(card, area, inside, { tone, language, thumbnail, shapes })
        : thumbnail
          ? drawSmallCard(card, area, tone)
          : drawCard(card, area, tone, language),
    ),
    ...notes.map((note) => drawNote(note, tone, !thumbnail)),
  );
}
