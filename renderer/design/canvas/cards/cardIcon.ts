import { drawingOf } from '../../../../src/blocks/icons.ts';
import { DRAWING_GRID, LINE_WIDTH } from '../../../../src/layers/drawing.ts';
import type { CardContent } from '../scene/scene.ts';

const drawn = new Map<string, HTMLCanvasElement>();
const MOST = 500;

/** A layer's icon as an image: painted once for each size and color. */
export function cardIcon(
  { layer, category }: Pick<CardContent, 'layer' | 'category'>,
  color: string,
  size: number,
  density: number,
): HTMLCanvasElement {
  const key = `${layer} ${category} ${color} ${size} ${density}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const image = document.createElement('canvas');
  image.width = image.height = Math.max(1, Math.ceil(size * density));
  const context = image.getContext('2d');
  const { lines, width = LINE_WIDTH, solid } = drawingOf(layer, category);
  if (context !== null) {
    context.scale(image.width / DRAWING_GRID, image.height / DRAWING_GRID);
    context.strokeStyle = context.fillStyle = color;
    context.lineWidth = width;
    context.lineCap = context.lineJoin = 'round';
    context.stroke(new Path2D(lines));
    if (solid !== undefined) context.fill(new Path2D(solid));
  }
  if (drawn.size >= MOST) drawn.clear();
  drawn.set(key, image);
  return image;
}
