import { expect, test } from 'vitest';
import { check } from '../../../../src/check/check.ts';
import { templateOf } from '../../../../templates/index.ts';
import { fitTo, hasMap, piecesOf } from './fit.ts';
import { overlap, type Rect } from './rect.ts';
import { sceneOf } from './scene.ts';

const widths = [240, 320, 479, 480, 560, 700, 970, 1280, 1500, 1900];
const heights = [180, 240, 299, 300, 420, 560, 760, 1100];
const sizes = widths.flatMap((width) => heights.map((height) => ({ width, height })));
const ids = ['lenet_modern', 'resnet18', 'googlenet_torchvision', 'vgg16', 'mlp'].filter((id) => templateOf(id));

test.each(
  ids,
)('%s is all seen in a canvas of any size, connections too, and nothing lies under the tools or the map', (id) => {
  const document = templateOf(id)?.document;
  if (document === undefined) throw new Error(id);
  const pieces = piecesOf(sceneOf(document, check(document), null));
  const wrong = sizes.flatMap((size) => {
    const { x, y, zoom } = fitTo(pieces, size, false);
    const tools = { x: 12, y: size.height - 52, width: 130, height: 40 };
    const map = { x: size.width - 159, y: size.height - 107, width: 144, height: 92 };
    const corners = hasMap(size) ? [tools, map] : [tools];
    const isWrong = (piece: Rect): boolean => {
      const width = piece.width * zoom;
      const height = piece.height * zoom;
      const [left, top] = [x + piece.x * zoom, y + piece.y * zoom];
      const out = left <= 0 || top <= 0 || left + width >= size.width || top + height >= size.height;
      return out || corners.some((corner) => overlap({ x: left, y: top, width, height }, corner));
    };
    return pieces.some(isWrong) ? [size] : [];
  });
  expect(wrong).toEqual([]);
});
