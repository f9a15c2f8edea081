import { expect, test } from 'vitest';
import type { Direction, Position } from '../graph/document.ts';
import { random } from '../random/philox.ts';
import { areaAt, CARD } from './card.ts';
import { type Routes, routeWires, type WireEnds } from './route.ts';
import { type Bend, wirePoints, wireShape } from './wire.ts';

const under = (x: number, y: number) => ({ x: x + CARD.width / 2, y: y + CARD.height });
const above = (x: number, y: number) => ({ x: x + CARD.width / 2, y });
const wire = (id: string, from: { x: number; y: number }, to: { x: number; y: number }): WireEnds => ({
  id,
  source: id,
  from,
  to,
});

const byNumber = (cards: readonly Position[]) =>
  new Map(cards.map((card, index) => [String(index), areaAt(card, CARD)]));
const bendsOf = (cards: readonly Position[], wires: readonly WireEnds[], direction: Direction) =>
  new Map([...routeWires(byNumber(cards), wires, direction).wires].map(([id, { bend }]): [string, Bend] => [id, bend]));

const column = [0, 110, 220, 330].map((y) => ({ x: 0, y }));

test('what is in nobody’s way goes as it would', () => {
  const bends = bendsOf(column, [wire('next', under(0, 0), above(0, 110))], 'down');
  expect(bends.get('next')).toEqual({ step: 89 });
});

test('a wire past other cards takes a lane beside them, and so do two, each its own', () => {
  const skips = [wire('a', under(0, 0), above(0, 330)), wire('b', under(0, 0), above(0, 330))];
  const bends = bendsOf(column, skips, 'down');
  const lanes = skips.map(({ id }) => (bends.get(id) as { lane: number }).lane);
  for (const lane of lanes) expect(lane < 0 || lane > CARD.width).toBe(true);
  expect(Math.abs((lanes[0] as number) - (lanes[1] as number))).toBeGreaterThanOrEqual(10);
});

test('wires of one source share a lane', () => {
  const skips = ['a', 'b'].map((id) => ({ ...wire(id, under(0, 0), above(0, 330)), source: 'one' }));
  const bends = bendsOf(column, skips, 'down');
  expect(bends.get('a')).toEqual(bends.get('b'));
});

test('a wire back to the top of the next column goes between the two', () => {
  const cards = [...column, ...column.map(({ y }) => ({ x: 250, y }))];
  const bends = bendsOf(cards, [wire('back', under(0, 330), above(250, 0))], 'down');
  expect(bends.get('back')).toEqual({ lane: 213 });
});

test('no wire crosses a card, whichever the direction', () => {
  const cards = Array.from({ length: 30 }, (_, index) => ({
    x: ((index * 7) % 10) * 230,
    y: Math.floor(index / 3) * 120,
  }));
  for (const direction of ['down', 'right'] as const) {
    const ends = cards.slice(1).map((card, index) => {
      const before = cards[index] as { x: number; y: number };
      return direction === 'down'
        ? wire(String(index), under(before.x, before.y), above(card.x, card.y))
        : wire(
            String(index),
            { x: before.x + CARD.width, y: before.y + CARD.height / 2 },
            { x: card.x, y: card.y + CARD.height / 2 },
          );
    });
    const bends = bendsOf(cards, ends, direction);
    const crossed = ends.flatMap(({ id, from, to }) => {
      const points = wirePoints(from, to, direction, bends.get(id) ?? { step: 0 });
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

test('led anew after each of many moves is the same as led from nothing', () => {
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
      const wires = cards.slice(1).map((card, index) => {
        const from = cards[(index * 7) % (index + 1)] as Position;
        return {
          id: `w${index}`,
          source: String((index * 7) % (index + 1)),
          from: under(from.x, from.y),
          to: above(card.x, card.y),
        };
      });
      before = routeWires(byNumber(cards), wires, direction, before);
      expect(new Map([...before.wires].sort())).toEqual(
        new Map([...routeWires(byNumber(cards), wires, direction).wires].sort()),
      );
    }
  }
});

test('cards millions apart, and one as large as all the canvas, take no time', () => {
  const far = 10_000_000;
  const places = Array.from({ length: 400 }, (_, i) => ({ x: i % 2 ? far : -far, y: i % 3 ? far : -far }));
  const cards = new Map(byNumber(places));
  cards.set('vast', { x: -far, y: -far, width: 2 * far, height: 2 * far });
  const wires = places.slice(1).map((to, i) => {
    const from = places[i] as Position;
    return wire(String(i), under(from.x, from.y), above(to.x, to.y));
  });
  expect(routeWires(cards, wires, 'down').wires.size).toBe(wires.length);
});

/** Every stretch across the flow: its wire, where it lies and from where to where. */
function runsIn(cards: readonly Position[], wires: readonly WireEnds[]) {
  const bends = bendsOf(cards, wires, 'down');
  return wires.flatMap(({ id, source, from, to }) => {
    const points = wirePoints(from, to, 'down', bends.get(id) ?? { step: 0 });
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

test.each<[string, Position[], (cards: readonly Position[]) => WireEnds[]]>([
  [
    'branches into a merge',
    [...[0, 230, 460, 690].map((x) => ({ x, y: 0 })), { x: 345, y: 110 }],
    (cards) => [0, 1, 2, 3].map((i) => wire(`b${i}`, under(cards[i]?.x ?? 0, 0), port(cards[4] as Position, i, 4))),
  ],
  [
    'four branches on one side',
    [...[0, 230, 460, 690].map((x) => ({ x, y: 0 })), { x: 920, y: 110 }],
    (cards) => [0, 1, 2, 3].map((i) => wire(`b${i}`, under(cards[i]?.x ?? 0, 0), port(cards[4] as Position, i, 4))),
  ],
  [
    'columns back to the top, side by side',
    [
      ...[0, 110].map((y) => ({ x: 0, y })),
      ...[0, 110].map((y) => ({ x: 250, y })),
      { x: 500, y: 0 },
      { x: 750, y: 0 },
    ],
    () => [wire('a', under(0, 110), above(500, 0)), wire('b', under(250, 110), above(750, 0))],
  ],
])('%s: no two wires of different sources share a stretch', (_, cards, wiresOf) => {
  const runs = runsIn(cards, wiresOf(cards));
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
    [0, 1, 2].map((i) => wire(`b${i}`, under(cards[i]?.x ?? 0, 0), port(cards[3] as Position, i, 3))),
  );
  expect(runs.map(({ id }) => id)).toEqual(['b0', 'b1', 'b2']);
  expect(runs.map(({ y }) => y)).toEqual(runs.map(({ y }) => y).toSorted((a, b) => b - a));
});

test('a skip turns off before the label of the wire that goes straight on', () => {
  const source = { ...wire('main', under(0, 0), above(0, 110)), source: 'one' };
  const skip = { ...wire('skip', under(0, 0), above(0, 330)), source: 'one' };
  const bend = bendsOf(column, [source, skip], 'down').get('skip');
  const { label } = wireShape(source.from, source.to, 'down', bendsOf(column, [source, skip], 'down').get('main'));
  const turn = wirePoints(skip.from, skip.to, 'down', bend as Bend)[1] as Position;
  expect(turn.y).toBeLessThan(label.y - 8);
});
