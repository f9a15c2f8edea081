import { expect, test } from 'vitest';
import { initialParameters } from '../compile/initialize.ts';
import { defaultRecipe, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { connect as connected, node } from '../graph/drawn.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import { edit, type History, startHistory, travel, undo } from '../graph/history.ts';
import { movesBetween } from '../graph/weightTrail.ts';
import { planBlock } from '../plan/makeBlock.ts';
import { setWeightsAside } from '../plan/otherWeights.ts';
import { planReplaceHead } from '../plan/replaceHead.ts';
import { Engine } from './engine.ts';
import { connect } from './engineTestClient.ts';
import { filesBeside } from './files.ts';
import { checkedGraph } from './network.ts';
import { CPU_DEVICE, type Tensors } from './session.ts';
import { readWeights, weightsSha256, writeWeights } from './weights.ts';

// The thread that prepares batches needs a built file.
const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);

const names = ['in', 'flat', 'fc1', 'fc2', 'fc3', 'out'];
const unconnected: NetworkDocument = {
  ...emptyDocument,
  recipe: { ...defaultRecipe, batchSize: 300, epochs: 1 },
  nodes: [
    node('in', 'input', { config: { shape: [1, 28, 28] } }),
    node('flat', 'flatten'),
    node('fc1', 'linear', { config: { outFeatures: 6 } }),
    node('fc2', 'linear', { config: { outFeatures: 6 } }),
    node('fc3', 'linear', { config: { outFeatures: 10 } }),
    node('out', 'classifier', { config: { classes: 10 } }),
  ],
};
const drawn = applyEdits(
  unconnected,
  names.slice(1).map((to, i) => connected(names[i] as string, to)),
);
const linear = (id: string): Edit => ({
  kind: 'replaceNode',
  node: node(id, 'linear', { config: { outFeatures: 6, bias: true } }),
  ports: { inputs: { x: 'x' }, outputs: { y: 'y' } },
});
const remove: Edit = { kind: 'removeNodes', nodes: ['fc2'], heal: true };
const again: Edit = {
  kind: 'insertNode',
  node: node('fc2b', 'linear', { name: 'fc2', config: { outFeatures: 6 } }),
  edge: 'fc1.y>fc3.x',
  input: 'x',
  output: 'y',
};
/** Hash of the weights of a layer. */
const part = (weights: Tensors, layer: string): string =>
  weightsSha256(new Map([...weights].filter(([name]) => name.startsWith(`${layer}/`))));

type Steps = readonly ((doc: NetworkDocument) => readonly Edit[])[];
const head: Steps[number] = (doc) => {
  const plan = planReplaceHead(doc);
  return plan.refused === null ? plan.edits : [];
};
const blockOf: Steps[number] = (doc) => [planBlock(doc, ['fc1', 'fc2'], 'Body').edit as Edit];

const { call, ended } = connect(new Engine({ files, device: CPU_DEVICE }));

test.each<[what: string, steps: Steps, lost: readonly string[]]>([
  ['a new head', [head], ['fc3']],
  ['a new head under another name', [head, () => [{ kind: 'renameNode', node: 'fc3', name: 'head' }]], ['fc3']],
  ['a new head, twice', [head, head], ['fc3']],
  ['a wider layer', [() => [{ kind: 'setConfig', node: 'fc1', key: 'outFeatures', value: 9 }]], ['fc1', 'fc2']],
  ['a deleted layer', [() => [remove]], ['fc2']],
  ['a deleted layer and a new one in its place', [() => [remove], () => [again]], ['fc2']],
  ['a layer in place of another', [() => [linear('fc2')]], ['fc2']],
  [
    'layers in a block with other weights',
    [
      blockOf,
      (doc) => [{ kind: 'replaceWeights', node: doc.nodes.find(({ layer }) => layer.startsWith('block:'))?.id ?? '' }],
    ],
    ['fc1', 'fc2'],
  ],
])('undo after training gives the weights before %s, and redo those after, bit for bit', async (_, steps, lost) => {
  await call('setWeights', { weights: new Uint8Array() });
  let history = startHistory(drawn);
  const go = async (after: History) => {
    await call('moveWeights', { moves: movesBetween(history, after) });
    history = after;
  };
  const train = async (run: string, weights: 'fresh' | 'current') => {
    const done = ended(run);
    call('train', { run, document: history.present, weights, paused: false, stopAfter: 2 });
    expect((await done).message).toBeNull();
    return saved();
  };
  const saved = async () => readWeights((await call('getTrained', { document: history.present })).weights, 'w');

  const before = await train('before', 'fresh');
  for (const edits of steps) {
    const next = edits(history.present);
    expect(next).not.toEqual([]);
    await go(edit(history, next));
  }
  const after = await train('after', 'current');
  for (let i = 0; i < 2; i++) {
    await go(travel(history, 0));
    const undone = await saved();
    expect([...undone.keys()].sort()).toEqual([...before.keys()].sort());
    for (const layer of lost) expect(part(undone, layer), layer).toBe(part(before, layer));
    await go(travel(history, steps.length));
    expect(weightsSha256(await saved())).toBe(weightsSha256(after));
  }
});

test.each<[what: string, scope: string, tensors: readonly string[]]>([
  ['a layer', 'fc2', ['fc2/weight', 'fc2/bias']],
  ['a tensor', 'fc2/bias', ['fc2/bias']],
  ['a layer inside a block', 'block1/fc2', ['block1/fc2/weight', 'block1/fc2/bias']],
])('%s gets the weights of the opened file or initial ones, and undo restores those trained', async (_, scope, tensors) => {
  const block = planBlock(drawn, ['fc1', 'fc2'], 'Body').edit as Edit;
  const document = scope.startsWith('block1') ? applyEdits(drawn, [block]) : drawn;
  const graph = checkedGraph(document);
  const opened = initialParameters(graph, 77);
  await call('setWeights', { weights: writeWeights(opened) });
  const run = scope.replaceAll('/', '-');
  const done = ended(run);
  call('train', { run, document, weights: 'current', paused: false, stopAfter: 2 });
  await done;
  const saved = async () => readWeights((await call('getTrained', { document })).weights, 'w');
  const trained = await saved();

  const initial = initialParameters(graph, document.recipe.seed);
  const sources = [
    [{ kind: 'opened', name: 'file' }, opened],
    [{ kind: 'initial', document, name: 'initializer' }, initial],
  ] as const;
  for (const [source, values] of sources) {
    await call('openWeights', { source });
    const before = startHistory(document);
    const after = edit(before, setWeightsAside(document, graph, scope));
    await call('moveWeights', { moves: movesBetween(before, after) });
    const chosen = Object.fromEntries(tensors.map((name) => [name, name]));
    expect(await call('useWeights', { document: after.present, chosen, scope })).toEqual({ taken: tensors.length });
    const changed = await saved();
    for (const [name, { data }] of trained) {
      expect(changed.get(name)?.data, name).toEqual(tensors.includes(name) ? values.get(name)?.data : data);
    }
    await call('moveWeights', { moves: movesBetween(after, undo(after)) });
    expect(weightsSha256(await saved())).toBe(weightsSha256(trained));
  }
});

test('a network that was opened without weights cannot be reset to them', async () => {
  await call('setWeights', { weights: new Uint8Array() });
  await expect(call('openWeights', { source: { kind: 'opened', name: 'file' } })).rejects.toThrow('had no weights');
});
