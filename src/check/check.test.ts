import { describe, expect, it } from 'vitest';
import { type Config, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { edgeId } from '../graph/edges.ts';
import { applyEdits } from '../graph/edits.ts';
import { random } from '../random/philox.ts';
import { check } from './check.ts';

/** A chain of layers, given by type and name: `['conv2d conv1', { … }]`. */
function chainOf(...rows: readonly (readonly [string, Config?])[]): NetworkDocument {
  const nodes = rows.map(([words, config = {}], i) => {
    const [layer, name = layer] = words.split(' ');
    return { id: name, layer, name, config, position: { x: 0, y: 120 * i } };
  });
  const edges = nodes.slice(1).map((node, i) => {
    const [from, to] = [
      { node: nodes[i].id, port: 'y' },
      { node: node.id, port: 'x' },
    ];
    return { id: edgeId(from, to), from, to };
  });
  return {
    ...emptyDocument,
    data: { ...emptyDocument.data, source: 'images/train-images-idx3-ubyte' },
    nodes,
    edges,
  };
}

const lenet = chainOf(
  ['input digits', { shape: [1, 28, 28] }],
  ['conv2d conv1', { outChannels: 6, kernelSize: [5, 5], padding: [2, 2] }],
  ['relu relu1'],
  ['maxPool2d pool1'],
  ['conv2d conv2', { outChannels: 16, kernelSize: [5, 5] }],
  ['relu relu2'],
  ['maxPool2d pool2'],
  ['flatten'],
  ['linear fc1', { outFeatures: 120 }],
  ['relu relu3'],
  ['linear fc2', { outFeatures: 84 }],
  ['relu relu4'],
  ['linear fc3', { outFeatures: 10 }],
  ['classifier digit'],
);

const setConfig = (doc: NetworkDocument, node: string, key: string, value: Config[string]) =>
  applyEdits(doc, [{ kind: 'setConfig', node, key, value }]);

describe('check', () => {
  it('computes all shapes, parameters and MACs of LeNet', () => {
    const result = check(lenet);
    expect(result.diagnostics).toEqual([]);
    expect(result.totals).toMatchObject({ params: 61_706, trainableParams: 61_706, macs: 416_520 });
    expect([...result.nodes.values()].map(({ name, outputs, params }) => [name, outputs.y?.join('×'), params])).toEqual(
      [
        ['digits', '1×28×28', 0],
        ['conv1', '6×28×28', 156],
        ['relu1', '6×28×28', 0],
        ['pool1', '6×14×14', 0],
        ['conv2', '16×10×10', 2416],
        ['relu2', '16×10×10', 0],
        ['pool2', '16×5×5', 0],
        ['flatten', '400', 0],
        ['fc1', '120', 48_120],
        ['relu3', '120', 0],
        ['fc2', '84', 10_164],
        ['relu4', '84', 0],
        ['fc3', '10', 850],
        ['digit', undefined, 0],
      ],
    );
  });

  it('counts frozen parameters separately', () => {
    const frozen = applyEdits(lenet, [{ kind: 'setFrozen', node: 'fc1', frozen: true }]);
    expect(check(frozen).totals).toMatchObject({ params: 61_706, trainableParams: 13_586 });
  });

  // Invalid documents: the exact diagnostics and the title of the first fix. Each first fix is then applied and has to help.
  const broken: [string, NetworkDocument, string[], string | null][] = [
    [
      'a kernel that does not fit',
      setConfig(lenet, 'conv2', 'kernelSize', [15, 15]),
      ['conv2 window-too-large'],
      'Set padding of “conv2” to 7',
    ],
    [
      'a pool that does not fit',
      setConfig(lenet, 'pool2', 'kernelSize', [11, 11]),
      ['pool2 window-too-large'],
      'Set window of “pool2” to 10',
    ],
    [
      'a dilation that does not fit',
      setConfig(lenet, 'conv2', 'dilation', [4, 4]),
      ['conv2 window-too-large'],
      'Set dilation of “conv2” to 1',
    ],
    [
      'padding that fills windows',
      setConfig(lenet, 'pool1', 'padding', [2, 2]),
      ['pool1 padding-too-large'],
      'Set padding of “pool1” to 1',
    ],
    [
      'a dilated pool that skips all of a small image',
      setConfig(setConfig(lenet, 'pool2', 'padding', [1, 1]), 'pool2', 'dilation', [11, 11]),
      ['pool2 padding-too-large'],
      'Set dilation of “pool2” to 1',
    ],
    [
      '"same" with a stride',
      setConfig(setConfig(lenet, 'conv1', 'padding', 'same'), 'conv1', 'stride', [2, 2]),
      ['conv1 same-padding-stride'],
      'Set padding of “conv1” to 2',
    ],
    [
      'groups that do not divide',
      setConfig(lenet, 'conv2', 'groups', 4),
      ['conv2 groups-do-not-divide'],
      'Set groups of “conv2” to 2',
    ],
    [
      'a wrong class count',
      setConfig(lenet, 'fc3', 'outFeatures', 12),
      ['digit class-count'],
      'Set units of “fc3” to 10',
    ],
    [
      'class weights that do not fit',
      setConfig(lenet, 'digit', 'classWeights', [1, 2]),
      ['digit class-weight-count'],
      'Set class weights of “digit” to 1, 2, 1, 1, 1, 1, 1, 1, 1, 1',
    ],
    [
      'a missing Flatten',
      applyEdits(lenet, [{ kind: 'removeNodes', nodes: ['flatten'], heal: true }]),
      ['fc1 rank-mismatch'],
      'Insert Flatten between “pool2” and “fc1”',
    ],
    [
      'a Flatten too early',
      chainOf(
        ['input', { shape: [1, 8, 8] }],
        ['flatten'],
        ['conv2d'],
        ['flatten f2'],
        ['linear', { outFeatures: 10 }],
        ['classifier'],
      ),
      ['conv2d rank-mismatch'],
      'Remove “flatten” before “conv2d”',
    ],
    [
      'an image into the output layer',
      chainOf(['input', { shape: [10, 1, 1] }], ['relu'], ['classifier']),
      ['classifier rank-mismatch'],
      'Insert Flatten between “relu” and “classifier”',
    ],
    [
      'a missing connection',
      applyEdits(lenet, [{ kind: 'disconnect', edges: ['relu1.y>pool1.x'] }]),
      ['pool1 unconnected-input'],
      'Connect “relu1” to “pool1”',
    ],
    [
      'a cycle',
      applyEdits(lenet, [{ kind: 'connect', from: { node: 'pool2', port: 'y' }, to: { node: 'conv1', port: 'x' } }]),
      ['conv1 cycle'],
      'Remove connection “pool2” → “conv1” and connect “digits” to “conv1”',
    ],
    [
      'two layers of one name',
      applyEdits(lenet, [{ kind: 'renameNode', node: 'fc2', name: 'fc1' }]),
      ['fc2 duplicate-name'],
      'Rename to “fc2”',
    ],
    [
      'a slash in a name',
      applyEdits(lenet, [{ kind: 'renameNode', node: 'fc2', name: 'a/b' }]),
      ['fc2 invalid-name'],
      'Rename to “a-b”',
    ],
    [
      'a wrong config value',
      setConfig(lenet, 'fc2', 'outFeatures', 0),
      ['fc2 invalid-config'],
      'Set units of “fc2” to 64',
    ],
    [
      'a wrong config type',
      setConfig(lenet, 'conv1', 'kernelSize', 'big'),
      ['conv1 invalid-config'],
      'Set kernel of “conv1” to 3',
    ],
    [
      'a connection to nowhere',
      {
        ...lenet,
        edges: [...lenet.edges, { id: 'e', from: { node: 'gone', port: 'y' }, to: { node: 'fc1', port: 'x' } }],
      },
      ['fc1 dangling-edge'],
      'Remove connection gone.y → fc1.x',
    ],
    [
      'two connections into one input',
      {
        ...lenet,
        edges: [...lenet.edges, { id: 'e', from: { node: 'conv1', port: 'y' }, to: { node: 'fc1', port: 'x' } }],
      },
      ['fc1 input-taken'],
      'Remove connection conv1.y → fc1.x',
    ],
    [
      'an unknown layer',
      applyEdits(lenet, [
        {
          kind: 'insertNode',
          node: { id: 'q', layer: 'quantum', name: 'q', config: {}, position: { x: 0, y: 0 } },
          edge: 'relu3.y>fc2.x',
          input: 'x',
          output: 'y',
        },
      ]),
      ['q unknown-layer'],
      'Remove “q”',
    ],
    [
      'no input',
      applyEdits(lenet, [{ kind: 'removeNodes', nodes: ['digits'], heal: false }]),
      [' no-input', 'conv1 unconnected-input'],
      'Add Input and connect it to “conv1”',
    ],
    [
      'no output',
      applyEdits(lenet, [{ kind: 'removeNodes', nodes: ['digit'], heal: false }]),
      [' no-output'],
      'Add Classifier after “fc3”',
    ],
    ['nothing at all', emptyDocument, [' no-input', ' no-output'], 'Add an input: Input'],
  ];

  it.each(broken)('%s', (_, doc, expected, firstFix) => {
    const { diagnostics, graph } = check(doc);
    expect(graph).toBeNull();
    expect(diagnostics.map(({ node, code }) => `${doc.nodes.find(({ id }) => id === node)?.id ?? ''} ${code}`)).toEqual(
      expected,
    );
    expect(diagnostics[0].fixes[0]?.title.en ?? null).toBe(firstFix);
    for (const { message, fixes } of diagnostics) {
      for (const text of [message, ...fixes.map(({ title }) => title)]) {
        expect(text.en).toMatch(/\S/);
        expect(text.zh).toMatch(/[一-鿿]/);
        expect(`${text.en}${text.zh}`).not.toMatch(/undefined|NaN|\[object/);
      }
    }
    for (const { code, node, fixes } of diagnostics) {
      for (const fix of fixes) {
        const after = check(applyEdits(doc, fix.edits)).diagnostics;
        expect(
          after.some((left) => left.code === code && left.node === node),
          fix.title.en,
        ).toBe(false);
      }
    }
  });

  it('shows the failing calculation', () => {
    const { diagnostics } = check(setConfig(lenet, 'conv2', 'kernelSize', [15, 15]));
    expect(diagnostics[0].message.en).toBe(
      'The window of Conv2d “conv2” does not fit the output of “pool1”: output height is (14 + 2·0 − 15)/1 + 1 = 0, but must be at least 1. Use a smaller window or more padding.',
    );
  });

  it('only warns about layers that lead to no output', () => {
    const aside = applyEdits(lenet, [
      { kind: 'addNode', node: { id: 'loose', layer: 'relu', name: 'loose', config: {}, position: { x: 0, y: 0 } } },
      { kind: 'addNode', node: { id: 'branch', layer: 'relu', name: 'branch', config: {}, position: { x: 0, y: 0 } } },
      { kind: 'connect', from: { node: 'relu1', port: 'y' }, to: { node: 'branch', port: 'x' } },
    ]);
    const { diagnostics, graph } = check(aside);
    expect(diagnostics.map(({ severity, node, code }) => [severity, node, code])).toEqual([
      ['warning', 'loose', 'unconnected-input'],
      ['warning', 'branch', 'dead-end'],
    ]);
    expect(graph?.nodes.map(({ node }) => node.id)).not.toContain('branch');
  });

  it('does not throw for randomly damaged documents', () => {
    const rng = random(5, 'damage');
    const values: Config[string][] = [-1, 0, 1, 3, 1e9, 'same', 'x', null, true, [3], [3, 3], [0, 2], [[]], 2.5];
    for (let run = 0; run < 300; run++) {
      let doc = lenet;
      for (let i = 0; i < 6; i++) {
        const node = doc.nodes[rng.below(doc.nodes.length)];
        const other = doc.nodes[rng.below(doc.nodes.length)];
        const keys = [
          'outChannels',
          'kernelSize',
          'padding',
          'stride',
          'groups',
          'dilation',
          'outFeatures',
          'shape',
          'classes',
        ];
        const choice = rng.below(4);
        if (choice === 0) doc = setConfig(doc, node.id, keys[rng.below(keys.length)], values[rng.below(values.length)]);
        else if (choice === 1)
          doc = applyEdits(doc, [
            { kind: 'connect', from: { node: node.id, port: 'y' }, to: { node: other.id, port: 'x' } },
          ]);
        else if (choice === 2 && doc.nodes.length > 2)
          doc = applyEdits(doc, [{ kind: 'removeNodes', nodes: [node.id], heal: rng.below(2) === 1 }]);
        else
          doc = {
            ...doc,
            nodes: doc.nodes.map((each) =>
              each === node ? { ...each, layer: ['relu', 'flatten', 'conv2d', 'nothing'][rng.below(4)] } : each,
            ),
          };
      }
      const { graph, diagnostics } = check(doc);
      expect(graph === null).toBe(diagnostics.some(({ severity }) => severity === 'error'));
    }
  });
});
