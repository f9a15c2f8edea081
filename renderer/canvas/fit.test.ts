import { expect, test } from 'vitest';
import { check } from '../../src/check/check.ts';
import { templateOf } from '../../templates/index.ts';
import { fitTo, piecesOf } from './fit.ts';
import { overlap, type Rect } from './rect.ts';
import { sceneOf } from './scene.ts';

const sizes = [
  { width: 970, height: 560 },
  { width: 560, height: 420 },
  { width: 1500, height: 1100 },
];
const ids = ['lenet_modern', 'resnet18', 'googlenet_torchvision', 'vgg16', 'mlp'].filter((id) => templateOf(id));

test.each(
  ids.flatMap((id) => sizes.map((size) => [id, size] as const)),
)('%s is all seen in %o, wires too, and nothing lies under the tools or the map', (id, size) => {
  const document = templateOf(id)?.document;
  if (document === undefined) throw new Error(id);
  const pieces = piecesOf(sceneOf(document, check(document), null));
  const { x, y, zoom } = fitTo(pieces, size, false);
  const shown = pieces.map(
    (piece): Rect => ({
      x: x + piece.x * zoom,
      y: y + piece.y * zoom,
      width: piece.width * zoom,
      height: piece.height * zoom,
    }),
  );
  for (const piece of shown) {
    expect(piece.x).toBeGreaterThan(0);
    expect(piece.y).toBeGreaterThan(0);
    expect(piece.x + piece.width).toBeLessThan(size.width);
    expect(piece.y + piece.height).toBeLessThan(size.height);
  }
  const tools = { x: 12, y: size.height - 52, width: 130, height: 40 };
  const map = { x: size.width - 159, y: size.height - 107, width: 144, height: 92 };
  expect(shown.filter((piece) => overlap(piece, tools) || overlap(piece, map))).toEqual([]);
});
