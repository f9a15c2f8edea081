import { describe, expect, it } from 'vitest';
import {
  type BlockDefinition,
  blockLayer,
  type DocumentNode,
  emptyDocument,
  type NetworkDocument,
} from './document.ts';
import { applyEdit, applyEdits, type Edit } from './edits.ts';

const node = (id: string, layer = 'relu'): DocumentNode => ({
  id,
  layer,
  name: id,
  config: {},
  position: { x: 0, y: 0 },
});
const wire = (from: string, to: string, port = 'x'): Edit => ({
  kind: 'connect',
  from: { node: from, port: 'y' },
  to: { node: to, port },
});

/** a → b → c → d, and a → d.x1 beside them. */
const drawing = applyEdits(emptyDocument, [
  ...['a', 'b', 'c', 'd'].map((id): Edit => ({ kind: 'addNode', node: node(id) })),
  wire('a', 'b'),
  wire('b', 'c'),
  wire('c', 'd', 'x0'),
  wire('a', 'd', 'x1'),
]);

const pair: BlockDefinition = {
  id: 'pair',
  title: 'Pair',
  nodes: drawing.nodes.filter(({ id }) => id === 'b' || id === 'c'),
  edges: drawing.edges.filter(({ id }) => id === 'b.y>c.x'),
  inputs: [{ name: 'x', to: [{ node: 'b', port: 'x' }] }],
  outputs: [{ name: 'y', from: { node: 'c', port: 'y' } }],
  exposed: [{ key: 'slope', label: 'Slope', node: 'b', field: 'slope' }],
};
const made = applyEdit(drawing, { kind: 'makeBlock', block: pair, node: node('p', blockLayer('pair')) });
const wires = (doc: NetworkDocument) => doc.edges.map(({ id }) => id).sort();

describe('blocks', () => {
  it('take the place of the nodes that they are made of', () => {
    expect(made.nodes.map(({ id }) => id)).toEqual(['a', 'p', 'd']);
    expect(wires(made)).toEqual(['a.y>d.x1', 'a.y>p.x', 'p.y>d.x0']);
    expect(made.blocks).toEqual([pair]);
  });

  it('give them back when dissolved', () => {
    const back = applyEdit(made, { kind: 'dissolveBlock', node: 'p', body: pair, paths: {} });
    expect(back.nodes).toEqual(drawing.nodes);
    expect(wires(back)).toEqual(wires(drawing));
  });

  it('lead what comes in to every place inside, and out of every copy', () => {
    const body = { ...pair, inputs: [{ name: 'x', to: ['b', 'c'].map((id) => ({ node: id, port: 'x' })) }], edges: [] };
    const back = applyEdit(made, { kind: 'dissolveBlock', node: 'p', body, paths: {} });
    expect(wires(back)).toEqual(['a.y>b.x', 'a.y>c.x', 'a.y>d.x1', 'c.y>d.x0']);
  });

  it('are renamed, repeated and changed', () => {
    const changed = applyEdits(made, [
      { kind: 'renameBlock', block: 'pair', title: 'Two' },
      { kind: 'setRepeat', node: 'p', repeat: 3 },
      { kind: 'editBlock', block: 'pair', edits: [{ kind: 'setConfig', node: 'b', key: 'slope', value: 2 }] },
    ]);
    expect(changed.blocks[0]).toMatchObject({ title: 'Two', nodes: [{ config: { slope: 2 } }, {}] });
    expect(changed.nodes[1]?.repeat).toBe(3);
  });

  it('lose a port with the node that it came from, and the wires at it', () => {
    const changed = applyEdit(made, {
      kind: 'editBlock',
      block: 'pair',
      edits: [{ kind: 'removeNodes', nodes: ['c'], heal: false }],
    });
    expect(changed.blocks[0]?.outputs).toEqual([]);
    expect(wires(changed)).toEqual(['a.y>d.x1', 'a.y>p.x']);
  });

  it('lose a port inside other blocks too', () => {
    const outer: BlockDefinition = {
      ...pair,
      id: 'outer',
      nodes: [node('q', blockLayer('pair'))],
      edges: [],
      inputs: [{ name: 'x', to: [{ node: 'q', port: 'x' }] }],
      outputs: [{ name: 'y', from: { node: 'q', port: 'y' } }],
      exposed: [],
    };
    const changed = applyEdits(made, [
      { kind: 'setBlock', block: outer },
      { kind: 'setBlock', block: { ...pair, inputs: [] } },
    ]);
    expect(changed.blocks.find(({ id }) => id === 'outer')?.inputs).toEqual([{ name: 'x', to: [] }]);
  });

  it('are removed only when nothing uses them', () => {
    expect(applyEdit(made, { kind: 'removeBlock', block: 'pair' })).toBe(made);
    const alone = applyEdit(made, { kind: 'removeNodes', nodes: ['p'], heal: true });
    expect(applyEdit(alone, { kind: 'removeBlock', block: 'pair' }).blocks).toEqual([]);
  });

  it.each<[string, Edit]>([
    ['a block of nodes that are gone', { kind: 'makeBlock', block: pair, node: node('p2', blockLayer('pair')) }],
    ['dissolving a node that is gone', { kind: 'dissolveBlock', node: 'z', body: pair, paths: {} }],
    [
      'dissolving into ids that are taken',
      { kind: 'dissolveBlock', node: 'p', body: { ...pair, nodes: [node('a')] }, paths: {} },
    ],
    ['the same repeat', { kind: 'setRepeat', node: 'p', repeat: 1 }],
    ['the same title', { kind: 'renameBlock', block: 'pair', title: 'Pair' }],
    ['an edit inside that changes nothing', { kind: 'editBlock', block: 'pair', edits: [] }],
  ])('%s changes nothing', (_, edit) => expect(applyEdit(made, edit)).toBe(made));
});
