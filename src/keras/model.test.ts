import { describe, expect, it } from 'vitest';
import { templateOf, templates } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { paramName } from '../compile/forward.ts';
import { type Config, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { kerasModel } from './model.ts';

const graphOf = (document: NetworkDocument): CheckedGraph => {
  const { graph, diagnostics } = check(document);
  if (graph === null) throw new Error(diagnostics[0]?.message.en);
  return graph;
};

type Row = readonly [layer: string, name: string, config?: Config];

/** A network of consecutive layers. */
function chain(...rows: readonly Row[]): NetworkDocument {
  const nodes = rows.map(([layer, name, config = {}], i) => ({
    id: `n${i}`,
    layer,
    name,
    config,
    position: { x: 0, y: 0 },
  }));
  const edges = nodes
    .slice(1)
    .map(({ id }, i) => ({ id, from: { node: `n${i}`, port: 'y' }, to: { node: id, port: 'x' } }));
  return { ...emptyDocument, nodes, edges };
}

const ofTemplate = (id: string) => kerasModel(graphOf(templateOf(id)?.document as NetworkDocument));
const image: Row = ['input', 'in', { shape: [4, 8, 10] }];

/** The model of a network with these layers after an input. */
const ofLayers = (input: Row, ...rows: readonly Row[]) =>
  kerasModel(graphOf(chain(input, ...rows, ['regression', 'out'])));

/** Calls on one line. */
const unwrapped = (source: string): string =>
  source
    .replace(/\(\n\s+/g, '(')
    .replace(/,\n\s+\)/g, ')')
    .replace(/,\n\s+/g, ', ');

/** The lines that call layers, without their variables. */
const linesOf = ({ source }: { readonly source: string }): string[] =>
  [...unwrapped(source).matchAll(/^ {4}(?:\w+ = |return )(.*)\)\(\w+\)$/gm)].map(([, call]) => `${call})`);

describe('model.py', () => {
  it('has layers in order, and channels first where an image becomes a vector', () => {
    const model = ofTemplate('lenet_modern');
    expect(model.source).toContain('inputs = keras.Input(image(1, 28, 28), name="input")');
    expect(model.source).toContain('TO_DRAWING = (CHANNELS, HEIGHT, WIDTH)');
    expect(model.source).not.toContain('FROM_DRAWING');
    expect(linesOf(model).slice(0, 9)).toEqual([
      'layers.Conv2D(6, 5, padding="same", name="conv1")',
      'layers.ReLU(name="act1")',
      'layers.MaxPooling2D(2, name="pool1")',
      'layers.Conv2D(16, 5, name="conv2")',
      'layers.ReLU(name="act2")',
      'layers.MaxPooling2D(2, name="pool2")',
      'layers.Permute(TO_DRAWING, name="flatten_to_drawing")',
      'layers.Flatten(data_format="channels_last", name="flatten")',
      'layers.Dense(120, name="fc1")',
    ]);
  });

  it('has blocks as functions, and equal ones in a loop', () => {
    const { source } = ofTemplate('resnet20_cifar');
    expect(source).toContain('def residual_block(x, filters, name):');
    expect(source).toContain(
      '    for i in range(2):\n        x = residual_block(x, filters, name=f"{name}-blocks-{i}")',
    );
    expect(source).toContain('y = layers.Add(name=f"{name}-add")([y, x])');
  });

  it('names every used parameter and buffer of every template once', () => {
    for (const { document } of templates) {
      const graph = graphOf(document);
      const { layers } = kerasModel(graph);
      const names = graph.nodes.flatMap((node) => Object.keys(node.params).map((key) => paramName(node, key)));
      const found = [...layers].flatMap(([path, { node }]) => Object.keys(node.params).map((key) => `${path}/${key}`));
      expect(found.sort()).toEqual(names.sort());
      expect(new Set([...layers.values()].map(({ name }) => name)).size).toBe(layers.size);
    }
  });

  it('leaves out layers on which no output depends', () => {
    const document = chain(
      ['input', 'in', { shape: [4] }],
      ['linear', 'fc', { outFeatures: 2 }],
      ['regression', 'out'],
    );
    const lost = { id: 'lost', layer: 'linear', name: 'lost', config: { outFeatures: 3 }, position: { x: 0, y: 0 } };
    const edge = { id: 'e', from: { node: 'n0', port: 'y' }, to: { node: 'lost', port: 'x' } };
    const { layers, source } = kerasModel(
      graphOf({ ...document, nodes: [...document.nodes, lost], edges: [...document.edges, edge] }),
    );
    expect([...layers.keys()]).not.toContain('lost');
    expect(source).not.toContain('lost');
  });

  it.each([
    ['a keyword', 'lambda', 'lambda'],
    ['a name of the file', 'pad', 'pad'],
    ['spaces', 'my layer', 'my_layer'],
    ['dots, which the backend torch refuses', 'stem.conv1', 'stem_conv1'],
    ['Chinese, which TensorFlow refuses', '全连接层1', 'linear_1'],
    ['Chinese alone', '全连接层', 'linear'],
    ['another normal form', 'ｆｃ１', 'fc1'],
    ['accents', 'café', 'caf'],
  ])('converts a name with %s', (_, name, expected) => {
    const { layers } = ofLayers(['input', 'in', { shape: [4] }], ['linear', name, { outFeatures: 2 }]);
    expect(layers.get(name)?.name).toBe(expected);
  });

  it('gives inputs and added layers names of their own', () => {
    const { source } = ofLayers(
      ['input', 'a b', { shape: [4, 8, 10] }],
      ['conv2d', 'a_b', { outChannels: 2, kernelSize: [3, 3], stride: [2, 2], padding: [1, 1] }],
      ['relu', 'a_b_pad'],
    );
    expect(source).toContain('name="a_b2")\n    outputs');
    expect(source).toContain('layers.ZeroPadding2D(1, name="a_b_pad")');
    expect(source).toContain('layers.ReLU(name="a_b_pad2")');
  });

  const windows: readonly (readonly [string, Row, readonly string[]])[] = [
    [
      'padding with strides',
      ['conv2d', 'a', { outChannels: 2, kernelSize: [3, 3], stride: [2, 2], padding: [1, 1] }],
      ['layers.ZeroPadding2D(1, name="a_pad")', 'layers.Conv2D(2, 3, strides=2, name="a")'],
    ],
    [
      'same padding of an even kernel',
      ['conv2d', 'a', { outChannels: 2, kernelSize: [4, 2], padding: 'same' }],
      ['layers.Conv2D(2, (4, 2), padding="same", name="a")'],
    ],
    [
      'one kernel per channel',
      ['conv2d', 'a', { outChannels: 8, groups: 4, kernelSize: [3, 3] }],
      ['layers.DepthwiseConv2D(3, depth_multiplier=2, name="a")'],
    ],
    [
      'groups',
      ['conv2d', 'a', { outChannels: 8, groups: 2, kernelSize: [3, 3] }],
      ['layers.Conv2D(8, 3, groups=2, name="a")'],
    ],
    [
      'strides and dilation',
      ['conv2d', 'a', { outChannels: 2, kernelSize: [3, 3], stride: [2, 1], dilation: [2, 2] }],
      ['layers.Conv2D(2, 3, dilation_rate=2, name="a")', 'Thin((2, 1), name="a_thin")'],
    ],
    [
      'cropped transposed convolution',
      [
        'convTranspose2d',
        'a',
        { outChannels: 2, kernelSize: [3, 3], stride: [2, 2], padding: [1, 1], outputPadding: [1, 1] },
      ],
      ['layers.Conv2DTranspose(2, 3, strides=2, name="a")', 'layers.Cropping2D(((1, 0), (1, 0)), name="a_crop")'],
    ],
    [
      'transposed convolution with groups',
      ['convTranspose2d', 'a', { outChannels: 4, kernelSize: [3, 3], stride: [2, 2], groups: 2 }],
      [
        'Spread((2, 2), name="a_spread")',
        'layers.ZeroPadding2D(2, name="a_pad")',
        'layers.Conv2D(4, 3, groups=2, name="a")',
      ],
    ],
    [
      'max pool with strides and padding',
      ['maxPool2d', 'a', { kernelSize: [3, 3], stride: [2, 2], padding: [1, 1] }],
      ['LowestPadding2D(((1, 1), (1, 1)), name="a_pad")', 'layers.MaxPooling2D(3, strides=2, name="a")'],
    ],
    [
      'average over the image alone',
      ['avgPool2d', 'a', { kernelSize: [3, 3], stride: [2, 2], padding: [1, 1], countIncludePad: false }],
      ['CountedAveragePooling2D((3, 3), strides=(2, 2), padding=((1, 1), (1, 1)), counted=((0, 0), (0, 0)), name="a")'],
    ],
    [
      'average with padding',
      ['avgPool2d', 'a', { kernelSize: [3, 3], stride: [2, 2], padding: [1, 1] }],
      ['layers.ZeroPadding2D(1, name="a_pad")', 'layers.AveragePooling2D(3, strides=2, name="a")'],
    ],
    [
      'batch norm',
      ['batchNorm2d', 'a', { momentum: 0.3, eps: 1e-3 }],
      ['layers.BatchNormalization(axis=CHANNELS, momentum=0.7, name="a")'],
    ],
    [
      'layer norm of rows',
      ['layerNorm', 'a', { axes: 2 }],
      [
        'layers.Permute(TO_DRAWING, name="a_to_drawing")',
        'layers.LayerNormalization(axis=(-2, -1), epsilon=0.00001, name="a")',
        'layers.Permute(FROM_DRAWING, name="a_from_drawing")',
      ],
    ],
    ['softmax over rows', ['softmax', 'a', { axis: 1 }], ['layers.Softmax(axis=HEIGHT, name="a")']],
    ['softmax over the last axis', ['softmax', 'a', { axis: -1 }], ['layers.Softmax(axis=WIDTH, name="a")']],
    [
      'one slope',
      ['prelu', 'a', { slopes: 'one' }],
      [
        'layers.PReLU(alpha_initializer=keras.initializers.Constant(0.25), shared_axes=(CHANNELS, HEIGHT, WIDTH), name="a")',
      ],
    ],
    [
      'cropping',
      ['zeroPad2d', 'a', { before: [1, 0], after: [-1, 0] }],
      ['layers.ZeroPadding2D(((1, 0), (0, 0)), name="a_pad")', 'layers.Cropping2D(((0, 1), (0, 0)), name="a")'],
    ],
  ];
  it.each(windows)('writes %s', (_, row, expected) => {
    expect(linesOf(ofLayers(image, row))).toEqual(expected);
  });

  it('refuses an ONNX node by its name', () => {
    const document = chain(['input', 'in', { shape: [4] }], ['identity', 'twice'], ['regression', 'out']);
    const graph = graphOf(document);
    const nodes = graph.nodes.map((node) =>
      node.node.name === 'twice'
        ? { ...node, layer: { ...node.layer, type: 'onnx:1', title: { en: 'Einsum', zh: 'Einsum' } } }
        : node,
    ) as unknown as CheckedGraph['nodes'];
    expect(() => kerasModel({ ...graph, nodes })).toThrow('“twice” (Einsum) has no counterpart in Keras');
  });
});
