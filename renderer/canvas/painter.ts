import { paintCards, paintPointed } from './paintCards.ts';
import { paintWires } from './paintWires.ts';
import { type Picture, sameStill } from './picture.ts';
import { aroundAll, cardRect, grown, overlap, type Rect } from './rect.ts';
import type { SceneCard, SceneWire } from './scene.ts';
import { seenIn } from './view.ts';

/** What a ring or a mark takes beside a card, in pixels. */
const BESIDE = 8;

function resize(canvas: HTMLCanvasElement, { view, density }: Picture): boolean {
  const [width, height] = [Math.round(view.width * density), Math.round(view.height * density)];
  if (canvas.width === width && canvas.height === height) return false;
  canvas.width = width;
  canvas.height = height;
  return true;
}

function paint(
  context: CanvasRenderingContext2D,
  cards: readonly SceneCard[],
  wires: readonly SceneWire[],
  picture: Picture,
): void {
  const { view, density } = picture;
  const scale = view.zoom * density;
  context.setTransform(scale, 0, 0, scale, view.x * density, view.y * density);
  paintWires(context, wires, picture);
  context.setTransform(density, 0, 0, density, 0, 0);
  paintCards(context, cards, picture);
}

/**
 * Paints the network on two layers: what lies still, and what is being dragged or pointed at. A drag repaints the second
 * alone, so it costs what the dragged cards and their wires cost, whatever the size of the network.
 */
export function createPainter(still: HTMLCanvasElement, moving: HTMLCanvasElement) {
  const contexts = [still.getContext('2d'), moving.getContext('2d')] as const;
  let painted: Picture | null = null;
  let dirty: Rect | null = null;

  function paintStill(context: CanvasRenderingContext2D, picture: Picture): void {
    const { scene, view, moving: away } = picture;
    const seen = grown(seenIn(view), BESIDE / view.zoom);
    const cards = [...scene.cards.values()].filter(
      ({ node }) => !away.has(node.id) && overlap(cardRect(node.position), seen),
    );
    const wires = [...scene.wires.values()].filter(
      ({ edge, bounds }) => !away.has(edge.from.node) && !away.has(edge.to.node) && overlap(grown(bounds, 2), seen),
    );
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, still.width, still.height);
    paint(context, cards, wires, picture);
  }

  function paintMoving(context: CanvasRenderingContext2D, picture: Picture): void {
    const { scene, view, moving: away, pointed, selected, density } = picture;
    context.setTransform(density, 0, 0, density, 0, 0);
    if (dirty !== null) context.clearRect(dirty.x, dirty.y, dirty.width, dirty.height);
    const cards = [...away].flatMap((id) => scene.cards.get(id) ?? []);
    const wires =
      away.size === 0
        ? []
        : [...scene.wires.values()].filter(({ edge }) => away.has(edge.from.node) || away.has(edge.to.node));
    const card = scene.cards.get(pointed.card ?? '');
    const wire = scene.wires.get(pointed.wire ?? '');
    const box = aroundAll([
      ...[...cards, ...(card === undefined ? [] : [card])].map(({ node }) => cardRect(node.position)),
      ...[...wires, ...(wire === undefined ? [] : [wire])].map(({ bounds }) => bounds),
    ]);
    dirty = box && {
      x: view.x + box.x * view.zoom - BESIDE,
      y: view.y + box.y * view.zoom - BESIDE,
      width: box.width * view.zoom + 2 * BESIDE,
      height: box.height * view.zoom + 2 * BESIDE,
    };
    if (box === null) return;
    paint(context, cards, wires, picture);
    if (wire !== undefined) {
      const hovered = { ...selected, edges: new Set([wire.edge.id]) };
      paint(context, [], [wire], { ...picture, selected: hovered });
    }
    if (card !== undefined) paintPointed(context, card, picture);
  }

  return {
    paint(picture: Picture): void {
      const [stillContext, movingContext] = contexts;
      if (stillContext === null || movingContext === null) return;
      const resized = resize(still, picture);
      resize(moving, picture);
      if (resized || painted === null || !sameStill(painted, picture)) paintStill(stillContext, picture);
      paintMoving(movingContext, picture);
      painted = picture;
    },
  };
}

export type Painter = ReturnType<typeof createPainter>;
