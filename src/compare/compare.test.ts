import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { templateOf, templates } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import { type Config, type DocumentNode, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import { random } from '../random/philox.ts';
import type { Change } from './changes.ts';
import { type CheckedDocument, type Comparison, compareNetworks, type Row } from './compare.ts';

const file = new URL('../../testdata/networks.json', import.meta.url);
const reference = JSON.parse(readFileSync(file, 'utf8')) as {
  networks: readonly { id: string; totals: { params: number; macs: number } }[];
};

const checked = (document: NetworkDocument): CheckedDocument => ({ document, check: check(document) });
const network = (id: string): CheckedDocument => checked(templateOf(id)?.document ?? emptyDocument);
const totalsOf = (id: string) => {
  const found = reference.networks.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`networks.json has no ${id}`);
  return found.totals;
};

const changeText = (change: Change): string => {
  const value = (side: unknown) => (typeof side === 'string' ? side : JSON.stringify(side));
  const what = change.what === 'config' ? change.key : change.what;
  const [from, to] = change.what === 'layer' ? [change.from.en, change.to.en] : [change.from, change.to];
  return `${what} ${value(from)}→${value(to)}`;
};

/** The differences, one per line: sign, path, changes, parameters, MACs. */
function lines(rows: readonly Row[]): string[] {
  return rows.flatMap(({ state, a, b, changes, difference, inside }): string[] => {
    if (state === 'same') return [];
    const sign = { added: '+', removed: '-', changed: '≠' }[state];
    const figures = `${difference.params} ${difference.macs}`;
    const line = [sign, (b ?? a)?.path, ...changes.map(changeText), figures].join(' ');
    return [line, ...(state === 'changed' ? lines(inside) : [])];
  });
}

const extra = (stage: string, from: number, to: number, figures: string) =>
  Array.from({ length: to - from }, (_, i) => `+ ${stage}/block${from + i + 1} ${figures}`);

describe('templates', () => {
  it.each<[string, string, string[]]>([
    [
      'resnet18',
      'resnet34',
      [
        '≠ stage1 blocks 2→3 73984 231211008',
        ...extra('stage1', 2, 3, '73984 231211008'),
        '≠ stage2 blocks 2→4 590848 462422016',
        ...extra('stage2', 2, 4, '295424 231211008'),
        '≠ stage3 blocks 2→6 4722688 924844032',
        ...extra('stage3', 2, 6, '1180672 231211008'),
        '≠ stage4 blocks 2→3 4720640 231211008',
        ...extra('stage4', 2, 3, '4720640 231211008'),
      ],
    ],
    [
      'vgg11_imagenet',
      'vgg16',
      [
        '≠ block1 convs 1→2 36928 1849688064',
        '+ block1/conv2 36928 1849688064',
        '+ block1/relu2 0 0',
        '≠ block2 convs 1→2 147584 1849688064',
        '+ block2/conv2 147584 1849688064',
        '+ block2/relu2 0 0',
        '≠ block3 convs 2→3 590080 1849688064',
        '+ block3/conv3 590080 1849688064',
        '+ block3/relu3 0 0',
        '≠ block4 convs 2→3 2359808 1849688064',
        '+ block4/conv3 2359808 1849688064',
        '+ block4/relu3 0 0',
        '≠ block5 convs 2→3 2359808 462422016',
        '+ block5/conv3 2359808 462422016',
        '+ block5/relu3 0 0',
      ],
    ],
    [
      'lenet',
      'lenet_modern',
      [
        '≠ act1 layer Sigmoid→ReLU 0 0',
        '≠ pool1 layer AvgPool2d→MaxPool2d 0 0',
        '≠ act2 layer Sigmoid→ReLU 0 0',
        '≠ pool2 layer AvgPool2d→MaxPool2d 0 0',
        '≠ act3 layer Sigmoid→ReLU 0 0',
        '≠ act4 layer Sigmoid→ReLU 0 0',
      ],
    ],
    ['lenet', 'bn_lenet_pad2', ['+ bn1 12 0', '+ bn2 32 0', '+ bn3 240 0', '+ bn4 168 0']],
    [
      'resnet18',
      'resnet18_hotdog',
      ['≠ fc outFeatures 1000→2 output [1000]→[2] -511974 -510976', '≠ classes classes 1000→2 input [1000]→[2] 0 0'],
    ],
  ])('%s against %s', (a, b, expected) => {
    const { rows } = compareNetworks(network(a), network(b));
    expect(lines(rows)).toEqual(expected);
  });

  it.each([
    ['resnet18', 'resnet34', { added: 8, removed: 0, changed: 4 }],
    ['resnet34', 'resnet50', null],
    ['resnet101', 'resnet152', { added: 17, removed: 0, changed: 2 }],
    ['vgg16', 'vgg11_imagenet', { added: 0, removed: 10, changed: 5 }],
    ['googlenet_torchvision', 'googlenet_torchvision_5x5', { added: 0, removed: 0, changed: 27 }],
    ['googlenet_d2l', 'googlenet_d2l_bn', null],
    ['lenet', 'alexnet_d2l', null],
  ])('%s against %s: totals as in networks.json, and rows that add up to them', (a, b, counts) => {
    const [from, to] = [totalsOf(a), totalsOf(b)];
    const comparison = compareNetworks(network(a), network(b));
    const difference = { params: to.params - from.params, macs: to.macs - from.macs };
    expect(comparison.difference).toEqual(difference);
    expect(sums(comparison.rows)).toEqual(difference);
    if (counts !== null) expect(comparison.counts).toEqual(counts);
  });

  it('every template equals itself', () => {
    for (const { id, document } of templates) {
      const again = structuredClone(document);
      const { rows, settings, difference, counts } = compareNetworks(checked(document), checked(again));
      expect(lines(rows), id).toEqual([]);
      expect(rows).toHaveLength(document.nodes.length);
      expect({ settings, difference, counts }, id).toEqual({
        settings: [],
        difference: { params: 0, macs: 0 },
        counts: { added: 0, removed: 0, changed: 0 },
      });
    }
  });

  it('exchanging the networks mirrors the comparison', () => {
    const pairs = templates.map(({ id }, i) => [id, templates[(i * 7 + 3) % templates.length]?.id ?? id] as const);
    for (const [a, b] of pairs) {
      const there = compareNetworks(network(a), network(b));
      const back = compareNetworks(network(b), network(a));
      expect(turned(back), `${a} and ${b}`).toEqual(sorted(there));
    }
  });
});

/** The rows that contain the differences; a block contributes the rows inside it. */
function sums(rows: readonly Row[]): { params: number; macs: number } {
  let [params, macs] = [0, 0];
  for (const { state, difference, inside } of rows) {
    const own = state === 'changed' && inside.length > 0 ? sums(inside) : difference;
    params += own.params;
    macs += own.macs;
  }
  return { params, macs };
}

type RowSummary = readonly [state: string, a: string, b: string, params: number, macs: number];

const summaries = (rows: readonly Row[]): RowSummary[] =>
  rows.flatMap(({ state, a, b, difference: { params, macs }, inside }): RowSummary[] => [
    [state, a?.path ?? '', b?.path ?? '', params, macs],
    ...(state === 'changed' ? summaries(inside) : []),
  ]);
const inOrder = (list: readonly RowSummary[]): RowSummary[] => [...list].sort((a, b) => (a.join() < b.join() ? -1 : 1));
const sorted = ({ rows }: Comparison) => inOrder(summaries(rows));
const opposite: Readonly<Record<string, string>> = { added: 'removed', removed: 'added' };
const turned = ({ rows }: Comparison) =>
  inOrder(summaries(rows).map(([state, a, b, params, macs]) => [opposite[state] ?? state, b, a, 0 - params, 0 - macs]));

const node = (name: string, layer: string, config: Config = {}, more: Partial<DocumentNode> = {}): DocumentNode => ({
  id: name,
  layer,
  name,
  config,
  position: { x: 0, y: 0 },
  ...more,
});

/** A chain of the nodes, edges from y to x, between an input of that shape and an end. */
function chain(shape: readonly number[], ...middle: readonly DocumentNode[]): NetworkDocument {
  const nodes = [node('input', 'input', { shape }), ...middle];
  return applyEdits(emptyDocument, [
    ...nodes.map((added): Edit => ({ kind: 'addNode', node: added })),
    ...nodes.slice(1).map(({ id }, i): Edit => {
      return { kind: 'connect', from: { node: nodes[i]?.id ?? '', port: 'y' }, to: { node: id, port: 'x' } };
    }),
  ]);
}

const conv = (name: string, size: number, outChannels = 64) =>
  node(name, 'conv2d', { outChannels, kernelSize: [size, size], padding: [size >> 1, size >> 1] });
const relu = (name: string) => node(name, 'relu');
const block = (name: string, channels: number, more: Partial<DocumentNode> = {}) =>
  node(name, 'residual', { channels, bias: false }, more);

describe('drawings', () => {
  const image = [64, 28, 28];
  it.each<[string, NetworkDocument, NetworkDocument, string[]]>([
    [
      'a 5×5 convolution and two of 3×3',
      chain(image, conv('wide', 5), relu('act')),
      chain(image, conv('first', 3), conv('second', 3), relu('act')),
      ['- wide -102464 -80281600', '+ first 36928 28901376', '+ second 36928 28901376'],
    ],
    [
      'the same, the first under the old name',
      chain(image, conv('conv1', 5), relu('act')),
      chain(image, conv('conv1', 3), conv('conv2', 3), relu('act')),
      ['- conv1 -102464 -80281600', '+ conv1 36928 28901376', '+ conv2 36928 28901376'],
    ],
    [
      'Inception with a 5×5 and with two 3×3',
      chain([192, 28, 28], node('block', 'inception')),
      chain([192, 28, 28], node('block', 'inception', { wide: 'twoThrees', between: 16 })),
      [
        `≠ block wide five→twoThrees between 0→16 ${157_824 - 163_696} ${123_432_960 - 128_049_152}`,
        '- block/branch3.conv5x5 -12832 -10035200',
        '+ block/branch3.conv3x3_a 2320 1806336',
        '+ block/branch3.conv3x3_b 4640 3612672',
      ],
    ],
    [
      'a kernel that is made smaller',
      chain(image, conv('conv1', 5), relu('act')),
      chain(image, conv('conv1', 3), relu('act')),
      ['≠ conv1 kernelSize [5,5]→[3,3] padding [2,2]→[1,1] -65536 -51380224'],
    ],
    [
      'a block twice and three times',
      chain(image, block('stage', 64, { repeat: 2 })),
      chain(image, block('stage', 64, { repeat: 3 })),
      ['≠ stage repeat 2→3 73984 57802752', '+ stage/3 73984 57802752'],
    ],
    [
      'a node for each block, under running numbers',
      chain(image, block('b1', 64), block('b2', 64), block('b3', 32), block('b4', 32), relu('end')),
      chain(image, ...['b1', 'b2', 'b3'].map((name) => block(name, 64)), block('b4', 32), block('b5', 32), relu('end')),
      ['+ b3 73984 57802752'],
    ],
    [
      'layers that changed places',
      chain(image, conv('conv', 3), node('norm', 'batchNorm2d'), relu('act')),
      chain(image, conv('conv', 3), relu('act'), node('norm', 'batchNorm2d')),
      ['≠ act edge norm→conv 0 0', '≠ norm edge conv→act 0 0'],
    ],
    [
      'a name, which is no difference',
      chain(image, conv('conv', 3), relu('act')),
      chain(image, conv('edges', 3), relu('act')),
      [],
    ],
    [
      'a layer that is frozen',
      chain(image, conv('conv', 3)),
      chain(image, node('conv', 'conv2d', conv('conv', 3).config, { frozen: true })),
      ['≠ conv frozen false→true 0 0'],
    ],
    [
      'an activation that no version knows',
      chain(image, conv('conv', 3), node('act', 'mish')),
      chain(image, conv('conv', 3), relu('act')),
      ['≠ act layer mish→ReLU output null→[64,28,28] 0 0'],
    ],
  ])('%s', (_, a, b, expected) => {
    expect(lines(compareNetworks(checked(a), checked(b)).rows)).toEqual(expected);
    const back = lines(compareNetworks(checked(b), checked(a)).rows);
    expect(back).toHaveLength(expected.length);
  });

  it('recognizes a deleted and recreated branch, in any order of creation', () => {
    const x = (id: string, port = 'x') => ({ node: id, port });
    const y = (id: string) => ({ node: id, port: 'y' });
    const a = applyEdits(chain(image, conv('left', 3)), [
      { kind: 'addNode', node: conv('right', 5) },
      { kind: 'addNode', node: node('sum', 'add') },
      { kind: 'connect', from: y('input'), to: x('right') },
      { kind: 'connect', from: y('left'), to: x('sum', 'x0') },
      { kind: 'connect', from: y('right'), to: x('sum', 'x1') },
    ]);
    const b = applyEdits(a, [
      { kind: 'removeNodes', nodes: ['left'], heal: false },
      { kind: 'addNode', node: conv('again', 3) },
      { kind: 'addNode', node: relu('act') },
      { kind: 'connect', from: y('input'), to: x('again') },
      { kind: 'connect', from: y('again'), to: x('act') },
      { kind: 'connect', from: y('act'), to: x('sum', 'x0') },
    ]);
    expect(lines(compareNetworks(checked(a), checked(b)).rows)).toEqual(['+ act 0 0']);
  });

  it('blocks of different documents are paired by title', () => {
    const withBlock = (id: string, size: number): NetworkDocument => ({
      ...chain(image, node('mine', `block:${id}`)),
      blocks: [
        {
          id,
          title: 'Mine',
          nodes: [conv('conv', size), relu('act')],
          edges: chain(image, conv('conv', size), relu('act')).edges.filter(({ from }) => from.node === 'conv'),
          inputs: [{ name: 'x', to: [{ node: 'conv', port: 'x' }] }],
          outputs: [{ name: 'y', from: { node: 'act', port: 'y' } }],
          exposed: [],
        },
      ],
    });
    const of = (a: NetworkDocument, b: NetworkDocument) => lines(compareNetworks(checked(a), checked(b)).rows);
    expect(of(withBlock('one', 3), withBlock('two', 3))).toEqual([]);
    expect(of(withBlock('one', 3), withBlock('two', 5))).toEqual([
      '≠ mine 65536 51380224',
      '≠ mine/conv kernelSize [3,3]→[5,5] padding [1,1]→[2,2] 65536 51380224',
    ]);
  });

  it('a wider residual stage is one change with the blocks in it', () => {
    const wide = templateOf('resnet18')?.adjusted({ width: 96 }) ?? emptyDocument;
    const { rows, counts } = compareNetworks(network('resnet18'), checked(wide));
    expect(counts).toMatchObject({ added: 0, removed: 0 });
    expect(lines(rows)).toContain(
      '≠ stage1/block2/conv1 outChannels 64→96 output [64,56,56]→[96,56,56] 46080 144506880',
    );
  });

  it('lists different transforms and mixing as text, and no facts of the data', () => {
    const [plain, facts] = [network('lenet'), { count: 3, inputs: [], targets: [] }];
    const transforms: NetworkDocument['data']['transforms'] = [
      { type: 'RandomCrop', size: [28, 28], padding: 2 },
      { type: 'Normalize' },
    ];
    const mixing = { type: 'CutMix', alpha: 1 } as const;
    const changed = checked({ ...plain.document, data: { ...plain.document.data, facts, transforms, mixing } });
    expect(compareNetworks(plain, changed).settings).toEqual([
      { key: 'data.transforms', from: null, to: 'RandomCrop(size=[28, 28], padding=2), Normalize' },
      { key: 'data.mixing', from: null, to: 'CutMix(alpha=1)' },
    ]);
  });

  it('lists the differences of dataset and training settings', () => {
    const { settings } = compareNetworks(network('lenet'), network('bn_lenet'));
    expect(settings).toContainEqual({ key: 'recipe.optimizer.learningRate', from: 0.002, to: 0.5 });
    expect(settings.map(({ key }) => key)).toEqual([
      'recipe.optimizer.kind',
      'recipe.optimizer.learningRate',
      'recipe.batchSize',
    ]);
  });

  it('compares networks with any errors, and mirrors the result', () => {
    const whole = network('lenet');
    const { nodes } = whole.document;
    const draws = random(7, 'compare');
    const pick = () => nodes[draws.below(nodes.length)]?.id ?? '';
    for (let round = 0; round < 40; round++) {
      const gone = pick();
      const { edges, ...rest } = applyEdits(whole.document, [{ kind: 'removeNodes', nodes: [gone], heal: false }]);
      const loose = pick();
      const damaged = checked({ ...rest, edges: edges.filter(({ from }) => from.node !== loose) });
      const there = compareNetworks(whole, damaged);
      expect(there.rows.filter(({ state }) => state === 'removed').map(({ a }) => a?.id)).toEqual([gone]);
      expect(turned(compareNetworks(damaged, whole))).toEqual(sorted(there));
    }
  });
});
