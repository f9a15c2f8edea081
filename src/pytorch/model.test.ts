import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { templateOf, templates } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { paramName } from '../compile/forward.ts';
import { type Config, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { layers } from '../layers/index.ts';
import { layerTypes } from '../layers/layerTypes.ts';
import { torchModel } from './model.ts';

const graphOf = (document: NetworkDocument): CheckedGraph => {
  const { graph, diagnostics } = check(document);
  if (graph === null) throw new Error(diagnostics[0]?.message.en);
  return graph;
};

type Row = readonly [layer: string, name: string, config?: Config];

/** A network of consecutive layers. */
function chain(rows: readonly Row[]): NetworkDocument {
  const nodes = rows.map(([layer, name, config = {}], i) => ({
    id: `n${i}`,
    layer,
    name,
    config,
    position: { x: 0, y: 0 },
  }));
  const edges = nodes.slice(1).map(({ id }, i) => ({
    id,
    from: { node: `n${i}`, port: 'y' },
    to: { node: id, port: 'x' },
  }));
  return { ...emptyDocument, nodes, edges };
}

it('lists the types of all layers', () => {
  expect([...layerTypes].sort()).toEqual(layers.map(({ type }) => type).sort());
});

describe('model.py', () => {
  it.each(['lenet_modern', 'resnet50', 'googlenet_torchvision', 'resnet20_cifar', 'densenet_d2l'])('of %s', (id) => {
    const file = new URL(`../../testdata/pytorch/${id}.py`, import.meta.url);
    const { source } = torchModel(graphOf(templateOf(id)?.document as NetworkDocument));
    expect(source).toBe(readFileSync(file, 'utf8'));
  });

  it('gives every parameter and buffer of every template a key of its own', () => {
    for (const { document } of templates) {
      const graph = graphOf(document);
      const { keys } = torchModel(graph);
      const names = graph.nodes.flatMap((node) =>
        Object.keys({ ...node.params, ...node.buffers }).map((key) => paramName(node, key)),
      );
      expect([...keys.keys()].sort()).toEqual(names.sort());
      expect(new Set(keys.values()).size).toBe(keys.size);
    }
  });

  it.each([
    ['a keyword', 'lambda', 'lambda2'],
    ['a soft keyword', 'match', 'match2'],
    ['a method of Module', 'forward', 'forward2'],
    ['an attribute of Module', 'training', 'training2'],
    ['spaces', 'my layer', 'my_layer'],
    ['dots', 'stem.conv1', 'stem_conv1'],
    ['a leading digit', '3x3', 'linear_3x3'],
    ['Chinese', '全连接层1', '全连接层1'],
    ['another normal form', 'ｆｃ１', 'fc1'],
    ['symbols alone', '!?', 'linear'],
    ['two leading underscores', '__init__', 'init'],
    ['self', 'self', 'self2'],
  ])('converts a name with %s', (_, name, expected) => {
    const { keys } = torchModel(
      graphOf(
        chain([
          ['input', 'in', { shape: [4] }],
          ['linear', name, { outFeatures: 2 }],
          ['regression', 'out'],
        ]),
      ),
    );
    expect(keys.get(`${name}/weight`)).toBe(`${expected}.weight`);
  });

  it('keeps names apart that become the same identifier', () => {
    const rows: Row[] = ['fc 1', 'fc-1', 'fc_1', 'fc.1'].map((name) => ['linear', name, { outFeatures: 3 }]);
    const { keys } = torchModel(graphOf(chain([['input', 'in', { shape: [3] }], ...rows, ['regression', 'out']])));
    expect(new Set(keys.values()).size).toBe(8);
    expect(keys.get('fc 1/weight')).toBe('fc_1.weight');
    expect(keys.get('fc_1/bias')).toBe('fc_1_3.bias');
  });

  it('writes padding, ceil mode and asymmetric padding as PyTorch has them', () => {
    const { source } = torchModel(
      graphOf(
        chain([
          ['input', 'in', { shape: [2, 9, 11] }],
          ['conv2d', 'conv', { outChannels: 4, kernelSize: [4, 3], padding: 'same', groups: 2 }],
          ['zeroPad2d', 'pad', { before: [0, 1], after: [2, 3] }],
          ['maxPool2d', 'pool', { kernelSize: [3, 3], stride: [2, 2], padding: [1, 0], ceilMode: true }],
          ['localResponseNorm', 'lrn', {}],
          ['flatten', 'flat'],
          ['linear', 'fc', { outFeatures: 3 }],
          ['regression', 'out'],
        ]),
      ),
    );
    expect(source).toContain('nn.Conv2d(2, 4, kernel_size=(4, 3), padding="same", groups=2)');
    expect(source).toContain('nn.ZeroPad2d((1, 3, 0, 2))');
    expect(source).toContain('nn.MaxPool2d(3, stride=2, padding=(1, 0), ceil_mode=True)');
    expect(source).toContain('nn.LocalResponseNorm(5, k=2)');
  });

  it('leaves out layers on which no output depends', () => {
    const document = chain([
      ['input', 'in', { shape: [4] }],
      ['linear', 'fc', { outFeatures: 2 }],
      ['regression', 'out'],
    ]);
    const lost = { id: 'lost', layer: 'linear', name: 'lost', config: { outFeatures: 3 }, position: { x: 0, y: 0 } };
    const edge = { id: 'e', from: { node: 'n0', port: 'y' }, to: { node: 'lost', port: 'x' } };
    const { keys, source } = torchModel(
      graphOf({ ...document, nodes: [...document.nodes, lost], edges: [...document.edges, edge] }),
    );
    expect([...keys.keys()]).toEqual(['fc/weight', 'fc/bias']);
    expect(source).not.toContain('lost');
  });

  it('names the modules of frozen layers', () => {
    const document = chain([
      ['input', 'in', { shape: [4] }],
      ['linear', 'body', { outFeatures: 2 }],
      ['relu', 'act'],
      ['linear', 'head', { outFeatures: 2 }],
      ['regression', 'out'],
    ]);
    const nodes = document.nodes.map((node) =>
      node.name === 'body' || node.name === 'act' ? { ...node, frozen: true } : node,
    );
    expect(torchModel(graphOf({ ...document, nodes })).frozen).toEqual(['body']);
  });
});
