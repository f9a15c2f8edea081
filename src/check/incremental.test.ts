import { expect, test } from 'vitest';
import { type ConfigValue, type DocumentNode, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { edgeId } from '../graph/edges.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import { layers } from '../layers/index.ts';
import { type Random, random } from '../random/philox.ts';
import { check, createChecker } from './check.ts';
import type { CheckResult } from './checkedGraph.ts';
import { blockLayers } from './faces.ts';
import { newNode } from './fixes.ts';

/** Two stages with a shortcut, then a head. */
const rows: readonly (readonly [layer: string, name: string, config: Record<string, ConfigValue>, from: string[]])[] = [
  ['input', 'in', { shape: [3, 16, 16] }, []],
  ['conv2d', 'conv1', { outChannels: 8, padding: 'same' }, ['in']],
  ['relu', 'relu1', {}, ['conv1']],
  ['conv2d', 'conv2', { outChannels: 8, padding: [1, 1] }, ['relu1']],
  ['add', 'add1', {}, ['relu1', 'conv2']],
  ['maxPool2d', 'pool1', {}, ['add1']],
  ['concat', 'join', { count: 2 }, ['pool1', 'pool1']],
  ['flatten', 'flat', {}, ['join']],
  ['linear', 'fc1', { outFeatures: 32 }, ['flat']],
  ['relu', 'relu2', {}, ['fc1']],
  ['linear', 'fc2', { outFeatures: 10 }, ['relu2']],
  ['classifier', 'out', {}, ['fc2']],
];

const ownData = { ...emptyDocument, data: { ...emptyDocument.data, source: 'own/images' } };

const start: NetworkDocument = applyEdits(ownData, [
  ...rows.map(
    ([layer, name, config], i): Edit => ({
      kind: 'addNode',
      node: { id: name, layer, name, config, position: { x: 0, y: 120 * i } },
    }),
  ),
  ...rows.flatMap(([, name, , from]) =>
    from.map((source, i): Edit => {
      const port = from.length > 1 ? `x${i}` : 'x';
      return { kind: 'connect', from: { node: source, port: 'y' }, to: { node: name, port } };
    }),
  ),
]);

const palette = [...layers, ...blockLayers()];

const pick = <T>(rng: Random, list: readonly T[]): T => list[rng.below(list.length)] as T;
const values: readonly ConfigValue[] = [0, 1, 2, 3, 8, 10, 32, -1, 'same', 'x', [1, 1], [3, 3], [20, 20], [3, 16, 16]];
const keys = [
  'channels',
  'outChannels',
  'outFeatures',
  'kernelSize',
  'padding',
  'stride',
  'groups',
  'shape',
  'count',
  'classes',
];

function randomEdit(rng: Random, doc: NetworkDocument): Edit {
  const node: DocumentNode = pick(rng, doc.nodes);
  const other = pick(rng, doc.nodes);
  const kinds: readonly (() => Edit)[] = [
    () => ({ kind: 'setConfig', node: node.id, key: pick(rng, keys), value: pick(rng, values) }),
    () => ({ kind: 'renameNode', node: node.id, name: pick(rng, ['a', 'b', 'conv9', other.name]) }),
    () => ({ kind: 'setFrozen', node: node.id, frozen: rng.below(2) === 1 }),
    () => ({ kind: 'move', positions: { [node.id]: { x: rng.below(400), y: rng.below(900) } } }),
    () => ({
      kind: 'connect',
      from: { node: node.id, port: 'y' },
      to: { node: other.id, port: pick(rng, ['x', 'x0', 'x1']) },
      keepOthers: rng.below(4) === 0,
    }),
    () => ({ kind: 'disconnect', edges: doc.edges.length === 0 ? [] : [pick(rng, doc.edges).id] }),
    () => ({ kind: 'removeNodes', nodes: doc.nodes.length > 3 ? [node.id] : [], heal: rng.below(2) === 1 }),
    () => ({ kind: 'addNode', node: newNode(doc, pick(rng, palette), { x: rng.below(400), y: rng.below(900) }) }),
    () => ({ kind: 'rename', name: `net${rng.below(9)}` }),
    () => ({ kind: 'setData', data: { ...doc.data, source: pick(rng, ['mnist', 'xor', 'nothing', 'own/images']) } }),
    () => ({ kind: 'setRecipe', recipe: { ...doc.recipe, batchSize: 1 + rng.below(3) } }),
    () => ({ kind: 'setRepeat', node: node.id, repeat: 1 + rng.below(3) }),
    () => ({
      kind: 'replaceNode',
      node: { ...node, layer: pick(rng, ['relu', 'add', 'nothing', 'flatten', 'residual', 'block:none']), config: {} },
      ports: { inputs: { x: 'x', x0: 'x' }, outputs: { y: 'y' } },
    }),
  ];
  return pick(rng, kinds)();
}

test('a check after an edit equals a check without cache', () => {
  for (let run = 0; run < 40; run++) {
    const rng = random(run, 'edits');
    const checkAgain = createChecker();
    let doc = start;
    const past: NetworkDocument[] = [];
    for (let step = 0; step < 30; step++) {
      past.push(doc);
      doc = rng.below(6) === 0 ? pick(rng, past) : applyEdits(doc, [randomEdit(rng, doc)]);
      expect(checkAgain(doc)).toEqual(check(doc));
    }
  }
});

/** Names of the nodes whose reports, or checked nodes, are different objects in both results. */
function changes(a: CheckResult, b: CheckResult): { reports: string[]; checked: string[] } {
  const before = new Map(a.graph?.nodes.map((node) => [node.node.id, node]));
  return {
    reports: [...b.nodes.values()].filter((report) => a.nodes.get(report.id) !== report).map(({ name }) => name),
    checked: (b.graph?.nodes ?? []).filter((node) => before.get(node.node.id) !== node).map(({ node }) => node.name),
  };
}

function after(...edits: Edit[]) {
  const checkAgain = createChecker();
  const before = checkAgain(start);
  return { before, now: checkAgain(applyEdits(start, edits)) };
}

test('only affected nodes get new reports after an edit', () => {
  const cases: [Edit, { reports: string[]; checked: string[] }][] = [
    [
      { kind: 'renameNode', node: 'conv2', name: 'second' },
      { reports: ['second'], checked: ['second'] },
    ],
    [
      { kind: 'setFrozen', node: 'fc1', frozen: true },
      { reports: ['fc1'], checked: ['fc1'] },
    ],
    [
      { kind: 'move', positions: { conv2: { x: 5, y: 5 } } },
      { reports: [], checked: ['conv2'] },
    ],
    [
      { kind: 'setConfig', node: 'conv1', key: 'kernelSize', value: [5, 5] },
      { reports: ['conv1'], checked: ['conv1'] },
    ],
    [
      { kind: 'setConfig', node: 'fc1', key: 'outFeatures', value: 48 },
      { reports: ['fc1', 'relu2', 'fc2'], checked: ['fc1', 'relu2', 'fc2'] },
    ],
    [
      { kind: 'connect', from: { node: 'in', port: 'y' }, to: { node: 'conv2', port: 'x' } },
      { reports: ['conv2'], checked: ['conv2'] },
    ],
  ];
  for (const [edit, expected] of cases) {
    const { before, now } = after(edit);
    expect(changes(before, now), edit.kind).toEqual(expected);
  }
});

test('equal lists and totals are the same objects', () => {
  const { before, now } = after({ kind: 'setNote', note: note('n') }, { kind: 'rename', name: 'other' });
  expect(now.nodes).toBe(before.nodes);
  expect(now.graph?.nodes).toBe(before.graph?.nodes);
  expect(now.graph?.document.name).toBe('other');
  const moved = after({ kind: 'move', positions: { conv2: { x: 5, y: 5 } } });
  expect(moved.now.nodes).toBe(moved.before.nodes);
  expect(moved.now.totals).toBe(moved.before.totals);
  expect(moved.now.diagnostics).toBe(moved.before.diagnostics);
});

test('an unchanged problem and the report of its node are the same objects', () => {
  const checkAgain = createChecker();
  const broken = applyEdits(start, [{ kind: 'setConfig', node: 'conv2', key: 'kernelSize', value: [40, 40] }]);
  const before = checkAgain(broken);
  const now = checkAgain(applyEdits(broken, [{ kind: 'renameNode', node: 'fc2', name: 'last' }]));
  expect(now.diagnostics).toBe(before.diagnostics);
  expect(now.nodes.get('conv2')).toBe(before.nodes.get('conv2'));
  expect(before.nodes.get('conv2')?.diagnostics).toHaveLength(1);
});

const note = (id: string) => ({ id, text: '', position: { x: 0, y: 0 }, size: { width: 9, height: 9 } });

test('inputs of a merge follow the order of its ports, regardless of the order of connections', () => {
  const edge = edgeId({ node: 'relu1', port: 'y' }, { node: 'add1', port: 'x0' });
  const rewired = applyEdits(start, [
    { kind: 'disconnect', edges: [edge] },
    { kind: 'connect', from: { node: 'relu1', port: 'y' }, to: { node: 'add1', port: 'x0' } },
  ]);
  const add = check(rewired).graph?.nodes.find(({ node }) => node.id === 'add1');
  expect(Object.keys(add?.from ?? {})).toEqual(['x0', 'x1']);
});
