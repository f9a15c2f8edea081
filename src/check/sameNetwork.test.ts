import { describe, expect, it } from 'vitest';
import {
  type BlockDefinition,
  blockLayer,
  type DocumentNode,
  emptyDocument,
  type NetworkDocument,
} from '../graph/document.ts';
import { defaultConfig } from '../layers/config.ts';
import { layers } from '../layers/index.ts';
import { blockLayers } from './faces.ts';
import { sameNetwork } from './sameNetwork.ts';

const node = (name: string, layer: string, more: Partial<DocumentNode> = {}): DocumentNode => ({
  id: `id-${name}`,
  layer,
  name,
  config: {},
  position: { x: 0, y: 0 },
  ...more,
});
const edge = (from: string, to: string, port = 'x') => ({
  id: `${from} ${to}`,
  from: { node: `id-${from}`, port: 'y' },
  to: { node: `id-${to}`, port },
});

const inner: BlockDefinition = {
  id: 'inner',
  title: 'Inner',
  nodes: [node('conv', 'conv2d', { config: { outChannels: 4 } })],
  edges: [],
  inputs: [{ name: 'x', to: [{ node: 'id-conv', port: 'x' }] }],
  outputs: [{ name: 'y', from: { node: 'id-conv', port: 'y' } }],
  exposed: [{ key: 'filters', label: 'Filters', node: 'id-conv', field: 'outChannels' }],
};
const outer: BlockDefinition = {
  ...inner,
  id: 'outer',
  title: 'Outer',
  nodes: [node('first', blockLayer('inner')), node('act', 'relu')],
  edges: [edge('first', 'act')],
  inputs: [{ name: 'x', to: [{ node: 'id-first', port: 'x' }] }],
  outputs: [{ name: 'y', from: { node: 'id-act', port: 'y' } }],
  exposed: [],
};
const document: NetworkDocument = {
  ...emptyDocument,
  nodes: [
    node('in', 'input', { config: { shape: [1, 8, 8] } }),
    node('stage', blockLayer('outer'), { repeat: 2 }),
    node('bn', 'batchNorm2d', { config: { eps: 1e-5, momentum: 0.1 } }),
    node('add', 'add'),
    node('out', 'classifier', { config: { classes: 10 } }),
    node('aux', 'classifier', { config: { classes: 10 } }),
  ],
  edges: [
    edge('in', 'stage'),
    edge('stage', 'bn'),
    edge('bn', 'add', 'a'),
    edge('stage', 'add', 'b'),
    edge('add', 'out'),
    edge('add', 'aux'),
  ],
  blocks: [inner, outer],
};

type Change = (of: NetworkDocument) => NetworkDocument;

const inNode =
  (name: string, change: (of: DocumentNode) => DocumentNode): Change =>
  (of) => ({ ...of, nodes: of.nodes.map((each) => (each.name === name ? change(each) : each)) });
const inBlock =
  (id: string, change: (of: BlockDefinition) => Partial<BlockDefinition>): Change =>
  (of) => ({ ...of, blocks: of.blocks.map((block) => (block.id === id ? { ...block, ...change(block) } : block)) });
const config = (of: DocumentNode, more: DocumentNode['config']): DocumentNode => ({
  ...of,
  config: { ...of.config, ...more },
});
const without = (of: DocumentNode): DocumentNode => ({ ...of, config: {} });
/** A deep copy, as read from a file. */
const copy = <T>(of: T): T => JSON.parse(JSON.stringify(of)) as T;

const counts: readonly (readonly [string, Change])[] = [
  ['a setting', inNode('out', (of) => config(of, { classes: 9 }))],
  ['a setting that was not set', inNode('bn', (of) => config(of, { affine: false }))],
  ['a setting left out that is not the default', inNode('in', (of) => ({ ...of, config: {} }))],
  ['a setting left out inside a block', inBlock('inner', ({ nodes }) => ({ nodes: nodes.map(without) }))],
  ['the kind of a layer', inNode('bn', (of) => ({ ...of, layer: 'identity' }))],
  ['a name', inNode('bn', (of) => ({ ...of, name: 'norm' }))],
  ['frozen', inNode('bn', (of) => ({ ...of, frozen: true }))],
  ['a frozen block', inNode('stage', (of) => ({ ...of, frozen: true }))],
  ['repeats', inNode('stage', (of) => ({ ...of, repeat: 3 }))],
  ['no repeats', inNode('stage', ({ repeat: _, ...of }) => of)],
  ['another block', inNode('stage', (of) => ({ ...of, layer: blockLayer('inner') }))],
  ['the value of an exposed setting', inNode('stage', (of) => config(of, { filters: 8 }))],
  ['one connection less', (of) => ({ ...of, edges: of.edges.slice(1) })],
  ['one layer less', (of) => ({ ...of, nodes: of.nodes.slice(0, -1), edges: of.edges.slice(0, -1) })],
  ['one layer more', (of) => ({ ...of, nodes: [...of.nodes, node('act', 'relu')] })],
  [
    'a connection from another layer under the same id',
    (of) => ({
      ...of,
      edges: of.edges.map((edge) => (edge.id === 'bn add' ? { ...edge, from: { node: 'id-in', port: 'y' } } : edge)),
    }),
  ],
  [
    'a connection to another port',
    (of) => ({
      ...of,
      edges: of.edges.map((edge) => (edge.id === 'bn add' ? { ...edge, to: { ...edge.to, port: 'c' } } : edge)),
    }),
  ],
  [
    'exchanged inputs',
    (of) => ({
      ...of,
      edges: of.edges.map((edge) => ({
        ...edge,
        to: { ...edge.to, port: { a: 'b', b: 'a' }[edge.to.port] ?? edge.to.port },
      })),
    }),
  ],
  [
    'names exchanged',
    (of) =>
      inNode('out', (each) => ({ ...each, id: 'id-aux' }))(
        inNode('aux', (each) => ({ ...each, id: 'id-out', config: { classes: 9 } }))(of),
      ),
  ],
  ['the first of two outputs', (of) => ({ ...of, nodes: [...of.nodes.slice(0, 4), ...of.nodes.slice(4).reverse()] })],
  [
    'a setting inside a block',
    inBlock('outer', ({ nodes }) => ({
      nodes: nodes.map((each) => (each.name === 'act' ? { ...each, layer: 'tanh' } : each)),
    })),
  ],
  [
    'a setting in a block inside a block',
    inBlock('inner', ({ nodes }) => ({ nodes: nodes.map((each) => config(each, { outChannels: 5 })) })),
  ],
  [
    'frozen inside a block',
    inBlock('inner', ({ nodes }) => ({ nodes: nodes.map((each) => ({ ...each, frozen: true })) })),
  ],
  [
    'repeats inside a block',
    inBlock('outer', ({ nodes }) => ({
      nodes: nodes.map((each) => (each.name === 'first' ? { ...each, repeat: 2 } : each)),
    })),
  ],
  ['a connection inside a block', inBlock('outer', () => ({ edges: [] }))],
  [
    'the target of a port of a block',
    inBlock('outer', () => ({ outputs: [{ name: 'y', from: { node: 'id-first', port: 'y' } }] })),
  ],
  [
    'the name of a port',
    inBlock('outer', ({ inputs }) => ({ inputs: inputs.map((port) => ({ ...port, name: 'a' })) })),
  ],
  [
    'an exposed setting',
    inBlock('inner', ({ exposed }) => ({ exposed: exposed.map((field) => ({ ...field, field: 'stride' })) })),
  ],
  [
    'the key of an exposed setting',
    inBlock('inner', ({ exposed }) => ({ exposed: exposed.map((field) => ({ ...field, key: 'width' })) })),
  ],
  ['a definition that is missing', (of) => ({ ...of, blocks: of.blocks.slice(1) })],
];

const strideOfOne = (of: DocumentNode): DocumentNode => config(of, { stride: [1, 1] });
const strided = strideOfOne(inner.nodes[0] as DocumentNode);
const inFirst = (more: DocumentNode['config']): Change =>
  inBlock('outer', ({ nodes }) => ({
    nodes: nodes.map((each) => (each.name === 'first' ? config(each, more) : each)),
  }));
const renamedIds: Change = (of) => JSON.parse(JSON.stringify(of).replaceAll('"id-', '"other-')) as NetworkDocument;

const doNotCount: readonly (readonly [string, Change])[] = [
  ['nothing', (of) => of],
  [
    'positions',
    (of) => ({ ...of, nodes: of.nodes.map((each) => ({ ...each, position: { x: 7, y: 9 }, pinned: true })) }),
  ],
  ['an expanded block', inNode('stage', (of) => ({ ...of, open: true }))],
  ['frozen: false written out', inNode('bn', (of) => ({ ...of, frozen: false }))],
  ['repeat: 1 written out', inNode('bn', (of) => ({ ...of, repeat: 1 }))],
  ['the order of settings', inNode('bn', (of) => ({ ...of, config: { momentum: 0.1, eps: 1e-5 } }))],
  ['a default written out', inNode('bn', (of) => config(of, { affine: true }))],
  ['defaults left out', inNode('bn', without)],
  ['a default written out inside a block', inBlock('inner', ({ nodes }) => ({ nodes: nodes.map(strideOfOne) }))],
  ['the value of the inner block written out', inFirst({ filters: 4 })],
  [
    'that value and a default inside written out',
    (of) => inFirst({ filters: 4 })(inBlock('inner', () => ({ nodes: [strided] }))(of)),
  ],
  [
    'the order of layers between inputs and outputs',
    ({ nodes, ...of }) => ({ ...of, nodes: [1, 0, 3, 2, 4, 5].map((i) => nodes[i] as DocumentNode) }),
  ],
  ['the order of connections', (of) => ({ ...of, edges: [...of.edges].reverse() })],
  ['ids of connections', (of) => ({ ...of, edges: of.edges.map((edge, i) => ({ ...edge, id: `${i}` })) })],
  ['ids of layers', renamedIds],
  [
    'ids of blocks',
    (of) =>
      JSON.parse(
        JSON.stringify(of).replaceAll('"inner"', '"copied"').replaceAll('block:inner', 'block:copied'),
      ) as NetworkDocument,
  ],
  ['blocks that are not used', (of) => ({ ...of, blocks: [...of.blocks, { ...inner, id: 'spare' }] })],
  ['the order of blocks', (of) => ({ ...of, blocks: [...of.blocks].reverse() })],
  [
    'titles and labels of a block',
    inBlock('inner', ({ exposed }) => ({
      title: 'Renamed',
      exposed: exposed.map((field) => ({ ...field, label: 'Width' })),
    })),
  ],
  [
    'positions and notes inside a block',
    inBlock('outer', ({ nodes, inputs }) => ({
      nodes: nodes.map((each) => ({ ...each, position: { x: 5, y: 5 } })),
      inputs: inputs.map((port) => ({ ...port, position: { x: 1, y: 1 } })),
      notes: [{ id: 'n', text: 'why', position: { x: 0, y: 0 }, size: { width: 9, height: 9 } }],
    })),
  ],
  [
    'notes, frames, name, template, direction',
    (of) => ({
      ...of,
      name: 'other',
      template: 'lenet',
      direction: 'right',
      notes: [{ id: 'n', text: 'why', position: { x: 0, y: 0 }, size: { width: 9, height: 9 } }],
      frames: [{ id: 'f', title: 'part', position: { x: 0, y: 0 }, size: { width: 9, height: 9 }, colour: 'blue' }],
    }),
  ],
  [
    'training settings and dataset',
    (of) => ({ ...of, recipe: { ...of.recipe, epochs: 99 }, data: { ...of.data, source: 'xor' } }),
  ],
];

describe('sameNetwork', () => {
  it.each([
    ...counts.map(([name, change]) => [name, false, change] as const),
    ...doNotCount.map(([name, change]) => [name, true, change] as const),
  ])('%s leaves the network the same: %s', (_, same, change) => {
    const other = change(document);
    for (const [a, b] of [
      [document, other],
      [other, document],
      [document, copy(other)],
    ] as const) {
      expect(sameNetwork(a, b)).toBe(same);
    }
  });

  it.each(
    [...layers, ...blockLayers()].map(({ type, config: schema }) => [type, schema] as const),
  )('%s: defaults need not be written out, other values count', (type, schema) => {
    const one = { ...emptyDocument, nodes: [node('a', type)] };
    const whole = defaultConfig(schema);
    expect(sameNetwork(one, { ...one, nodes: [node('a', type, { config: whole })] })).toBe(true);
    for (const key of Object.keys(whole)) {
      expect(sameNetwork(one, { ...one, nodes: [node('a', type, { config: { [key]: 'another' } })] })).toBe(false);
    }
  });

  it('ends if blocks contain each other', () => {
    const loop: NetworkDocument = {
      ...document,
      blocks: [inner, { ...outer, nodes: [node('first', blockLayer('outer')), node('act', 'relu')] }],
    };
    expect(sameNetwork(loop, copy(loop))).toBe(true);
    expect(sameNetwork(loop, document)).toBe(false);
  });
});
