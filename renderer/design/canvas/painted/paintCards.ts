import { type Area, CARD } from '../../../../src/layout/card.ts';
import { byCategory } from '../cards/byCategory.ts';
import { cardIcon } from '../cards/cardIcon.ts';
import { fitText } from '../cards/fitText.ts';
import type { SceneCard } from '../scene/scene.ts';
import { paintOpen } from './paintOpen.ts';
import type { Picture } from './picture.ts';

/** A card, in canvas pixels. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const boxOf = ({ area }: { readonly area: Area }, { view }: Picture): Box => ({
  x: view.x + area.x * view.zoom,
  y: view.y + area.y * view.zoom,
  width: area.width * view.zoom,
  height: area.height * view.zoom,
});

function outline(context: CanvasRenderingContext2D, box: Box, away: number, radius: number): void {
  const { x, y, width, height } = box;
  context.roundRect(x - away, y - away, width + 2 * away, height + 2 * away, radius + away);
}

interface Ring {
  readonly color: string;
  readonly width: number;
  readonly away: number;
  readonly dashed?: boolean;
}

/** Draws a ring around each card, at the distance `away` from its edge. */
function ring(
  context: CanvasRenderingContext2D,
  boxes: readonly Box[],
  { color, width, away, dashed = false }: Ring,
): void {
  if (boxes.length === 0) return;
  context.beginPath();
  for (const box of boxes) outline(context, box, away, 3);
  context.strokeStyle = color;
  context.lineWidth = width;
  context.setLineDash(dashed ? [4, 3] : []);
  context.stroke();
  context.setLineDash([]);
}

/** Hatches frozen cards, because color alone would not be clear enough. */
function hatch(context: CanvasRenderingContext2D, boxes: readonly Box[], color: string): void {
  if (boxes.length === 0) return;
  context.beginPath();
  for (const { x, y, width, height } of boxes) {
    const step = Math.max(4, height / 3);
    for (let at = step; at < width + height; at += step) {
      const [fromX, toX] = [Math.min(at, width), Math.max(0, at - height)];
      context.moveTo(x + fromX, y + at - fromX);
      context.lineTo(x + toX, y + at - toX);
    }
  }
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.globalAlpha = 0.6;
  context.stroke();
  context.globalAlpha = 1;
}

/** Draws a triangle at the corner of each card with a problem, as in the list of problems. */
function mark(context: CanvasRenderingContext2D, boxes: readonly Box[], color: string): void {
  if (boxes.length === 0) return;
  context.beginPath();
  for (const { x, y, width } of boxes) {
    const at = x + width;
    context.moveTo(at, y - 5);
    context.lineTo(at + 5, y + 4);
    context.lineTo(at - 5, y + 4);
    context.closePath();
  }
  context.fillStyle = color;
  context.fill();
}

function paintNames(context: CanvasRenderingContext2D, cards: readonly [SceneCard, Box][], picture: Picture): void {
  const { theme, view, density } = picture;
  // At least 9 px; rounded to half pixels, so that measured text widths can be reused.
  const size = Math.round(Math.max(9, 22 * view.zoom) * 2) / 2;
  const icon = Math.round(Math.min(size + 3, CARD.height * view.zoom - 4));
  context.font = `600 ${size}px ${theme.font}`;
  context.textBaseline = 'middle';
  context.fillStyle = theme.text;
  for (const [{ content }, { x, y, width, height }] of cards) {
    const left = x + Math.max(3, 6 * view.zoom) + 2;
    const middle = y + height / 2;
    const drawing = cardIcon(content, theme.category[content.category], icon, density);
    context.drawImage(drawing, left, middle - icon / 2, icon, icon);
    const room = x + width - 3 - (left + icon + 3);
    const name = fitText(context, content.repeat > 1 ? `${content.name} ×${content.repeat}` : content.name, room);
    context.fillText(name, left + icon + 3, middle + 0.5);
  }
}

/** Draws the edges of cards behind a block: one, or two if it is repeated. */
function paintBehind(
  context: CanvasRenderingContext2D,
  cards: readonly SceneCard[],
  picture: Picture,
  radius: number,
): void {
  const { theme, view } = picture;
  for (const step of [2, 1]) {
    const away = 5 * step * view.zoom;
    context.beginPath();
    for (const card of cards) {
      if (step > 1 && card.content.repeat === 1) continue;
      const { x, y, width, height } = boxOf(card, picture);
      context.roundRect(x + away, y + away, width, height, radius);
    }
    context.fillStyle = theme.card;
    context.fill();
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    context.stroke();
  }
}

/** Paints cards, with one pass per kind of stroke rather than per card. The context uses canvas pixels. */
export function paintCards(context: CanvasRenderingContext2D, all: readonly SceneCard[], picture: Picture): void {
  const { theme, detail, selected, view } = picture;
  const open = all.filter(({ content }) => content.inside !== null);
  const cards = open.length === 0 ? all : all.filter(({ content }) => content.inside === null);
  if (open.length > 0) paintOpen(context, open, picture);
  const boxes = cards.map((card) => [card, boxOf(card, picture)] as [SceneCard, Box]);
  const radius = 6 * view.zoom;
  for (const [category, members] of byCategory(cards)) {
    const group = members.map((card) => boxOf(card, picture));
    const color = theme.category[category];
    if (category === 'blocks' && detail !== 'bar') paintBehind(context, members, picture, radius);
    context.beginPath();
    for (const { x, y, width, height } of group) {
      if (detail === 'bar') context.rect(x, y, width, height);
      else context.roundRect(x, y, width, height, radius);
    }
    context.fillStyle = detail === 'bar' ? color : `color-mix(in srgb, ${color} 16%, ${theme.card})`;
    context.fill();
    if (detail === 'bar') continue;
    context.strokeStyle = `color-mix(in srgb, ${color} 70%, ${theme.card})`;
    context.lineWidth = 1;
    context.stroke();
    context.beginPath();
    const edge = Math.max(3, 6 * view.zoom);
    for (const { x, y, height } of group) context.roundRect(x, y, edge, height, [radius, 0, 0, radius]);
    context.fillStyle = color;
    context.fill();
  }
  const every = [...boxes, ...open.map((card) => [card, boxOf(card, picture)] as [SceneCard, Box])];
  const these = (test: (card: SceneCard) => boolean) => every.filter(([card]) => test(card)).map(([, box]) => box);
  const frozen = these(({ content }) => content.frozen === 'all');
  hatch(context, frozen, detail === 'bar' ? theme.canvas : theme.line);
  if (detail === 'name') paintNames(context, boxes, picture);
  const wrong = (severity: string) => these(({ content }) => content.severity === severity);
  const [errors, warnings] = [wrong('error'), wrong('warning')];
  ring(context, warnings, { color: theme.warning, width: 1.5, away: 1 });
  ring(context, errors, { color: theme.danger, width: 2, away: 1 });
  const chosen = these(({ node }) => selected.nodes.has(node.id));
  ring(context, chosen, { color: theme.accent, width: 2, away: 2.5 });
  const found = these(({ node }) => picture.found.has(node.id));
  ring(context, found, { color: theme.accent, width: 2, away: 4.5, dashed: true });
  mark(context, warnings, theme.warning);
  mark(context, errors, theme.danger);
}

/** Paints the card under the pointer. */
export function paintPointed(context: CanvasRenderingContext2D, card: SceneCard, picture: Picture): void {
  ring(context, [boxOf(card, picture)], { color: picture.theme.text, width: 1.5, away: 1 });
}
