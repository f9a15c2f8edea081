import { describe, expect, it } from 'vitest';
import { random } from '../random/philox.ts';
import {
  type BlockDefinition,
  blockLayer,
  type DocumentNode,
  documentSchema,
  emptyDocument,
  type NetworkDocument,
} from './document.ts';
import { applyEdit, applyEdits, type Edit, type PortNames } from './edits.ts';
import { freshName } from './freshName.ts';
import { cancel, commit, edit, redo, startHistory, transient, travel, undo } from './history.ts';

const node = (id: string, x = 0): DocumentNode => ({
  id,
  layer: 'relu',
  name: id,
  config: {},
  position: { x, y: 0 },
});
const edge = (from: string, to: string): Edit => ({
  kind: 'connect',
  from: { node: from, port: 'y' },
  to: { node: to, port: 'x' },
});
const chain = applyEdits(emptyDocument, [
  ...['a', 'b', 'c'].map((id): Edit => ({ kind: 'addNode', node: node(id) })),
  edge('a', 'b'),
  edge('b', 'c'),
]);
const edges = (doc: NetworkDocument) => doc.edges.map(({ id }) => id).sort();

describe('applyEdit', () => {
  const cases: [string, Edit, (doc: NetworkDocument) => void][] = [
    [
      'inserts a node into a connection',
      { kind: 'insertNode', node: node('d'), edge: 'a.y>b.x', input: 'x', output: 'y' },
      (doc) => expect(edges(doc)).toEqual(['a.y>d.x', 'b.y>c.x', 'd.y>b.x']),
    ],
    [
      'removes a node and heals the connection',
      { kind: 'removeNodes', nodes: ['b'], heal: true },
      (doc) => {
        expect(doc.nodes.map(({ id }) => id)).toEqual(['a', 'c']);
        expect(edges(doc)).toEqual(['a.y>c.x']);
      },
    ],
    [
      'removes neighboring nodes and connects their neighbors',
      { kind: 'removeNodes', nodes: ['b', 'a'], heal: true },
      (doc) => expect(doc.edges).toEqual([]),
    ],
    [
      'removes a node together with its connections',
      { kind: 'removeNodes', nodes: ['b'], heal: false },
      (doc) => expect(doc.edges).toEqual([]),
    ],
    [
      'replaces the connection into an input',
      edge('a', 'c'),
      (doc) => expect(edges(doc)).toEqual(['a.y>b.x', 'a.y>c.x']),
    ],
    [
      'keeps other connections if a port accepts several',
      { ...edge('a', 'c'), keepOthers: true } as Edit,
      (doc) => expect(edges(doc)).toEqual(['a.y>b.x', 'a.y>c.x', 'b.y>c.x']),
    ],
    [
      'moves nodes',
      { kind: 'move', positions: { b: { x: 7, y: 8 } } },
      (doc) =>
        expect(doc.nodes.map(({ position }) => position)).toEqual([
          { x: 0, y: 0 },
          { x: 7, y: 8 },
          { x: 0, y: 0 },
        ]),
    ],
    [
      'pins nodes moved by the user',
      { kind: 'move', positions: { b: { x: 7, y: 8 } }, byHand: true },
      (doc) => expect(doc.nodes.map(({ pinned }) => pinned)).toEqual([undefined, true, undefined]),
    ],
    [
      'replaces a node and keeps its connections',
      { kind: 'replaceNode', node: node('b', 5), ports: { inputs: { x: 'q' }, outputs: { y: 'z' } } },
      (doc) => expect(edges(doc)).toEqual(['a.y>b.q', 'b.z>c.x']),
    ],
    [
      'replaces a node and removes connections at missing ports',
      { kind: 'replaceNode', node: node('b', 5), ports: { inputs: { x: 'x' }, outputs: {} } },
      (doc) => expect(edges(doc)).toEqual(['a.y>b.x']),
    ],
    [
      'sets config',
      { kind: 'setConfig', node: 'a', key: 'kernelSize', value: [3, 3] },
      (doc) => expect(doc.nodes[0].config).toEqual({ kernelSize: [3, 3] }),
    ],
    [
      'renames and freezes nodes',
      { kind: 'setFrozen', node: 'c', frozen: true },
      (doc) => expect(doc.nodes[2].frozen).toBe(true),
    ],
  ];
  it.each(cases)('%s', (_, change, expectation) => expectation(applyEdit(chain, change)));

  it.each<[string, Edit]>(
    [
      ['an existing node', { kind: 'addNode', node: node('a') }],
      ['an existing connection', edge('a', 'b')],
      ['a connection to a missing node', edge('a', 'nowhere')],
      ['an unknown node', { kind: 'renameNode', node: 'nowhere', name: 'x' }],
      ['the same position', { kind: 'move', positions: { a: { x: 0, y: 0 } } }],
    ].slice(0, 5) as [string, Edit][],
  )('%s changes nothing', (_, change) => expect(applyEdit(chain, change)).toBe(chain));
});

describe('parameter groups follow the names of their layers', () => {
  const grouped = (...matches: readonly string[]): NetworkDocument => ({
    ...chain,
    recipe: { ...chain.recipe, groups: matches.map((match) => ({ match })) },
  });
  const inner = oneNodeBlock('own', node('b'));
  const block: Edit = { kind: 'makeBlock', block: inner, node: { ...node('p'), layer: 'block:own' } };
  it.each<[string, readonly string[], readonly Edit[], readonly string[]]>([
    ['a renamed layer', ['b/', 'c/', ''], [{ kind: 'renameNode', node: 'b', name: 'x' }], ['x/', 'c/', '']],
    ['one parameter of it', ['b/bias'], [{ kind: 'renameNode', node: 'b', name: 'x' }], ['x/bias']],
    ['a layer grouped into a block', ['b/', 'c/'], [block], ['p/b/', 'c/']],
    [
      'a layer renamed inside it',
      ['b/', 'c/'],
      [block, { kind: 'editBlock', block: 'own', edits: [{ kind: 'renameNode', node: 'b', name: 'x' }] }],
      ['p/x/', 'c/'],
    ],
    ['a layer with new weights', ['b/'], [{ kind: 'renewWeights', node: 'b' }], ['b/']],
  ])('%s', (_, before, edits, after) => {
    const doc = applyEdits(grouped(...before), edits);
    expect(doc.recipe.groups?.map(({ match }) => match)).toEqual(after);
  });
});

type Random = ReturnType<typeof random>;

/** A block with one node between its two ports. */
const oneNodeBlock = (id: string, inner: DocumentNode): BlockDefinition => ({
  id,
  title: id,
  nodes: [inner],
  edges: [],
  inputs: [{ name: 'x', to: [{ node: inner.id, port: 'x' }] }],
  outputs: [{ name: 'y', from: { node: inner.id, port: 'y' } }],
  exposed: [{ key: 'k', label: 'K', node: inner.id, field: 'k' }],
});

/** A random edit of each kind, for nodes, notes and frames that may not exist; new kinds have to be added here. */
function randomEdits(rng: Random): Record<Edit['kind'], () => Edit> {
  const id = () => `n${rng.below(6)}`;
  const noteId = () => `note${rng.below(3)}`;
  const frameId = () => `frame${rng.below(3)}`;
  const at = () => ({ x: rng.below(50), y: rng.below(50) });
  const either = () => rng.below(2) === 1;
  const size = { width: 100, height: 40 };
  const blockId = () => `b${rng.below(3)}`;
  const block = () => oneNodeBlock(blockId(), node(id()));
  return {
    addNode: () => ({ kind: 'addNode', node: node(id(), rng.below(100)) }),
    insertNode: () => ({ kind: 'insertNode', node: node(id()), edge: `${id()}.y>${id()}.x`, input: 'x', output: 'y' }),
    removeNodes: () => ({ kind: 'removeNodes', nodes: [id(), id()], heal: either() }),
    replaceNode: () => ({
      kind: 'replaceNode',
      node: { ...node(id()), layer: 'gelu' },
      ports: { inputs: (either() ? { x: 'x' } : {}) as PortNames, outputs: { y: 'y' } },
    }),
    move: () => ({
      kind: 'move',
      positions: { [id()]: at(), [noteId()]: at(), [frameId()]: at() },
      byHand: either(),
    }),
    setPinned: () => ({ kind: 'setPinned', nodes: [id(), id()], pinned: either() }),
    renameNode: () => ({ kind: 'renameNode', node: id(), name: `name${rng.below(9)}` }),
    setConfig: () => ({ kind: 'setConfig', node: id(), key: 'k', value: rng.below(5) }),
    setFrozen: () => ({ kind: 'setFrozen', node: id(), frozen: either() }),
    renewWeights: () => ({ kind: 'renewWeights', node: id() }),
    replaceWeights: () => ({ kind: 'replaceWeights', node: id() }),
    connect: () => ({
      kind: 'connect',
      from: { node: id(), port: 'y' },
      to: { node: id(), port: 'x' },
      keepOthers: either(),
    }),
    disconnect: () => ({ kind: 'disconnect', edges: [`${id()}.y>${id()}.x`] }),
    rename: () => ({ kind: 'rename', name: `doc${rng.below(5)}` }),
    setRecipe: () => ({ kind: 'setRecipe', recipe: { ...emptyDocument.recipe, epochs: 1 + rng.below(5) } }),
    setData: () => ({ kind: 'setData', data: { ...emptyDocument.data, splitSeed: rng.below(5) } }),
    setDirection: () => ({ kind: 'setDirection', direction: either() ? 'right' : 'down' }),
    setNote: () => ({ kind: 'setNote', note: { id: noteId(), text: `${rng.below(5)}`, position: at(), size } }),
    setFrame: () => ({
      kind: 'setFrame',
      frame: { id: frameId(), title: 'stage', position: at(), size, colour: 'blue' },
    }),
    addOperator: () => ({
      kind: 'addOperator',
      operator: { id: `op${rng.below(2)}`, title: 'Relu', model: '', inputs: [], outputs: [], weights: [] },
    }),
    removeAnnotations: () => ({ kind: 'removeAnnotations', ids: [noteId(), frameId()] }),
    makeBlock: () => {
      const made = block();
      return { kind: 'makeBlock', block: made, node: { ...node(id()), layer: blockLayer(made.id) } };
    },
    dissolveBlock: () => ({ kind: 'dissolveBlock', node: id(), body: block(), paths: {} }),
    groupNodes: () => {
      const [made, inside] = [block(), id()];
      const { inputs, outputs } = oneNodeBlock('', node(inside));
      const paths = { [inside]: made.nodes[0].name };
      return { kind: 'groupNodes', node: { ...node(id()), layer: blockLayer(made.id) }, inputs, outputs, paths };
    },
    setRepeat: () => ({ kind: 'setRepeat', node: id(), repeat: 1 + rng.below(4) }),
    setOpen: () => ({ kind: 'setOpen', node: id(), open: either() }),
    setBlock: () => ({ kind: 'setBlock', block: block() }),
    renameBlock: () => ({ kind: 'renameBlock', block: blockId(), title: `block ${rng.below(5)}` }),
    removeBlock: () => ({ kind: 'removeBlock', block: blockId() }),
    editBlock: () => ({
      kind: 'editBlock',
      block: blockId(),
      edits: [
        { kind: 'addNode', node: node(id()) },
        { kind: 'removeNodes', nodes: [id()], heal: either() },
      ],
    }),
  };
}

function randomEdit(rng: Random): Edit {
  const edits = Object.values(randomEdits(rng));
  return edits[rng.below(edits.length)]();
}

describe('random edits', () => {
  it('leave no dangling connection and no duplicate id', () => {
    const rng = random(11, 'edits');
    for (let run = 0; run < 40; run++) {
      let doc = emptyDocument;
      for (let i = 0; i < 60; i++) {
        doc = applyEdit(doc, randomEdit(rng));
        const ids = doc.nodes.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { from, to } of doc.edges) {
          expect(ids).toContain(from.node);
          expect(ids).toContain(to.node);
        }
        for (const { nodes, edges, inputs, outputs, exposed } of doc.blocks) {
          const inside = nodes.map(({ id }) => id);
          const ends = [...edges.flatMap(({ from, to }) => [from, to]), ...inputs.flatMap(({ to }) => to)];
          for (const end of [...ends, ...outputs.flatMap(({ from }) => from ?? []), ...exposed]) {
            expect(inside).toContain(end.node);
          }
        }
      }
      expect(documentSchema.parse(JSON.parse(JSON.stringify(doc)))).toEqual(doc);
    }
  });

  it('are undone and redone to identical documents, for twenty and for all steps', () => {
    const rng = random(12, 'undo');
    for (let run = 0; run < 40; run++) {
      let history = startHistory(emptyDocument);
      // Compared as text, so that a mutated document would be noticed.
      const trail = [JSON.stringify(emptyDocument)];
      while (history.past.length < 30) {
        const steps = history.past.length;
        history =
          rng.below(3) === 0
            ? commit(transient(transient(history, [randomEdit(rng)]), [randomEdit(rng), randomEdit(rng)]))
            : edit(history, [randomEdit(rng)]);
        if (history.past.length > steps) trail.push(JSON.stringify(history.present));
      }
      const last = history.present;
      for (let step = 29; step >= 10; step--) {
        history = undo(history);
        expect(JSON.stringify(history.present)).toBe(trail[step]);
      }
      for (let step = 11; step <= 30; step++) {
        history = redo(history);
        expect(JSON.stringify(history.present)).toBe(trail[step]);
      }
      expect(history.present).toBe(last);
      expect(travel(history, 0).present).toBe(emptyDocument);
      expect(travel(travel(history, 3), 30).present).toBe(last);
    }
  });
});

describe('history', () => {
  const move = (x: number): Edit => ({ kind: 'move', positions: { a: { x, y: 0 } } });

  it('makes one undo step of a gesture', () => {
    let history = startHistory(chain);
    for (let x = 1; x <= 5; x++) history = transient(history, [move(x)]);
    history = commit(history);
    expect(history.past).toHaveLength(1);
    expect(undo(history).present).toBe(chain);
  });

  it('makes no undo step of a gesture without changes or of a canceled one', () => {
    expect(commit(transient(startHistory(chain), [])).past).toHaveLength(0);
    expect(cancel(transient(startHistory(chain), [move(3)])).present).toBe(chain);
  });

  it('drops undone steps after a new edit', () => {
    const history = edit(undo(edit(startHistory(chain), [move(1)])), [move(2)]);
    expect(redo(history)).toBe(history);
  });
});

describe('freshName', () => {
  it.each([
    ['conv', [], 'conv'],
    ['conv', ['conv'], 'conv2'],
    ['conv1', ['conv1', 'conv2'], 'conv3'],
    ['fc9', ['fc9'], 'fc10'],
  ])('%s, with %j in use, becomes %s', (base, taken, expected) =>
    expect(freshName(base, new Set(taken))).toBe(expected));
});
