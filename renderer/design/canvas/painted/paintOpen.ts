import type { Position } from '../../../../src/graph/document.ts';
import { OPEN_HEAD } from '../../../../src/layout/inside.ts';
import { cardIcon } from '../cards/cardIcon.ts';
import { fitText } from '../cards/fitText.ts';
import type { InnerCard, InsideContent } from '../scene/insideContent.ts';
import type { SceneCard } from '../scene/scene.ts';
import type { Picture } from './picture.ts';

/** The cards inside expanded blocks, block by block, in document coordinates. */
export function* innerCards(
  inside: InsideContent,
  at: Position,
): Generator<{ readonly card: InnerCard; readonly at: Position }> {
  for (const card of inside.cards) {
    const there = { x: at.x + card.area.x, y: at.y + card.area.y };
    yield { card, at: there };
    if (card.inside !== null) yield* innerCards(card.inside, there);
  }
}

function* innerEdges(inside: InsideContent, at: Position): Generator<readonly Position[]> {
  for (const { points } of inside.edges) yield points.map(({ x, y }) => ({ x: at.x + x, y: at.y + y }));
  for (const card of inside.cards) {
    if (card.inside !== null) yield* innerEdges(card.inside, { x: at.x + card.area.x, y: at.y + card.area.y });
  }
}

/** Paints expanded blocks as areas with their names, and the cards inside as bars of color, with an icon if it fits. */
export function paintOpen(context: CanvasRenderingContext2D, cards: readonly SceneCard[], picture: Picture): void {
  const { theme, detail, view, density } = picture;
  const [x, y] = [(value: number) => view.x + value * view.zoom, (value: number) => view.y + value * view.zoom];
  const color = theme.category.blocks;
  for (const { area, content } of cards) {
    const { inside } = content;
    if (inside === null) continue;
    const [left, top, width, height] = [x(area.x), y(area.y), area.width * view.zoom, area.height * view.zoom];
    const radius = 6 * view.zoom;
    context.beginPath();
    context.roundRect(left, top, width, height, radius);
    context.fillStyle = `color-mix(in srgb, ${color} 8%, ${theme.canvas})`;
    context.fill();
    context.strokeStyle = `color-mix(in srgb, ${color} 70%, ${theme.card})`;
    context.lineWidth = 1;
    context.stroke();
    context.fillStyle = color;
    context.beginPath();
    context.roundRect(left, top, Math.max(2, 6 * view.zoom), height, [radius, 0, 0, radius]);
    context.fill();

    context.beginPath();
    for (const points of innerEdges(inside, area)) {
      for (const [i, point] of points.entries()) {
        if (i === 0) context.moveTo(x(point.x), y(point.y));
        else context.lineTo(x(point.x), y(point.y));
      }
    }
    context.strokeStyle = theme.edge;
    context.lineWidth = Math.max(0.75, 1.5 * view.zoom);
    context.stroke();

    const icon = Math.round(34 * view.zoom);
    for (const { card, at } of innerCards(inside, area)) {
      if (card.inside !== null) continue;
      const tone = theme.category[card.category];
      const box = [x(at.x), y(at.y), card.area.width * view.zoom, card.area.height * view.zoom] as const;
      context.beginPath();
      context.rect(...box);
      context.fillStyle = detail === 'bar' ? tone : `color-mix(in srgb, ${tone} 22%, ${theme.card})`;
      context.fill();
      if (card.severity !== null) {
        context.strokeStyle = card.severity === 'error' ? theme.danger : theme.warning;
        context.lineWidth = 2;
        context.stroke();
      }
      if (detail === 'bar' || icon < 9) continue;
      context.fillStyle = tone;
      context.fillRect(box[0], box[1], Math.max(2, 5 * view.zoom), box[3]);
      const drawing = cardIcon(card, tone, icon, density);
      context.drawImage(drawing, box[0] + (box[2] - icon) / 2, box[1] + (box[3] - icon) / 2, icon, icon);
    }
    if (detail === 'name')
      paintTitle(context, content.repeat > 1 ? `${content.name} ×${content.repeat}` : content.name);

    function paintTitle(painter: CanvasRenderingContext2D, name: string): void {
      // At least 9 px, like the names of cards; a larger title line takes space below it.
      const size = Math.round(Math.max(9, 22 * view.zoom) * 2) / 2;
      painter.font = `600 ${size}px ${theme.font}`;
      painter.textBaseline = 'middle';
      painter.fillStyle = theme.text;
      const inset = Math.max(5, 14 * view.zoom);
      const middle = top + Math.max((OPEN_HEAD * view.zoom) / 2, size / 2 + 2);
      painter.fillText(fitText(painter, name, width - 2 * inset), left + inset, middle);
    }
  }
}
