import { expect, test } from 'vitest';
import { edgeShape } from './edge.ts';
import { LABEL_HEIGHT, type LabeledEdge, labelWidth, placeLabels } from './labels.ts';

const area = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });
const edge = (from: readonly [number, number], to: readonly [number, number]): LabeledEdge => ({
  ...edgeShape({ x: from[0], y: from[1] }, { x: to[0], y: to[1] }, 'down'),
  shape: '6×14×14',
});
const straight = edge([0, 0], [0, 400]);
const branch = edge([0, 0], [300, 400]);

test.each([
  ['nothing in the way: in the middle', [straight], [], [{ x: 0, y: 200 }]],
  ['a card over the middle: beside it', [straight], [area(-90, 150, 180, 100)], [{ x: 0, y: 100 }]],
  ['cards over both: behind them', [straight], [area(-90, 60, 180, 200)], [{ x: 0, y: 300 }]],
  ['cards all along: no label', [straight], [area(-90, 0, 180, 400)], [null]],
  ['a stretch shorter than the label: none there', [edge([0, 0], [0, 20])], [area(-90, 5, 180, 9)], [null]],
])('%s', (_, edges, cards, places) => {
  expect(placeLabels(edges, cards)).toEqual(places);
});

test('connections from the same output have separate labels', () => {
  const edges = [straight, branch, edge([0, 0], [-300, 400]), straight];
  const places = placeLabels(edges, [area(100, 150, 120, 90)]);
  expect(places).not.toContain(null);
  const areas = places.flatMap((place, i) => {
    const width = labelWidth(edges[i]?.shape ?? '');
    return place === null ? [] : [area(place.x - width / 2, place.y - LABEL_HEIGHT / 2, width, LABEL_HEIGHT)];
  });
  for (const [i, a] of areas.entries()) {
    for (const b of areas.slice(i + 1)) {
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      expect(apart).toBe(true);
    }
  }
});
