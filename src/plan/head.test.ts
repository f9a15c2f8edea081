import { describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import { emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import { startHistory, edit as stepped, undo } from '../graph/history.ts';
import { applyInitializer } from './applyInitializer.ts';
import { fineTuneExperiment, isTrainedOnData } from './fineTuneExperiment.ts';
import { freezable, freezeBody, freezeUpTo, frozenDepth, unfreezeAll } from './freezing.ts';
import { headsOf, pathOf } from './head.ts';
import { planBlock } from './makeBlock.ts';
import { bodyGroups, groupAt } from './rateGroups.ts';
import { planReplaceHead } from './replaceHead.ts';

const template = (id: string): NetworkDocument => templateOf(id)?.document as NetworkDocument;

/** The network with data that has this many classes. */
const onClasses = (doc: NetworkDocument, classes: number | null, names?: readonly string[]): NetworkDocument => ({
  ...doc,
  data: {
    ...doc.data,
    source: '/own/images',
    facts: {
      count: 100,
      inputs: [],
      targets: [{ name: 'label', shape: [], classes, yesNo: false, ...(names && { names }) }],
    },
  },
});

/** LeNet with its last layers in a block. */
function inBlock(ids: readonly string[]): NetworkDocument {
  const doc = template('lenet_modern');
  const plan = planBlock(doc, ids, 'Top');
  if (plan.refused !== null) throw new Error(plan.refused.en);
  return applyEdits(doc, [plan.edit]);
}

const idsOf = (...names: readonly string[]): readonly string[] =>
  template('lenet_modern').nodes.flatMap(({ id, name }) => (names.includes(name) ? [id] : []));

const heads: readonly (readonly [name: string, doc: NetworkDocument, layers: readonly string[]])[] = [
  ['a linear layer', template('lenet_modern'), ['fc3']],
  ['the only layer', template('softmax_regression'), ['linear']],
  ['a built-in block before global average pooling', template('nin_d2l'), ['block4']],
  ['a layer after residual blocks', template('resnet18'), ['fc']],
  ['a layer of a regression', template('linear_regression'), ['linear']],
  ['a layer inside a block', inBlock(idsOf('fc2', 'act4', 'fc3')), ['block1/fc3']],
];

describe('the head is found', () => {
  it.each(heads)('%s', (_, doc, layers) => {
    expect(headsOf(doc).flatMap((head) => head.layers.map(pathOf))).toEqual(layers);
  });

  it('not in a block that is used twice', () => {
    const doc = inBlock(idsOf('fc3'));
    const node = doc.nodes.find(({ layer }) => layer.startsWith('block:'));
    const twice = applyEdits(doc, [
      { kind: 'addNode', node: { ...node, id: 'again', name: 'again' } as NonNullable<typeof node> },
    ]);
    expect(headsOf(twice)[0]?.layers).toEqual([]);
    expect(planReplaceHead(twice).refused?.en).toContain('the head was not found');
  });
});

describe('a head is replaced for the classes of the data', () => {
  it.each(heads.filter(([, doc]) => doc.template !== 'linear_regression'))('%s', (_, doc, layers) => {
    const before = onClasses(doc, 7);
    const plan = planReplaceHead(before);
    if (plan.refused !== null) throw new Error(plan.refused.en);
    expect(plan.layers).toEqual(layers);
    const history = stepped(startHistory(before), plan.edits);
    const { graph, diagnostics } = check(history.present);
    expect(diagnostics.filter(({ stops, severity }) => stops === 'training' && severity === 'error')).toEqual([]);
    const output = graph?.nodes.find(({ layer }) => layer.output !== undefined);
    expect(output?.inputs).toEqual({ x: [7] });
    expect(output?.config.classes).toBe(7);
    const renewed = graph?.nodes.filter(({ node }) => node.renewed !== undefined).map(({ node }) => node.name) ?? [];
    if (!doc.template?.startsWith('nin')) expect(renewed).toEqual(layers);
    expect(history.present.recipe.start).toBe('held');
    expect(undo(history).present).toBe(before);
  });

  it.each([
    ['classes', 7, 'classifier'],
    ['numbers', null, 'regression'],
  ] as const)('an output without a loss becomes one for %s', (_, classes, layer) => {
    const lenet = template('lenet_modern');
    const nodes = lenet.nodes.map((node) =>
      node.layer === 'classifier' ? { ...node, layer: 'output', name: 'logits', config: {} } : node,
    );
    const before = onClasses({ ...lenet, nodes }, classes);
    const plan = planReplaceHead(before);
    if (plan.refused !== null) throw new Error(plan.refused.en);
    const output = check(applyEdits(before, plan.edits)).graph?.nodes.find((node) => node.layer.output !== undefined);
    expect(output?.layer.type).toBe(layer);
    expect(output?.inputs).toEqual({ x: [classes ?? 1] });
  });

  it('with as many classes as before it gets new weights', () => {
    const before = onClasses(template('lenet_modern'), 10);
    const plan = planReplaceHead(before);
    const after = plan.refused === null ? applyEdits(before, plan.edits) : before;
    expect(after.nodes.filter(({ renewed }) => renewed === 1).map(({ name }) => name)).toEqual(['fc3']);
  });

  it('weights of other classes are dropped, and a frozen head is unfrozen', () => {
    const doc = onClasses(template('lenet_modern'), 3);
    const id = (name: string) => doc.nodes.find((node) => node.name === name)?.id ?? '';
    const weighted = applyEdits(doc, [
      { kind: 'setConfig', node: id('classes'), key: 'classWeights', value: Array(10).fill(1) },
      { kind: 'setConfig', node: id('classes'), key: 'ignoreIndex', value: 9 },
      { kind: 'setFrozen', node: id('fc3'), frozen: true },
    ]);
    const plan = planReplaceHead(weighted);
    const after = plan.refused === null ? applyEdits(weighted, plan.edits) : weighted;
    const { config } = after.nodes.find(({ name }) => name === 'classes') ?? { config: {} };
    expect(config).toMatchObject({ classes: 3, classWeights: [], ignoreIndex: -1 });
    expect(after.nodes.find(({ name }) => name === 'fc3')?.frozen).toBe(false);
    expect(check(after).graph).not.toBeNull();
  });

  it.each<[string, NetworkDocument, string]>([
    ['numbers for a classifier', onClasses(template('lenet_modern'), null), 'numeric targets'],
    ['classes for a regression', onClasses(template('linear_regression'), 5), 'does not predict classes'],
    ['no output', { ...template('lenet_modern'), nodes: [] }, 'no output layer'],
  ])('but not with %s', (_, doc, message) => expect(planReplaceHead(doc).refused?.en).toContain(message));
});

describe('freezing', () => {
  const frozenIn = (doc: NetworkDocument): readonly string[] =>
    check(doc).graph?.nodes.flatMap(({ node, params }) =>
      node.frozen === true && Object.keys(params).length > 0 ? [node.name] : [],
    ) ?? [];
  const leaves = (doc: NetworkDocument): readonly string[] =>
    check(doc).graph?.nodes.flatMap(({ node, params }) => (Object.keys(params).length > 0 ? [node.name] : [])) ?? [];

  it.each(heads)('all but %s, and everything unfrozen again', (_, doc, layers) => {
    const after = applyEdits(doc, freezeBody(doc) ?? []);
    const trained = leaves(after).filter((name) => !frozenIn(after).includes(name));
    expect(trained.length).toBeGreaterThan(0);
    expect(trained.every((name) => layers.some((layer) => `${name}/`.startsWith(`${layer}/`)))).toBe(true);
    expect(frozenIn(applyEdits(after, unfreezeAll(after)))).toEqual([]);
  });

  it('along the depth, by layers and blocks', () => {
    const doc = template('resnet18');
    const nodes = freezable(doc, check(doc));
    expect(nodes.map(({ name }) => name)).toEqual([
      'stem.conv1',
      'stem.bn1',
      'stage1',
      'stage2',
      'stage3',
      'stage4',
      'fc',
    ]);
    for (const count of [0, 1, 3, nodes.length]) {
      const after = applyEdits(doc, freezeUpTo(nodes, count));
      expect(frozenDepth(freezable(after, check(after)))).toBe(count);
    }
    const gap = applyEdits(doc, [{ kind: 'setFrozen', node: nodes[2]?.id ?? '', frozen: true } satisfies Edit]);
    expect(frozenDepth(freezable(gap, check(gap)))).toBeNull();
  });
});

describe('the body at a tenth of the learning rate', () => {
  it.each(heads)('of %s', (_, doc, layers) => {
    const groups = bodyGroups(doc) ?? [];
    const recipe = { groups };
    for (const name of leavesOf(doc)) {
      const isHead = layers.some((layer) => `${name}/`.startsWith(`${layer}/`));
      expect(groupAt(recipe, name)?.learningRateScale, name).toBe(isHead ? 1 : 0.1);
    }
  });

  it('a block with parameters in several groups has none of its own', () => {
    const groups = [{ match: 'stage1/0/conv/' }, { match: '', learningRateScale: 0.1 }];
    expect(groupAt({ groups }, 'stage1')).toBeNull();
    expect(groupAt({ groups }, 'stage2')).toBe(groups[1]);
    expect(groupAt({}, 'stage2')).toBeNull();
  });
});

const leavesOf = (doc: NetworkDocument): readonly string[] =>
  check(doc).graph?.nodes.flatMap(({ node, params }) => (Object.keys(params).length > 0 ? [node.name] : [])) ?? [];

it('fine-tuning is compared with the same network from random weights, of which all layers are trained', () => {
  const doc = template('resnet18');
  const set = applyEdits(doc, [
    ...(freezeBody(doc) ?? []),
    { kind: 'setRecipe', recipe: { ...doc.recipe, start: 'held', groups: bodyGroups(doc) ?? [], epochs: 3 } },
  ]);
  const { tuned, scratch } = fineTuneExperiment(set);
  expect(tuned).toEqual(set);
  expect(scratch.recipe).toEqual({ ...doc.recipe, epochs: 3 });
  expect(scratch.nodes.some(({ frozen }) => frozen === true)).toBe(false);
  expect(scratch.data).toBe(set.data);
});

it('an initializer applies to layers of all kinds, also inside blocks of the document', () => {
  const doc = inBlock(idsOf('fc2', 'act4', 'fc3'));
  const after = applyEdits(doc, applyInitializer(doc, doc.nodes, 'kaimingNormal'));
  const leaves = check(after).graph?.nodes.filter(({ layer }) => layer.config.weightInit !== undefined) ?? [];
  expect(leaves.map(({ node }) => node.name)).toEqual(['conv1', 'conv2', 'fc1', 'block1/fc2', 'block1/fc3']);
  expect(leaves.every(({ node, config }) => node.renewed === 1 && config.weightInit === 'kaimingNormal')).toBe(true);
  expect(
    applyInitializer(
      doc,
      doc.nodes.filter(({ layer }) => layer === 'relu'),
      'zeros',
    ),
  ).toEqual([]);
});

it.each([
  ['no run', null, 0, false],
  ['a run on this dataset', 'mnist', 3, true],
  ['a run without steps', 'mnist', 0, false],
  ['a run on another dataset', '/data/clothes', 3, false],
])('weights are trained on the data: %s', (_, source, step, expected) => {
  const document = source === null ? null : { data: { ...emptyDocument.data, source } };
  expect(isTrainedOnData({ data: { ...emptyDocument.data, source: 'mnist' } }, { document, step })).toBe(expected);
});
