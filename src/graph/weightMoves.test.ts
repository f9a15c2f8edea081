import { expect, test } from 'vitest';
import { type BlockDefinition, blockLayer, emptyDocument, type NetworkDocument } from './document.ts';
import { node } from './drawn.ts';
import { applyEdit, applyEdits, type Edit } from './edits.ts';
import { commit, edit, type History, startHistory, transient, travel, undo, withName } from './history.ts';
import { movedName, movesOfStep, reversed, withMovedNames, withSetAside } from './weightMoves.ts';
import { movesBetween } from './weightTrail.ts';

const pair: BlockDefinition = {
  id: 'pair',
  title: 'Pair',
  nodes: [node('a', 'conv2d'), node('b', 'conv2d')],
  edges: [],
  inputs: [],
  outputs: [],
  exposed: [],
};
const outer: BlockDefinition = { ...pair, id: 'outer', nodes: [node('in', blockLayer('pair'), { repeat: 2 })] };
const flat: NetworkDocument = {
  ...emptyDocument,
  nodes: [node('a', 'conv2d'), node('b', 'conv2d'), node('c', 'conv2d')],
};
const blocks: NetworkDocument = {
  ...emptyDocument,
  nodes: [node('p', blockLayer('pair')), node('q', blockLayer('outer')), node('c', 'conv2d')],
  blocks: [pair, outer],
};
const rename = (id: string, name: string): Edit => ({ kind: 'renameNode', node: id, name });
const make: Edit = { kind: 'makeBlock', block: pair, node: node('p', blockLayer('pair')) };
const repeated = (repeat: number): NetworkDocument => applyEdits(blocks, [{ kind: 'setRepeat', node: 'p', repeat }]);

test.each<[what: string, before: NetworkDocument, edits: readonly Edit[], names: Readonly<Record<string, string>>]>([
  ['a layer', flat, [rename('a', 'first')], { 'a/weight': 'first/weight', 'b/weight': 'b/weight' }],
  ['a layer whose name is a prefix of another', flat, [rename('a', 'x')], { 'ab/weight': 'ab/weight' }],
  ['a layer renamed twice in a step', flat, [rename('a', 'x'), rename('a', 'y')], { 'a/weight': 'y/weight' }],
  ['a block', blocks, [rename('p', 'stem')], { 'p/a/weight': 'stem/a/weight' }],
  ['grouping into a block', flat, [make], { 'a/weight': 'p/a/weight', 'b/bias': 'p/b/bias', 'c/weight': 'c/weight' }],
  [
    'grouping into a block with the name of one of its layers',
    flat,
    [{ ...make, node: node('p', blockLayer('pair'), { name: 'a' }) } as Edit],
    { 'a/weight': 'a/a/weight', 'b/bias': 'a/b/bias' },
  ],
  [
    'ungrouping a block',
    blocks,
    [
      {
        kind: 'dissolveBlock',
        node: 'p',
        body: { ...pair, nodes: [node('a1', 'conv2d'), node('b1', 'conv2d')] },
        paths: { a1: 'a', b1: 'b' },
      },
    ],
    { 'p/a/weight': 'a1/weight', 'p/b/weight': 'b1/weight' },
  ],
  [
    'grouping into copies of a block',
    flat,
    [
      {
        kind: 'groupNodes',
        node: node('p', blockLayer('pair'), { repeat: 2 }),
        inputs: [],
        outputs: [],
        paths: { a: '1/a', b: '2/b' },
      },
    ],
    { 'a/weight': 'p/1/a/weight', 'b/weight': 'p/2/b/weight', 'c/weight': 'c/weight' },
  ],
  [
    'ungrouping a repeated block',
    repeated(2),
    [
      {
        kind: 'dissolveBlock',
        node: 'p',
        body: { ...pair, nodes: [node('a1', 'conv2d'), node('a2', 'conv2d')] },
        paths: { a1: '1/a', a2: '2/a' },
      },
    ],
    { 'p/1/a/weight': 'a1/weight', 'p/2/a/weight': 'a2/weight' },
  ],
  [
    'a rename inside a block, in all its instances',
    blocks,
    [{ kind: 'editBlock', block: 'pair', edits: [rename('a', 'first')] }],
    { 'p/a/weight': 'p/first/weight', 'q/in/2/a/weight': 'q/in/2/first/weight', 'p/b/weight': 'p/b/weight' },
  ],
  [
    'a rename inside a replaced block',
    blocks,
    [
      {
        kind: 'setBlock',
        block: { ...pair, nodes: [node('a', 'conv2d', { name: 'b' }), node('b', 'conv2d', { name: 'a' })] },
      },
    ],
    { 'p/a/weight': 'p/b/weight', 'p/b/weight': 'p/a/weight' },
  ],
  [
    'a block that becomes repeated',
    blocks,
    [{ kind: 'setRepeat', node: 'p', repeat: 3 }],
    { 'p/a/weight': 'p/1/a/weight' },
  ],
  [
    'a block that is no longer repeated',
    repeated(3),
    [{ kind: 'setRepeat', node: 'p', repeat: 1 }],
    { 'p/1/a/weight': 'p/a/weight', 'p/2/a/weight': 'p/2/a/weight' },
  ],
  [
    'weights set aside for new ones',
    flat,
    [{ kind: 'renewWeights', node: 'a' }],
    { 'a/weight': '/0.1/a/weight', 'b/weight': 'b/weight' },
  ],
  [
    'weights set aside twice',
    flat,
    [
      { kind: 'renewWeights', node: 'a' },
      { kind: 'renewWeights', node: 'a' },
    ],
    { 'a/weight': '/0.1/a/weight' },
  ],
  [
    'weights set aside for those of a file',
    flat,
    [{ kind: 'replaceWeights', node: 'a' }],
    { 'a/weight': '/0.1/a/weight', 'b/weight': 'b/weight' },
  ],
  [
    'a layer that another one replaces',
    flat,
    [{ kind: 'replaceNode', node: node('a', 'linear', { name: 'dense' }), ports: { inputs: {}, outputs: {} } }],
    { 'a/weight': '/0.1/a/weight', 'b/weight': 'b/weight' },
  ],
  [
    'weights set aside inside a block',
    blocks,
    [{ kind: 'editBlock', block: 'pair', edits: [{ kind: 'renewWeights', node: 'a' }] }],
    { 'p/a/weight': 'p//0.1/a/weight', 'q/in/1/a/weight': 'q/in/1//0.1/a/weight' },
  ],
  ['a layer that takes the name of a deleted one', flat, [rename('a', 'gone')], { 'gone/weight': 'a/weight' }],
])('weights follow %s, and its undo', (_, before, edits, names) => {
  const moves = movesOfStep(before, edits, applyEdit);
  const after = Object.keys(names).map((name) => moves.reduce(movedName, name));
  expect(after).toEqual(Object.values(names));
  expect(after.map((name) => reversed(moves).reduce(movedName, name))).toEqual(Object.keys(names));
});

test('edits without new names move no weights', () => {
  expect(movesOfStep(blocks, [{ kind: 'renameBlock', block: 'pair', title: 'Two' }], applyEdit)).toEqual([]);
  expect(movesOfStep(flat, [rename('a', 'a'), rename('nowhere', 'b')], applyEdit)).toEqual([]);
});

test('undo restores the weights of copies trained while the block was repeated', () => {
  const less = movesOfStep(repeated(3), [{ kind: 'setRepeat', node: 'p', repeat: 1 }], applyEdit);
  const held = new Map(['p/1/a/w', 'p/2/a/w', 'p/3/a/w'].map((name) => [name, name]));
  expect(withMovedNames(withMovedNames(held, less), reversed(less))).toEqual(held);
});

test('names follow edits, gestures, undo and redo', () => {
  const held = new Map(['a/w', 'b/w', 'c/w'].map((name) => [name, name]));
  let now: History = startHistory(flat);
  let weights: ReadonlyMap<string, string> = held;
  const go = (step: (history: History) => History): readonly string[] => {
    const after = step(now);
    weights = withMovedNames(weights, movesBetween(now, after));
    now = after;
    return ['a/w', 'b/w', 'c/w'].map((value) => [...weights].find(([, kept]) => kept === value)?.[0] ?? '');
  };
  expect(go((h) => transient(h, [rename('a', 'f')]))).toEqual(['f/w', 'b/w', 'c/w']);
  expect(go((h) => transient(h, [rename('a', 'fi')]))).toEqual(['fi/w', 'b/w', 'c/w']);
  expect(go(commit)).toEqual(['fi/w', 'b/w', 'c/w']);
  expect(go((h) => edit(h, [{ ...make, block: { ...pair, nodes: now.present.nodes.slice(0, 2) } } as Edit]))).toEqual([
    'p/fi/w',
    'p/b/w',
    'c/w',
  ]);
  expect(go((h) => withName(h, 'other'))).toEqual(['p/fi/w', 'p/b/w', 'c/w']);
  expect(go(undo)).toEqual(['fi/w', 'b/w', 'c/w']);
  expect(go((h) => travel(h, 0))).toEqual(['a/w', 'b/w', 'c/w']);
  expect(go((h) => travel(h, 2))).toEqual(['p/fi/w', 'p/b/w', 'c/w']);
  expect(go((h) => travel(h, 0))).toEqual(['a/w', 'b/w', 'c/w']);
  expect(go((h) => edit(h, [rename('c', 'last')]))).toEqual(['a/w', 'b/w', 'last/w']);
  const many = (h: History): History =>
    Array.from({ length: 501 }, (_, i) => i).reduce((at, i) => edit(at, [rename('b', `b${i}`)]), h);
  expect(go(many)[2]).toBe('last/w');
});

const renew: Edit = { kind: 'renewWeights', node: 'a' };
const other: Edit = { kind: 'replaceWeights', node: 'a' };
const remove: Edit = { kind: 'removeNodes', nodes: ['a'], heal: false };
const add = (layer = 'conv2d', id = 'a2'): Edit => ({ kind: 'addNode', node: node(id, layer, { name: 'a' }) });
const replaced: Edit = { kind: 'replaceNode', node: node('a', 'linear'), ports: { inputs: {}, outputs: {} } };

/** A network whose weights are set by training, as an engine keeps them. */
function session(document: NetworkDocument = flat) {
  let history = startHistory(document);
  let weights: ReadonlyMap<string, string> = new Map(['a/w', 'b/w', 'c/w'].map((name) => [name, `first ${name}`]));
  return {
    go(step: (history: History) => History): void {
      const after = step(history);
      weights = withSetAside(weights, movesBetween(history, after));
      history = after;
    },
    edit(...edits: readonly Edit[]): void {
      this.go((now) => edit(now, edits));
    },
    set(name: string, value: string): void {
      weights = new Map([...weights, [name, value]]);
    },
    at: (name: string): string | undefined => weights.get(name),
  };
}

test.each<[what: string, edits: readonly (readonly Edit[])[], before: string | undefined, name?: string]>([
  ['new weights', [[renew]], undefined],
  ['weights of a file', [[other]], 'first a/w'],
  ['a new layer in place of a deleted one', [[remove], [add()]], 'first a/w'],
  ['a new layer of a name that a deleted one had', [[remove], [rename('b', 'a')], [add()]], 'first b/w'],
  ['another layer type', [[replaced]], 'first a/w'],
  ['new weights twice', [[renew], [renew]], undefined],
  ['new weights, then those of a file', [[renew], [other]], undefined],
  ['new weights and another name', [[renew], [rename('a', 'z')]], undefined, 'z/w'],
  ['another name and new weights', [[rename('a', 'z')], [renew]], undefined, 'z/w'],
  ['new weights, another name, and a layer of the old name', [[renew], [rename('a', 'z')], [add()]], undefined, 'z/w'],
  ['new weights in a step with another name', [[renew, rename('a', 'z')]], undefined, 'z/w'],
  ['new weights and a block', [[renew], [make]], undefined, 'p/a/w'],
  ['deleted with new weights', [[renew], [remove], [add()]], undefined],
])('undo restores the weights before %s, and redo those after', (_, edits, before, name = 'a/w') => {
  const { go, edit: change, set, at } = session();
  for (const each of edits) change.call({ go }, ...each);
  expect(at(name)).toBe(before);
  set(name, 'second');
  for (let i = 0; i < 2; i++) {
    for (const _ of edits) go(undo);
    expect([at('a/w'), at('b/w')]).toEqual(['first a/w', 'first b/w']);
    go((now) => travel(now, edits.length));
    expect(at(name)).toBe('second');
  }
});

test('a step after an undo gets new weights again, not those of the undone step', () => {
  const { go, edit: change, set, at } = session();
  change.call({ go }, renew);
  set('a/w', 'second');
  go(undo);
  change.call({ go }, renew);
  expect(at('a/w')).toBeUndefined();
  set('a/w', 'third');
  go(undo);
  expect(at('a/w')).toBe('first a/w');
});
