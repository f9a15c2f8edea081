import { sizesIn } from '../../../../src/layout/size.ts';
import type { Theme } from '../../../ui/theme/theme.ts';
import { byCategory } from '../cards/byCategory.ts';
import { boundsOf } from '../scene/fit.ts';
import type { InnerCard } from '../scene/insideContent.ts';
import type { Rect } from '../scene/rect.ts';
import type { Scene, SceneCard } from '../scene/scene.ts';
import { innerCards } from './paintOpen.ts';

/** Size of the map and the room within its edge, in pixels. */
export const MAP = { width: 144, height: 92, padding: 5 } as const;

/** Document coordinates of the upper left corner of the map, and map pixels per document unit. */
export interface MapScale {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

const known = new WeakMap<Scene, MapScale>();

export function mapOf(scene: Scene): MapScale {
  const before = known.get(scene);
  if (before !== undefined) return before;
  const { x, y, width, height } = boundsOf(scene.document, sizesIn(scene.document, scene.check)) ?? {
    x: 0,
    y: 0,
    width: 1,
    height: 1,
  };
  const { padding } = MAP;
  const scale = Math.min((MAP.width - 2 * padding) / width, (MAP.height - 2 * padding) / height);
  const map = { x: x + width / 2 - MAP.width / 2 / scale, y: y + height / 2 - MAP.height / 2 / scale, scale };
  known.set(scene, map);
  return map;
}

export const onMap = ({ x, y, scale }: MapScale, rect: Rect): Rect => ({
  x: (rect.x - x) * scale,
  y: (rect.y - y) * scale,
  width: rect.width * scale,
  height: rect.height * scale,
});

export function paintMap(canvas: HTMLCanvasElement, scene: Scene, theme: Theme, density: number): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const [width, height] = [Math.round(MAP.width * density), Math.round(MAP.height * density)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, MAP.width, MAP.height);
  const map = mapOf(scene);
  const { frames, notes } = scene.document;
  for (const { position, size, colour } of frames) {
    const { x, y, width: across, height: down } = onMap(map, { ...position, ...size });
    context.globalAlpha = 0.15;
    context.fillStyle = theme.frame[colour];
    context.fillRect(x, y, across, down);
    context.globalAlpha = 1;
    context.strokeStyle = theme.frame[colour];
    context.strokeRect(x, y, across, down);
  }
  context.strokeStyle = theme.note;
  for (const { position, size } of notes) {
    const { x, y, width: across, height: down } = onMap(map, { ...position, ...size });
    context.strokeRect(x, y, Math.max(2, across), Math.max(2, down));
  }
  // Dots are at least one pixel wide, so that they are visible at any scale.
  const dot = (rect: Rect): void => {
    const { x, y, width, height } = onMap(map, rect);
    context.rect(x, y, Math.max(1.5, width), Math.max(1, height));
  };
  const all = [...scene.cards.values()];
  const open = all.filter(({ content }) => content.inside !== null);
  if (open.length > 0) {
    context.beginPath();
    for (const { area } of open) dot(area);
    context.fillStyle = `color-mix(in srgb, ${theme.category.blocks} 25%, ${theme.canvas})`;
    context.fill();
  }
  const closed = all.filter(({ content }) => content.inside === null);
  const dots = [...byCategory(closed)].map(([category, cards]) => [category, cards.map(({ area }) => area)] as const);
  for (const [category, rects] of [...dots, ...innerDots(open)]) {
    context.beginPath();
    for (const rect of rects) dot(rect);
    context.fillStyle = theme.category[category];
    context.fill();
  }
}

/** Cards inside open blocks, by category. */
function innerDots(cards: Iterable<SceneCard>): ReadonlyMap<InnerCard['category'], Rect[]> {
  const dots = new Map<InnerCard['category'], Rect[]>();
  for (const { area, content } of cards) {
    if (content.inside === null) continue;
    for (const { card, at } of innerCards(content.inside, area)) {
      if (card.inside !== null) continue;
      const { width, height } = card.area;
      dots.set(card.category, [...(dots.get(card.category) ?? []), { ...at, width, height }]);
    }
  }
  return dots;
}
