import { aroundAll, grown, overlap, type Rect } from '../scene/rect.ts';
import type { SceneCard, SceneEdge } from '../scene/scene.ts';
import { type View, visibleArea } from '../scene/view.ts';
import { paintCards, paintPointed } from './paintCards.ts';
import { paintEdges } from './paintEdges.ts';
import { type Picture, sameStill } from './picture.ts';

/** Margin around a card for its ring and marks, in pixels. */
const BESIDE = 8;

function resize(canvas: HTMLCanvasElement, { view, density }: Picture): boolean {
  const [width, height] = [Math.round(view.width * density), Math.round(view.height * density)];
  if (canvas.width === width && canvas.height === height) return false;
  canvas.width = width;
  canvas.height = height;
  return true;
}

/** The visible part of `bounds`, from document coordinates to canvas pixels, with a margin for rings and marks. */
function inView({ x, y, width, height }: Rect, view: View): Rect {
  const left = Math.max(0, Math.floor(view.x + x * view.zoom - BESIDE));
  const top = Math.max(0, Math.floor(view.y + y * view.zoom - BESIDE));
  const right = Math.min(view.width, Math.ceil(view.x + (x + width) * view.zoom + BESIDE));
  const bottom = Math.min(view.height, Math.ceil(view.y + (y + height) * view.zoom + BESIDE));
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** Rounded up, so that the canvas element is not resized at every move. */
const roomFor = (length: number): number => Math.ceil(length / 64) * 64;

/** Moves the canvas element to `box`. It is kept small, because the browser redraws all of it after a change. */
function place(canvas: HTMLCanvasElement, box: Rect, density: number): void {
  const [width, height] = [roomFor(box.width), roomFor(box.height)];
  if (canvas.width !== Math.round(width * density) || canvas.height !== Math.round(height * density)) {
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  canvas.style.transform = `translate(${box.x}px, ${box.y}px)`;
}

function paint(
  context: CanvasRenderingContext2D,
  cards: readonly SceneCard[],
  edges: readonly SceneEdge[],
  picture: Picture,
): void {
  const { view, density } = picture;
  const scale = view.zoom * density;
  context.setTransform(scale, 0, 0, scale, view.x * density, view.y * density);
  paintEdges(context, edges, picture);
  context.setTransform(density, 0, 0, density, 0, 0);
  paintCards(context, cards, picture);
}

/**
 * Paints the network on two layers: one for cards that do not move, one for cards that are dragged or under the pointer.
 * A drag repaints only the second layer, so its cost does not depend on the size of the network.
 */
export function createPainter(still: HTMLCanvasElement, moving: HTMLCanvasElement) {
  const contexts = [still.getContext('2d'), moving.getContext('2d')] as const;
  let painted: Picture | null = null;

  function paintStill(context: CanvasRenderingContext2D, picture: Picture): void {
    const { scene, view, moving: away } = picture;
    const seen = grown(visibleArea(view), BESIDE / view.zoom);
    const cards = [...scene.cards.values()].filter(({ node, area }) => !away.has(node.id) && overlap(area, seen));
    const edges = [...scene.edges.values()].filter(
      ({ edge, bounds }) => !away.has(edge.from.node) && !away.has(edge.to.node) && overlap(grown(bounds, 2), seen),
    );
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, still.width, still.height);
    paint(context, cards, edges, picture);
  }

  function paintMoving(context: CanvasRenderingContext2D, picture: Picture): void {
    const { scene, view, moving: away, pointed, selected, density } = picture;
    const cards = [...away].flatMap((id) => scene.cards.get(id) ?? []);
    const edges =
      away.size === 0
        ? []
        : [...scene.edges.values()].filter(({ edge }) => away.has(edge.from.node) || away.has(edge.to.node));
    const card = scene.cards.get(pointed.card ?? '');
    const edge = scene.edges.get(pointed.edge ?? '');
    const bounds = aroundAll([
      ...[...cards, ...(card === undefined ? [] : [card])].map(({ area }) => area),
      ...[...edges, ...(edge === undefined ? [] : [edge])].map((led) => led.bounds),
    ]);
    moving.hidden = bounds === null;
    if (bounds === null) return;
    const box = inView(bounds, view);
    place(moving, box, density);
    const inBox = { ...picture, view: { ...view, x: view.x - box.x, y: view.y - box.y } };
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, moving.width, moving.height);
    paint(context, cards, edges, inBox);
    if (edge !== undefined) {
      paint(context, [], [edge], { ...inBox, selected: { ...selected, edges: new Set([edge.edge.id]) } });
    }
    if (card !== undefined) paintPointed(context, card, inBox);
  }

  return {
    paint(picture: Picture): void {
      const [stillContext, movingContext] = contexts;
      if (stillContext === null || movingContext === null) return;
      const resized = resize(still, picture);
      if (resized || painted === null || !sameStill(painted, picture)) paintStill(stillContext, picture);
      paintMoving(movingContext, picture);
      painted = picture;
    },
  };
}

export type Painter = ReturnType<typeof createPainter>;
