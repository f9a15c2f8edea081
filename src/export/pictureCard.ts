import { drawingOf, frozenDrawing } from '../blocks/icons.ts';
import { type Card, paramsText } from '../check/card.ts';
import type { Position } from '../graph/document.ts';
import { DRAWING_GRID, type Drawing, LINE_WIDTH } from '../layers/drawing.ts';
import { CARD } from '../layout/card.ts';
import type { Language } from '../text.ts';
import { type Colors, MONO_FONT } from './pictureTheme.ts';
import { type Font, fitted, textWidth } from './textWidth.ts';
import { element, escapeXml } from './xml.ts';

const RADIUS = 6;
const EDGE = 4;
/** Padding on the left and right of the text. */
const LEFT = 13;
const RIGHT = CARD.width - 10;
const LINES = { head: 20.5, summary: 39.5, foot: 57 } as const;
const NAME_ROOM = 96;

const HEAD: Font = { size: 12 };
/** Smaller than the name, so that both fit. */
const KIND: Font = { size: 11 };
const NAME: Font = { size: 12, bold: true };
const FOOT: Font = { size: 11, mono: true };

function icon({ lines, width = LINE_WIDTH, solid }: Drawing, at: Position, size: number, color: string): string {
  const scale = size / DRAWING_GRID;
  return element(
    'g',
    { transform: `translate(${at.x} ${at.y}) scale(${scale})`, fill: 'none', stroke: color },
    element('path', { d: lines, 'stroke-width': width, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' }),
    solid === undefined ? '' : element('path', { d: solid, fill: color, stroke: 'none' }),
  );
}

interface Line {
  readonly x: number;
  readonly y: number;
  readonly font: Font;
  readonly fill: string;
  readonly end?: boolean;
}

const write = (words: string, { x, y, font, fill, end = false }: Line): string =>
  words === ''
    ? ''
    : element(
        'text',
        {
          x,
          y,
          fill,
          'font-size': font.size,
          'font-weight': font.bold ? 600 : undefined,
          'font-family': font.mono ? MONO_FONT : undefined,
          'text-anchor': end ? 'end' : undefined,
        },
        escapeXml(words),
      );

/** Draws the colored left border within the rounded corners of the card. */
export function leftEdge(width: number, height: number = CARD.height): string {
  if (width >= RADIUS) {
    return `M${width} 0V${height}H${RADIUS}A${RADIUS} ${RADIUS} 0 0 1 0 ${height - RADIUS}V${RADIUS}A${RADIUS} ${RADIUS} 0 0 1 ${RADIUS} 0Z`;
  }
  const inset = RADIUS - Math.sqrt(RADIUS ** 2 - (RADIUS - width) ** 2);
  return `M${width} ${inset.toFixed(3)}V${(height - inset).toFixed(3)}A${RADIUS} ${RADIUS} 0 0 1 0 ${height - RADIUS}V${RADIUS}A${RADIUS} ${RADIUS} 0 0 1 ${width} ${inset.toFixed(3)}Z`;
}

function box(card: Card, colors: Colors, stroke: number): string {
  const common = { width: CARD.width, height: CARD.height, rx: RADIUS };
  const shade = colors.shade;
  // A block has a card drawn behind it, or two if it is repeated.
  const behind = card.category !== 'blocks' ? [] : card.repeat > 1 ? [9, 5] : [5];
  return [
    ...behind.map((away) =>
      element('rect', {
        ...common,
        x: away,
        y: away,
        fill: colors.card,
        stroke: colors.line,
        'stroke-width': stroke,
      }),
    ),
    shade === null ? '' : element('rect', { ...common, y: 2, fill: shade, opacity: 0.1 }),
    element('rect', {
      ...common,
      fill: colors.card,
      stroke: colors.line,
      'stroke-width': stroke,
      'stroke-dasharray': card.category === 'unknown' ? '5 3' : undefined,
    }),
  ].join('');
}

/** Draws the title line of an expanded block, like the first line of a card. */
export function drawTitle(card: Card, width: number, height: number, colors: Colors, language: Language): string {
  const right = width - 10;
  const name = fitted(card.name, NAME, (width - LEFT) * 0.6);
  const frozenAt = right - textWidth(name, NAME) - 18;
  const room = (card.frozen ? frozenAt : right - textWidth(name, NAME)) - 6 - (LEFT + 20);
  const line = height / 2 + 4.5;
  const kind = `${card.kind[language]}${card.repeat > 1 ? ` ×${card.repeat}` : ''}`;
  return [
    icon(drawingOf(card.layer, card.category), { x: LEFT, y: height / 2 - 7.5 }, 15, colors.category[card.category]),
    write(fitted(kind, HEAD, room), { x: LEFT + 20, y: line, font: HEAD, fill: colors.muted }),
    card.frozen ? icon(frozenDrawing, { x: frozenAt, y: height / 2 - 6 }, 12, colors.muted) : '',
    write(name, { x: right, y: line, font: NAME, fill: colors.text, end: true }),
    element('path', { d: `M4 ${height}H${width}`, stroke: colors.line, 'stroke-opacity': 0.5 }),
  ].join('');
}

/** Draws a card with all texts that it has on the canvas. */
export function drawCard(card: Card, at: Position, colors: Colors, language: Language): string {
  const color = colors.category[card.category];
  const name = fitted(card.name, NAME, NAME_ROOM);
  const nameStart = RIGHT - textWidth(name, NAME);
  const frozenAt = nameStart - 18;
  const kindRoom = (card.frozen ? frozenAt : nameStart) - 4 - (LEFT + 20);
  const count = card.params > 0 ? paramsText(card)[language] : '';
  const countStart = RIGHT - textWidth(count, FOOT);
  const summaryRoom = RIGHT - LEFT;
  return element(
    'g',
    { transform: `translate(${at.x} ${at.y})` },
    box(card, colors, 1),
    element('path', { d: leftEdge(EDGE), fill: color }),
    icon(drawingOf(card.layer, card.category), { x: LEFT, y: 8.5 }, 15, color),
    write(fitted(`${card.kind[language]}${card.repeat > 1 ? ` ×${card.repeat}` : ''}`, KIND, kindRoom), {
      x: LEFT + 20,
      y: LINES.head,
      font: KIND,
      fill: colors.muted,
    }),
    card.frozen ? icon(frozenDrawing, { x: frozenAt, y: 10 }, 12, colors.muted) : '',
    write(name, { x: RIGHT, y: LINES.head, font: NAME, fill: colors.text, end: true }),
    write(fitted(card.summary[language], HEAD, summaryRoom), {
      x: LEFT,
      y: LINES.summary,
      font: HEAD,
      fill: colors.text,
    }),
    write(fitted(card.shape, FOOT, countStart - LEFT - 5), { x: LEFT, y: LINES.foot, font: FOOT, fill: colors.muted }),
    write(count, { x: RIGHT, y: LINES.foot, font: FOOT, fill: colors.muted, end: true }),
  );
}

/** Draws a card that is recognizable at a height of a few pixels: color and icon, no text. */
export function drawSmallCard(card: Card, at: Position, colors: Colors): string {
  const color = colors.category[card.category];
  return element(
    'g',
    { transform: `translate(${at.x} ${at.y})` },
    box(card, colors, 2),
    element('rect', { width: CARD.width, height: CARD.height, rx: RADIUS, fill: color, opacity: 0.18 }),
    element('path', { d: leftEdge(16), fill: color }),
    icon(drawingOf(card.layer, card.category), { x: (CARD.width + 16) / 2 - 22, y: 12 }, 44, color),
  );
}
