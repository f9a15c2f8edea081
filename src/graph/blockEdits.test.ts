import { describe, expect, it } from 'vitest';
import { type BlockDefinition, blockLayer, emptyDocument, type NetworkDocument } from './document.ts';
import { connect, node } from './drawn.ts';
import { applyEdit, applyEdits, type Edit } from './edits.ts';
import { INPUT_PORT, inputPortId, outputPortId } from './insideDrawing.ts';

/** a → b → c → d, and a → d.x1. */
const drawing = applyEdits(emptyDocument, [
  ...['a', 'b', 'c', 'd'].map((id): Edit => ({ kind: 'addNode', node: node(id) })),
  connect('a', 'b'),
  connect('b', 'c'),
  connect('c', 'd', 'x0'),
  connect('a', 'd', 'x1'),
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
const inside = (...edits: Edit[]) => applyEdit(made, { kind: 'editBlock', block: 'pair', edits });
const edges = (doc: NetworkDocument) => doc.edges.map(({ id }) => id).sort();

describe('blocks', () => {
  it('replace the nodes that they are made of', () => {
    expect(made.nodes.map(({ id }) => id)).toEqual(['a', 'p', 'd']);
    expect(edges(made)).toEqual(['a.y>d.x1', 'a.y>p.x', 'p.y>d.x0']);
    expect(made.blocks).toEqual([pair]);
  });

  it('are replaced by these nodes if ungrouped', () => {
    const back = applyEdit(made, { kind: 'dissolveBlock', node: 'p', body: pair, paths: {} });
    expect(back.nodes).toEqual(drawing.nodes);
    expect(edges(back)).toEqual(edges(drawing));
  });

  it('replace nodes without a new definition', () => {
    const { inputs, outputs } = pair;
    const group: Edit = { kind: 'groupNodes', node: made.nodes[1], inputs, outputs, paths: { b: 'b', c: 'c' } };
    const grouped = applyEdit({ ...drawing, blocks: [pair] }, group);
    expect(grouped.nodes).toEqual(made.nodes);
    expect(edges(grouped)).toEqual(edges(made));
    expect(applyEdit(drawing, { ...group, paths: { b: 'b', z: 'z' } })).toBe(drawing);
  });

  it('connect their input to all layers inside, in all copies', () => {
    const body = { ...pair, inputs: [{ name: 'x', to: ['b', 'c'].map((id) => ({ node: id, port: 'x' })) }], edges: [] };
    const back = applyEdit(made, { kind: 'dissolveBlock', node: 'p', body, paths: {} });
    expect(edges(back)).toEqual(['a.y>b.x', 'a.y>c.x', 'a.y>d.x1', 'c.y>d.x0']);
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

  it('keep a port whose node was deleted, with its connections', () => {
    const changed = inside({ kind: 'removeNodes', nodes: ['c'], heal: false });
    expect(changed.blocks[0]?.outputs).toEqual([{ name: 'y' }]);
    expect(edges(changed)).toEqual(edges(made));
  });

  it('have ports that can be connected like nodes', () => {
    const { blocks } = inside(
      { kind: 'addNode', node: node('e') },
      { kind: 'connect', from: { node: inputPortId(0), port: 'y' }, to: { node: 'e', port: 'x' } },
      { kind: 'connect', from: { node: 'e', port: 'y' }, to: { node: outputPortId(0), port: 'x' } },
    );
    expect(blocks[0]?.inputs).toEqual([{ name: 'x', to: ['b', 'e'].map((id) => ({ node: id, port: 'x' })) }]);
    expect(blocks[0]?.outputs).toEqual([{ name: 'y', from: { node: 'e', port: 'y' } }]);
    expect(blocks[0]?.edges).toEqual(pair.edges);
  });

  it('allow a node to be inserted after a port, and removed', () => {
    const insert: Edit = { kind: 'insertNode', node: node('e'), edge: '/in0.y>b.x', input: 'x', output: 'y' };
    expect(inside(insert).blocks[0]).toMatchObject({
      inputs: [{ to: [{ node: 'e' }] }],
      edges: [{ id: 'e.y>b.x' }, { id: 'b.y>c.x' }],
    });
    const healed = inside(insert, { kind: 'removeNodes', nodes: ['e'], heal: true });
    expect(healed.blocks[0]?.inputs).toEqual(pair.inputs);
  });

  it('rename a port together with outside connections, to a unique name', () => {
    const more: Edit = { kind: 'addNode', node: { ...node('new'), layer: INPUT_PORT, name: 'x' } };
    const renamed = inside(more, { kind: 'renameNode', node: inputPortId(0), name: 'left' });
    expect(renamed.blocks[0]?.inputs.map(({ name }) => name)).toEqual(['left', 'x']);
    expect(edges(renamed)).toEqual(['a.y>d.x1', 'a.y>p.left', 'p.y>d.x0']);
    expect(inside(more).blocks[0]?.inputs.map(({ name }) => name)).toEqual(['x', 'x2']);
  });

  it('rename a port of a block inside another, together with its connections', () => {
    const outer: BlockDefinition = {
      ...pair,
      id: 'outer',
      nodes: [node('q', blockLayer('pair')), node('r')],
      edges: [{ id: 'q.y>r.x', from: { node: 'q', port: 'y' }, to: { node: 'r', port: 'x' } }],
      inputs: [{ name: 'x', to: [{ node: 'q', port: 'x' }] }],
      outputs: [{ name: 'y', from: { node: 'q', port: 'y' } }],
      exposed: [],
    };
    const changed = applyEdits(made, [
      { kind: 'setBlock', block: outer },
      {
        kind: 'editBlock',
        block: 'pair',
        edits: [inputPortId(0), outputPortId(0)].map((id) => ({ kind: 'renameNode', node: id, name: 'z' })),
      },
    ]);
    expect(changed.blocks.find(({ id }) => id === 'outer')).toMatchObject({
      edges: [{ id: 'q.z>r.x' }],
      inputs: [{ to: [{ node: 'q', port: 'z' }] }],
      outputs: [{ from: { node: 'q', port: 'z' } }],
    });
  });

  it('remove a port together with its connections', () => {
    const changed = inside({ kind: 'removeNodes', nodes: [inputPortId(0)], heal: true });
    expect(changed.blocks[0]?.inputs).toEqual([]);
    expect(edges(changed)).toEqual(['a.y>d.x1', 'p.y>d.x0']);
  });

  it('store positions of ports, and notes', () => {
    const note = { id: 'n', text: 'here', position: { x: 0, y: 0 }, size: { width: 9, height: 9 } };
    const changed = inside(
      { kind: 'move', positions: { [outputPortId(0)]: { x: 7, y: 8 } } },
      { kind: 'setNote', note },
    );
    expect(changed.blocks[0]?.outputs[0]?.position).toEqual({ x: 7, y: 8 });
    expect(changed.blocks[0]?.inputs).toEqual(pair.inputs);
    expect(changed.blocks[0]?.notes).toEqual([note]);
    expect(changed.notes).toEqual([]);
  });

  it('can be made inside a block', () => {
    const block: BlockDefinition = {
      ...pair,
      id: 'inner',
      nodes: pair.nodes.filter(({ id }) => id === 'b'),
      edges: [],
      outputs: [{ name: 'y', from: { node: 'b', port: 'y' } }],
    };
    const changed = inside({ kind: 'makeBlock', block, node: node('i', blockLayer('inner')) });
    expect(changed.blocks.map(({ id }) => id)).toEqual(['pair', 'inner']);
    expect(changed.blocks[0]).toMatchObject({ nodes: [{ id: 'i' }, { id: 'c' }], edges: [{ id: 'i.y>c.x' }] });
  });

  it('remove a port also where the block is inside other blocks', () => {
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

  it('are removed only if not used', () => {
    expect(applyEdit(made, { kind: 'removeBlock', block: 'pair' })).toBe(made);
    const alone = applyEdit(made, { kind: 'removeNodes', nodes: ['p'], heal: true });
    expect(applyEdit(alone, { kind: 'removeBlock', block: 'pair' }).blocks).toEqual([]);
  });

  it.each<[string, Edit]>([
    ['a block of missing nodes', { kind: 'makeBlock', block: pair, node: node('p2', blockLayer('pair')) }],
    ['ungrouping a missing node', { kind: 'dissolveBlock', node: 'z', body: pair, paths: {} }],
    [
      'ungrouping to ids in use',
      { kind: 'dissolveBlock', node: 'p', body: { ...pair, nodes: [node('a')] }, paths: {} },
    ],
    ['the same repeat', { kind: 'setRepeat', node: 'p', repeat: 1 }],
    ['the same title', { kind: 'renameBlock', block: 'pair', title: 'Pair' }],
    ['an edit inside that changes nothing', { kind: 'editBlock', block: 'pair', edits: [] }],
    [
      'a port that becomes a layer',
      {
        kind: 'editBlock',
        block: 'pair',
        edits: [{ kind: 'replaceNode', node: node(inputPortId(0)), ports: { inputs: {}, outputs: {} } }],
      },
    ],
  ])('%s changes nothing', (_, edit) => expect(applyEdit(made, edit)).toBe(made));
});
