import { expect, test } from 'vitest';
import type { Direction, Position } from '../graph/document.ts';
import { random } from '../random/philox.ts';
import { areaAt, CARD } from './card.ts';
import { type Bend, edgePoints, edgeShape } from './edge.ts';
import { type EdgeEndpoints, type Routes, routeEdges } from './route.ts';

const under = (x: number, y: number) => ({ x: x + CARD.width / 2, y: y + CARD.height });
const above = (x: number, y: number) => ({ x: x + CARD.width / 2, y });
const edge = (id: string, from: { x: number; y: number }, to: { x: number; y: number }): EdgeEndpoints => ({
  id,
  source: id,
  from,
  to,
});

const byNumber = (cards: readonly Position[]) =>
  new Map(cards.map((card, index) => [String(index), areaAt(card, CARD)]));
const bendsOf = (cards: readonly Position[], edges: readonly EdgeEndpoints[], direction: Direction) =>
  new Map([...routeEdges(byNumber(cards), edges, direction).edges].map(([id, { bend }]): [string, Bend] => [id, bend]));

const column = [0, 110, 220, 330].map((y) => ({ x: 0, y }));

test('without obstacles, a connection takes the direct route', () => {
  const bends = bendsOf(column, [edge('next', under(0, 0), above(0, 110))], 'down');
  expect(bends.get('next')).toEqual({ step: 89 });
});

test('each connection that passes other cards takes its own lane beside them', () => {
  const skips = [edge('a', under(0, 0), above(0, 330)), edge('b', under(0, 0), above(0, 330))];
  const bends = bendsOf(column, skips, 'down');
  const lanes = skips.map(({ id }) => (bends.get(id) as { lane: number }).lane);
  for (const lane of lanes) expect(lane < 0 || lane > CARD.width).toBe(true);
  expect(Math.abs((lanes[0] as number) - (lanes[1] as number))).toBeGreaterThanOrEqual(10);
});

test('connections of one source share a lane', () => {
  const skips = ['a', 'b'].map((id) => ({ ...edge(id, under(0, 0), above(0, 330)), source: 'one' }));
  const bends = bendsOf(column, skips, 'down');
  expect(bends.get('a')).toEqual(bends.get('b'));
});

test('a connection to the top of the next column runs between the two columns', () => {
  const cards = [...column, ...column.map(({ y }) => ({ x: 250, y }))];
  const bends = bendsOf(cards, [edge('back', under(0, 330), above(250, 0))], 'down');
  expect(bends.get('back')).toEqual({ lane: 213 });
});

test('no connection crosses a card, whichever the direction', () => {
  const cards = Array.from({ length: 30 }, (_, index) => ({
    x: ((index * 7) % 10) * 230,
    y: Math.floor(index / 3) * 120,
  }));
  for (const direction of ['down', 'right'] as const) {
    const ends = cards.slice(1).map((card, index) => {
      const before = cards[index] as { x: number; y: number };
      return direction === 'down'
        ? edge(String(index), under(before.x, before.y), above(card.x, card.y))
        : edge(
            String(index),
            { x: before.x + CARD.width, y: before.y + CARD.height / 2 },
            { x: card.x, y: card.y + CARD.height / 2 },
          );
    });
    const bends = bendsOf(cards, ends, direction);
    const crossed = ends.flatMap(({ id, from, to }) => {
      const points = edgePoints(from, to, direction, bends.get(id) ?? { step: 0 });
      return points.slice(1).flatMap((end, index) => {
        const start = points[index] as { x: number; y: number };
        return cards.filter(
          ({ x, y }) =>
            Math.min(start.x, end.x) < x + CARD.width &&
            Math.max(start.x, end.x) > x &&
            Math.min(start.y, end.y) < y + CARD.height &&
            Math.max(start.y, end.y) > y,
        );
      });
    });
    expect(crossed).toEqual([]);
  }
});

test('incremental routes after many moves equal routes from scratch', () => {
  const draw = random(7, 'moves');
  const below = (count: number) => Math.floor(draw.uniform() * count);
  for (const direction of ['down', 'right'] as const) {
    let cards: readonly Position[] = Array.from({ length: 30 }, (_, index) => ({
      x: (index % 5) * 230,
      y: Math.floor(index / 5) * 130,
    }));
    let before: Routes | null = null;
    for (let move = 0; move < 40; move++) {
      const moved = below(30);
      cards = cards.map((card, index) => (index === moved ? { x: below(1200), y: below(800) } : card));
      if (move === 20) cards = cards.slice(1);
      const edges = cards.slice(1).map((card, index) => {
        const from = cards[(index * 7) % (index + 1)] as Position;
        return {
          id: `w${index}`,
          source: String((index * 7) % (index + 1)),
          from: under(from.x, from.y),
          to: above(card.x, card.y),
        };
      });
      before = routeEdges(byNumber(cards), edges, direction, before);
      expect(new Map([...before.edges].sort())).toEqual(
        new Map([...routeEdges(byNumber(cards), edges, direction).edges].sort()),
      );
    }
  }
});

test('routing is fast for cards millions of units apart and for a card as large as the canvas', () => {
  const far = 10_000_000;
  const places = Array.from({ length: 400 }, (_, i) => ({ x: i % 2 ? far : -far, y: i % 3 ? far : -far }));
  const cards = new Map(byNumber(places));
  cards.set('vast', { x: -far, y: -far, width: 2 * far, height: 2 * far });
  const edges = places.slice(1).map((to, i) => {
    const from = places[i] as Position;
    return edge(String(i), under(from.x, from.y), above(to.x, to.y));
  });
  expect(routeEdges(cards, edges, 'down').edges.size).toBe(edges.length);
});

/** Every stretch across the flow: its edge, where it lies and from where to where. */
function runsIn(cards: readonly Position[], edges: readonly EdgeEndpoints[]) {
  const bends = bendsOf(cards, edges, 'down');
  return edges.flatMap(({ id, source, from, to }) => {
    const points = edgePoints(from, to, 'down', bends.get(id) ?? { step: 0 });
    return points.slice(1).flatMap((end, index) => {
      const start = points[index] as Position;
      if (start.y !== end.y) return [];
      return [{ id, source, y: end.y, left: Math.min(start.x, end.x), right: Math.max(start.x, end.x) }];
    });
  });
}

const port = (card: Position, index: number, count: number) => ({
  x: card.x + (CARD.width * (index + 1)) / (count + 1),
  y: card.y,
});

test.each<[string, Position[], (cards: readonly Position[]) => EdgeEndpoints[]]>([
  [
    'branches into a merge',
    [...[0, 230, 460, 690].map((x) => ({ x, y: 0 })), { x: 345, y: 110 }],
    (cards) => [0, 1, 2, 3].map((i) => edge(`b${i}`, under(cards[i]?.x ?? 0, 0), port(cards[4] as Position, i, 4))),
  ],
  [
    'four branches on one side',
    [...[0, 230, 460, 690].map((x) => ({ x, y: 0 })), { x: 920, y: 110 }],
    (cards) => [0, 1, 2, 3].map((i) => edge(`b${i}`, under(cards[i]?.x ?? 0, 0), port(cards[4] as Position, i, 4))),
  ],
  [
    'columns back to the top, side by side',
    [
      ...[0, 110].map((y) => ({ x: 0, y })),
      ...[0, 110].map((y) => ({ x: 250, y })),
      { x: 500, y: 0 },
      { x: 750, y: 0 },
    ],
    () => [edge('a', under(0, 110), above(500, 0)), edge('b', under(250, 110), above(750, 0))],
  ],
])('%s: no two connections of different sources share a stretch', (_, cards, edgesOf) => {
  const runs = runsIn(cards, edgesOf(cards));
  for (const a of runs) {
    for (const b of runs) {
      const beside = a.source === b.source || a.right <= b.left || b.right <= a.left;
      if (!beside) expect(Math.abs(a.y - b.y), `${a.id} and ${b.id}`).toBeGreaterThanOrEqual(5.5);
    }
  }
  expect(runs.length).toBeGreaterThan(1);
});

test('branches from one side do not cross before a merge', () => {
  const cards = [...[0, 230, 460].map((x) => ({ x, y: 0 })), { x: 920, y: 110 }];
  const runs = runsIn(
    cards,
    [0, 1, 2].map((i) => edge(`b${i}`, under(cards[i]?.x ?? 0, 0), port(cards[3] as Position, i, 3))),
  );
  expect(runs.map(({ id }) => id)).toEqual(['b0', 'b1', 'b2']);
  expect(runs.map(({ y }) => y)).toEqual(runs.map(({ y }) => y).toSorted((a, b) => b - a));
});

test('a skip connection branches off before the label of the straight one', () => {
  const source = { ...edge('main', under(0, 0), above(0, 110)), source: 'one' };
  const skip = { ...edge('skip', under(0, 0), above(0, 330)), source: 'one' };
  const bend = bendsOf(column, [source, skip], 'down').get('skip');
  const { label } = edgeShape(source.from, source.to, 'down', bendsOf(column, [source, skip], 'down').get('main'));
  const turn = edgePoints(skip.from, skip.to, 'down', bend as Bend)[1] as Position;
  expect(turn.y).toBeLessThan(label.y - 8);
});
