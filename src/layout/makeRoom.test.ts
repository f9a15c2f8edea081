import { describe, expect, test } from 'vitest';
import { templates } from '../../templates/index.ts';
import { createChecker } from '../check/check.ts';
import { type DocumentNode, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { applyEdits } from '../graph/edits.ts';
import { type Random, random } from '../random/philox.ts';
import { areaAt, CARD } from './card.ts';
import { insideOf } from './inside.ts';
import { planOpen } from './makeRoom.ts';
import { overlaps } from './settle.ts';
import { sizesIn } from './size.ts';

/** One for all: what is as it was is not looked at again. */
const check = createChecker();

const below = (rng: Random, count: number): number => Math.floor(rng.uniform() * count);

/** Residual and inception blocks and single layers, each in a cell of its own and somewhere in it. */
function scattered(seed: number, direction: 'down' | 'right'): NetworkDocument {
  const rng = random(seed, 'open');
  const kinds = ['residual', 'inception', 'relu', 'squeezeExcitation'];
  const nodes = Array.from({ length: 12 }, (_, i): DocumentNode => {
    const position = { x: 2 * below(rng, 40) + 260 * (i % 4), y: 2 * below(rng, 30) + 130 * Math.floor(i / 4) };
    const node = { id: `n${i}`, name: `n${i}`, layer: kinds[below(rng, 4)] as string, config: {}, position };
    return i % 5 === 1 ? { ...node, pinned: true } : node;
  });
  const input = { id: 'in', name: 'in', layer: 'input', config: { shape: [64, 28, 28] }, position: { x: 0, y: -300 } };
  const edges = nodes.map(({ id }) => ({
    id: `in.y>${id}.x`,
    from: { node: 'in', port: 'y' },
    to: { node: id, port: 'x' },
  }));
  const note = { id: 'note', text: 'here', position: { x: 40, y: 420 }, size: { width: 180, height: 60 } };
  const frame = { id: 'frame', title: '', position: { x: -20, y: -20 }, size: { width: 560, height: 300 } };
  return {
    ...emptyDocument,
    direction,
    nodes: [input, ...nodes],
    edges,
    notes: [note],
    frames: [{ ...frame, colour: 'grey' as const }],
  };
}

const blocksIn = ({ nodes }: NetworkDocument): string[] =>
  nodes.filter(({ layer }) => !['input', 'relu'].includes(layer)).map(({ id }) => id);

function overlapping(doc: NetworkDocument): string[] {
  const sizeOf = sizesIn(doc, check(doc));
  const all = [
    ...doc.nodes.map((node) => ({ id: node.id, ...areaAt(node.position, sizeOf(node)) })),
    ...doc.notes.map(({ id, position, size }) => ({ id, ...position, ...size })),
  ];
  return all.flatMap((a, i) => all.slice(i + 1).flatMap((b) => (overlaps(a, b) ? [`${a.id} and ${b.id}`] : [])));
}

const set = (doc: NetworkDocument, ids: readonly string[], open: boolean): NetworkDocument =>
  applyEdits(doc, planOpen(doc, check(doc), ids, open));

/** A frame may have got hold of more meanwhile. */
const places = (doc: NetworkDocument): NetworkDocument => ({ ...doc, frames: [] });

const seeds = Array.from({ length: 8 }, (_, seed) => seed + 1);

describe.each(['down', 'right'] as const)('where data flows %s', (direction) => {
  test.each(seeds)('drawing %i: nothing overlaps when blocks expand, and collapsing restores the positions', (seed) => {
    const doc = scattered(seed, direction);
    const ids = blocksIn(doc);
    expect(overlapping(doc)).toEqual([]);
    for (const id of ids) {
      const open = set(doc, [id], true);
      expect(overlapping(open)).toEqual([]);
      expect(places(set(open, [id], false))).toEqual(places(doc));
    }
    const all = set(doc, ids, true);
    expect(all.nodes.filter(({ open }) => open).map(({ id }) => id)).toEqual(ids);
    expect(overlapping(all)).toEqual([]);
    expect(places(set(all, ids, false))).toEqual(places(doc));
  });

  test.each(seeds)('drawing %i: nothing overlaps after random expanding, collapsing and moving', (seed) => {
    const rng = random(seed, 'steps');
    let doc = scattered(seed, direction);
    for (let step = 0; step < 12; step++) {
      const id = blocksIn(doc)[below(rng, blocksIn(doc).length)] as string;
      const before = doc;
      doc = set(doc, [id], !doc.nodes.find((node) => node.id === id)?.open);
      // Someone drags a card on the way, where there is room.
      const other = doc.nodes[below(rng, doc.nodes.length)] as DocumentNode;
      const positions = {
        [other.id]: { x: other.position.x + 2 * below(rng, 50), y: other.position.y - 2 * below(rng, 50) },
      };
      const moved = applyEdits(doc, [{ kind: 'move', positions }]);
      if (overlapping(moved).length === 0) doc = moved;
      expect(doc).not.toBe(before);
      expect(overlapping(doc)).toEqual([]);
    }
  });
});

test('a block between two others stays aligned with them, and its frame grows with it', () => {
  const doc = scattered(3, 'down');
  const chain: NetworkDocument = {
    ...doc,
    nodes: doc.nodes.slice(0, 4).map((node, i) => ({
      ...node,
      layer: i === 0 ? 'input' : i === 2 ? 'residual' : 'relu',
      position: { x: 0, y: 110 * i },
    })),
    edges: [],
    notes: [],
    frames: [{ id: 'f', title: '', colour: 'grey', position: { x: -20, y: 200 }, size: { width: 216, height: 240 } }],
  };
  const edges = chain.nodes.slice(1).map(({ id }, i) => {
    const from = { node: (chain.nodes[i] as DocumentNode).id, port: 'y' };
    return { id: `${from.node}.y>${id}.x`, from, to: { node: id, port: 'x' } };
  });
  const connected = { ...chain, edges };
  const open = set(connected, ['n1'], true);
  const size = sizesIn(open, check(open))(open.nodes[2] as DocumentNode);
  expect(size.width).toBeGreaterThan(CARD.width);
  const [input, first, block, last] = open.nodes as [DocumentNode, DocumentNode, DocumentNode, DocumentNode];
  expect([input.position, first.position]).toEqual([
    { x: 0, y: 0 },
    { x: 0, y: 110 },
  ]);
  expect(block.position).toEqual({ x: (CARD.width - size.width) / 2, y: 220 });
  expect(last.position).toEqual({ x: 0, y: 330 + size.height - CARD.height });
  expect(open.frames[0]?.size).toEqual({
    width: 216 + size.width - CARD.width,
    height: 240 + size.height - CARD.height,
  });
  expect(set(open, ['n1'], false)).toEqual(connected);
});

test('a block with an unknown inside stays a card', () => {
  const doc = scattered(1, 'down');
  const loose = { ...doc, edges: [] };
  expect(planOpen(loose, check(loose), blocksIn(loose), true)).toEqual([]);
});

describe('the inside of every block in the templates', () => {
  const seen = new Set<string>();
  for (const template of templates) {
    for (const direction of ['down', 'right'] as const) {
      const doc = { ...template.document, direction };
      const reports = [...check(doc).nodes.values()].filter(({ inside }) => inside !== null);
      for (const report of reports) {
        const [first] = report.inside ?? [];
        const key = `${report.layer} of ${first?.body.nodes.length} nodes, ${direction}`;
        if (first === undefined || seen.has(key)) continue;
        seen.add(key);
        test(key, () => {
          const { size, cards, edges } = insideOf(doc, first);
          const whole = { x: 0, y: 0, ...size };
          for (const [i, { area }] of cards.entries()) {
            expect(area.x >= 0 && area.y >= 0).toBe(true);
            expect(area.x + area.width <= whole.width && area.y + area.height <= whole.height).toBe(true);
            for (const other of cards.slice(i + 1)) expect(overlaps(area, other.area)).toBe(false);
          }
          for (const { points } of edges) {
            for (const { x, y } of points) {
              expect(x >= 0 && x <= size.width && y >= 0 && y <= size.height).toBe(true);
            }
          }
          expect(insideOf(doc, first)).toBe(insideOf(doc, first));
        });
      }
    }
  }
});
