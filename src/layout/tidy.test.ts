import ELK from 'elkjs/lib/elk.bundled.js';
import { describe, expect, test } from 'vitest';
import { starters, templateOf, templates } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import { drawNetwork, readNetworks } from '../engine/golden/networks.ts';
import { type DocumentNode, emptyDocument, type NetworkDocument, type Position } from '../graph/document.ts';
import { edgeId } from '../graph/edges.ts';
import { applyEdits } from '../graph/edits.ts';
import { random } from '../random/philox.ts';
import { type Area, areaAt, CARD } from './card.ts';
import type { ElkGraph } from './elkGraph.ts';
import { planOpen } from './makeRoom.ts';
import { overlaps } from './settle.ts';
import { cardSize, sizesIn } from './size.ts';
import { planTidy, type TidyRequest } from './tidy.ts';

const elk = new ELK();
const view = { width: 844, height: 460 };

async function tidied(document: NetworkDocument, request: Partial<TidyRequest> = {}): Promise<NetworkDocument> {
  const plan = planTidy({ document, direction: 'down', keepPinned: true, view, sizeOf: cardSize, ...request });
  if (plan === null) return document;
  return applyEdits(document, plan.edits((await elk.layout(plan.graph)) as ElkGraph));
}

const networks = await readNetworks('testdata/networks.json');
const drawn = (id: string): NetworkDocument => {
  const found = networks.find((network) => network.id === id);
  if (found === undefined) throw new Error(`There is no network '${id}'`);
  return drawNetwork(found);
};

const areas = ({ nodes, notes }: NetworkDocument): Area[] => [
  ...nodes.map(({ position }) => ({ ...position, ...CARD })),
  ...notes.map(({ position, size }) => ({ ...position, ...size })),
];
const overlapping = (document: NetworkDocument): string[] => {
  const all = areas(document);
  return all.flatMap((a, i) => all.slice(i + 1).flatMap((b, j) => (overlaps(a, b) ? [`${i} and ${i + 1 + j}`] : [])));
};
const at = ({ nodes }: NetworkDocument, name: string): Position => {
  const node = nodes.find((candidate) => candidate.name === name);
  if (node === undefined) throw new Error(`There is no layer '${name}'`);
  return node.position;
};

/** Layers on a heap, connected forwards at random; some placed by hand, some notes between them. */
function heap(seed: number): NetworkDocument {
  const draw = random(seed, 'heap');
  const below = (count: number) => Math.floor(draw.uniform() * count);
  const count = 2 + below(24);
  const nodes = Array.from({ length: count }, (_, index): DocumentNode => {
    const node = { id: `n${index}`, layer: 'add', name: `n${index}`, config: { inputs: 2 } };
    const position = { x: below(400), y: below(400) };
    // Far apart, as someone would place them.
    return index % 5 === 4
      ? { ...node, position: { x: index * 260, y: below(900) }, pinned: true }
      : { ...node, position };
  });
  const edges = nodes.slice(1).flatMap(({ id }, index) =>
    ['a', 'b'].flatMap((port) => {
      if (draw.uniform() < 0.3) return [];
      const [from, to] = [
        { node: `n${below(index + 1)}`, port: 'y' },
        { node: id, port },
      ];
      return [{ id: edgeId(from, to), from, to }];
    }),
  );
  const notes = [
    { id: 'note', text: 'here', position: { x: below(400), y: below(400) }, size: { width: 180, height: 60 } },
  ];
  return { ...emptyDocument, nodes, edges, notes };
}

const seeds = Array.from({ length: 16 }, (_, seed) => seed + 1);

test.each(seeds)('heap %i: no overlaps, pinned nodes stay, the result is deterministic', async (seed) => {
  const document = heap(seed);
  for (const direction of ['down', 'right'] as const) {
    const result = await tidied(document, { direction });
    expect(overlapping(result)).toEqual([]);
    expect(result.direction).toBe(direction);
    for (const [index, node] of document.nodes.entries()) if (node.pinned) expect(result.nodes[index]).toEqual(node);
    expect(await tidied(document, { direction })).toEqual(result);
  }
  const everything = await tidied(document, { keepPinned: false });
  expect(overlapping(everything)).toEqual([]);
  expect(everything.nodes.some(({ pinned }) => pinned)).toBe(false);
});

test.each(seeds)('heap %i: data flows along the direction', async (seed) => {
  // A view without end: nothing is folded.
  const endless = { width: 1e6, height: 1e6 };
  for (const [direction, key] of [
    ['down', 'y'],
    ['right', 'x'],
  ] as const) {
    const result = await tidied(heap(seed), { direction, keepPinned: false, view: endless });
    const place = new Map(result.nodes.map(({ id, position }) => [id, position[key]]));
    for (const { from, to } of result.edges) expect(place.get(to.node)).toBeGreaterThan(place.get(from.node) as number);
  }
});

describe('layouts of papers', () => {
  test('a chain is folded into columns that begin with the first layer of a stage', async () => {
    const result = await tidied(templates[0]?.document as NetworkDocument);
    const tops = result.nodes.filter(({ position }) => position.y === at(result, 'input').y);
    expect(tops.map(({ name }) => name)).toEqual(['input', 'conv2', 'fc1', 'fc3']);
    expect(at(result, 'conv2').x - at(result, 'input').x).toBe(250);
  });

  test('the main path of a residual block is straight, its projection beside it', async () => {
    const result = await tidied(drawn('block_residual_1x1'));
    const { x } = at(result, 'input');
    for (const name of ['conv1', 'bn1', 'relu1', 'conv2', 'bn2', 'add']) expect(at(result, name).x).toBe(x);
    const projection = result.nodes.find(({ name }) => name.startsWith('shortcut'));
    expect(projection?.position.x).toBeGreaterThanOrEqual(x + CARD.width);
    expect(projection?.position.y).toBe(at(result, 'conv1').y);
  });

  test('the branches of an inception block are side by side, input and concat in their middle', async () => {
    const result = await tidied(drawn('block_inception_v1'));
    const first = result.nodes.filter(({ position }) => position.y === at(result, 'input').y + CARD.height + 42);
    expect(first).toHaveLength(4);
    const middle = first.reduce((sum, { position }) => sum + position.x, 0) / 4;
    expect(Math.abs(at(result, 'input').x - middle)).toBeLessThanOrEqual(2);
    expect(at(result, 'concat').x).toBe(at(result, 'input').x);
  });

  test.each([
    'resnet18_d2l',
    'googlenet_d2l',
    'densenet_d2l',
    'block_inception_v3_c',
  ])('%s has no overlaps', async (id) => {
    for (const direction of ['down', 'right'] as const)
      expect(overlapping(await tidied(drawn(id), { direction }))).toEqual([]);
  });
});

test.each(starters)('the template $id is tidy', async ({ document }) => {
  expect(await tidied(document)).toEqual(document);
});

// In columns as the paper groups them, which tidying does not know.
test.each(templates)('the cards of the template $id do not overlap', ({ document }) => {
  expect(overlapping(document)).toEqual([]);
});

const lenet = templates[0]?.document as NetworkDocument;

test('a part of the network is tidied by itself, clear of the rest', async () => {
  const only = new Set(lenet.nodes.slice(4, 8).map(({ id }) => id));
  const messy = {
    ...lenet,
    nodes: lenet.nodes.map((node) => (only.has(node.id) ? { ...node, position: { x: 20, y: 40 } } : node)),
  };
  const result = await tidied(messy, { only });
  for (const [index, node] of messy.nodes.entries()) if (!only.has(node.id)) expect(result.nodes[index]).toEqual(node);
  expect(overlapping(result)).toEqual([]);
});

test('a frame stays in one column around its content; a note stays beside its card', async () => {
  const column = lenet.nodes.slice(2, 6);
  const document: NetworkDocument = {
    ...lenet,
    nodes: lenet.nodes.map((node, index) => ({ ...node, position: { x: (index % 3) * 6, y: index * 100 } })),
    frames: [
      { id: 'f', title: 'inside', position: { x: -20, y: 150 }, size: { width: 230, height: 430 }, colour: 'blue' },
    ],
    notes: [{ id: 'n', text: 'ends', position: { x: 220, y: 1300 }, size: { width: 100, height: 60 } }],
  };
  const result = await tidied(document);
  const places = column.map(({ name }) => at(result, name));
  expect(new Set(places.map(({ x }) => x)).size).toBe(1);
  const [frame] = result.frames;
  const inside = result.nodes.filter(
    ({ position: { x, y } }) =>
      frame !== undefined &&
      x > frame.position.x &&
      y > frame.position.y &&
      x + CARD.width < frame.position.x + frame.size.width &&
      y + CARD.height < frame.position.y + frame.size.height,
  );
  expect(inside.map(({ name }) => name)).toEqual(column.map(({ name }) => name));
  const last = lenet.nodes.at(-1)?.name ?? '';
  expect(result.notes[0]?.position.x).toBe(at(result, last).x + 220 - (13 % 3) * 6);
  expect(overlapping(result)).toEqual([]);
});

test('layout reports that there is nothing to do: all pinned, or empty', () => {
  const pinned = { ...lenet, nodes: lenet.nodes.map((node) => ({ ...node, pinned: true })) };
  expect(planTidy({ document: pinned, direction: 'down', keepPinned: true, view, sizeOf: cardSize })).toBeNull();
  expect(
    planTidy({ document: emptyDocument, direction: 'down', keepPinned: false, view, sizeOf: cardSize }),
  ).toBeNull();
});

test('a cycle, which an unfinished network may have, is laid out', async () => {
  const [a, b] = lenet.nodes as [DocumentNode, DocumentNode];
  const ends = (from: string, to: string) => ({ from: { node: from, port: 'y' }, to: { node: to, port: 'x' } });
  const edges = [ends(a.id, b.id), ends(b.id, a.id)].map((edge) => ({ id: edgeId(edge.from, edge.to), ...edge }));
  expect(overlapping(await tidied({ ...lenet, nodes: [a, b], edges }))).toEqual([]);
});

test.each([
  'resnet18_d2l',
  'googlenet_d2l',
  'densenet_d2l',
])('%s with all blocks expanded is laid out without overlaps', async (id) => {
  const closed = templateOf(id)?.document as NetworkDocument;
  const blocks = closed.nodes.map((node) => node.id);
  for (const direction of ['down', 'right'] as const) {
    const document = { ...applyEdits(closed, planOpen(closed, check(closed), blocks, true)), direction };
    const sizeOf = sizesIn(document, check(document));
    const after = await tidied(document, { direction, sizeOf, keepPinned: false });
    const cards = after.nodes.map((node) => areaAt(node.position, sizeOf(node)));
    expect(cards.filter((a, i) => cards.slice(i + 1).some((b) => overlaps(a, b)))).toEqual([]);
    expect(after.nodes.filter(({ open }) => open).length).toBeGreaterThan(3);
    // Along the flow, each begins behind the one before it, or in another column.
    const along = direction === 'down' ? 'y' : 'x';
    for (const [i, card] of cards.slice(1).entries()) {
      const before = cards[i] as Area;
      const [across, size] = direction === 'down' ? (['x', 'width'] as const) : (['y', 'height'] as const);
      const sameColumn = before[across] < card[across] + card[size] && card[across] < before[across] + before[size];
      if (sameColumn) expect(card[along]).toBeGreaterThan(before[along]);
    }
  }
});
