import { type Card, paramsText } from '../check/card.ts';
import type { Area } from '../layout/card.ts';
import { type Inside, OPEN_FOOT, OPEN_HEAD } from '../layout/inside.ts';
import type { Language } from '../text.ts';
import { drawCard, drawSmallCard, drawTitle, leftEdge } from './pictureCard.ts';
import { drawEdge, drawLabel } from './pictureEdge.ts';
import { type Colors, MONO_FONT, mixed } from './pictureTheme.ts';
import { element, escapeXml } from './xml.ts';

interface Options {
  readonly tone: Colors;
  readonly language: Language;
  readonly thumbnail: boolean;
  readonly shapes: boolean;
}

const RADIUS = 6;

/** Draws an expanded block: a titled area with its content. */
export function drawOpen(card: Card, area: Area, { cards, edges }: Inside, options: Options): string {
  const { tone, language, thumbnail, shapes } = options;
  const color = tone.category[card.category];
  const ground = mixed(color, tone.canvas, 0.06);
  const { width, height } = area;
  const stroke = thumbnail ? 2 : 1;
  const behind = card.repeat > 1 ? [9, 5] : [];
  const foot = { y: height - OPEN_FOOT + 14, fill: tone.muted, 'font-size': 11, 'font-family': MONO_FONT };
  return element(
    'g',
    { transform: `translate(${area.x} ${area.y})` },
    ...[...behind, 0].map((away) =>
      element('rect', {
        x: away,
        y: away,
        width,
        height,
        rx: RADIUS,
        fill: ground,
        stroke: tone.line,
        'stroke-width': stroke,
      }),
    ),
    element('path', { d: leftEdge(thumbnail ? 12 : 4, height), fill: color }),
    thumbnail ? '' : drawTitle(card, width, OPEN_HEAD, tone, language),
    ...edges.map((edge) => drawEdge(edge, tone, thumbnail, !edge.leaves)),
    ...cards.map(({ card: inner, area: place, inside }) =>
      inside !== null
        ? drawOpen(inner, place, inside, options)
        : thumbnail
          ? drawSmallCard(inner, place, tone)
          : drawCard(inner, place, tone, language),
    ),
    ...(shapes && !thumbnail ? edges.filter(({ roomy }) => roomy).map((edge) => drawLabel(edge, tone, ground)) : []),
    thumbnail ? '' : element('text', { x: 13, ...foot }, escapeXml(card.shape)),
    thumbnail || card.params === 0
      ? ''
      : element('text', { x: width - 10, ...foot, 'text-anchor': 'end' }, escapeXml(paramsText(card)[language])),
  );
}
