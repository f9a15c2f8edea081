import { describe, expect, it } from 'vitest';
import { type Config, type ConfigValue, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { edgeId } from '../graph/edges.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import { check } from './check.ts';

type Row = readonly [words: string, config?: Config, from?: readonly string[]];

/** Layers, each named by itself and fed by the one before unless it says by whom: `['conv2d conv1', { … }, ['a', 'b']]`. */
function draw(rows: readonly Row[], source = 'mnist'): NetworkDocument {
  const nodes = rows.map(([words, config = {}], i) => {
    const [layer, name = layer] = words.split(' ') as [string, string?];
    return { id: name, layer, name, config, position: { x: 0, y: 120 * i } };
  });
  const edges = rows.flatMap(([, , from], i) => {
    const sources = from ?? (i === 0 ? [] : [nodes[i - 1]?.id ?? '']);
    return sources.map((id, at) => {
      const [start, end] = [
        { node: id, port: 'y' },
        { node: nodes[i]?.id ?? '', port: sources.length > 1 ? `x${at}` : 'x' },
      ];
      return { id: edgeId(start, end), from: start, to: end };
    });
  });
  return { ...emptyDocument, data: { ...emptyDocument.data, source }, nodes, edges };
}

const digits: Row = ['input digits', { shape: [1, 28, 28] }];
const conv = (name: string, outChannels: number, config: Config = {}, from?: readonly string[]): Row => [
  `conv2d ${name}`,
  { outChannels, kernelSize: [3, 3], padding: [1, 1], ...config },
  from,
];
const head: readonly Row[] = [['flatten'], ['linear fc', { outFeatures: 10 }], ['classifier digit']];
const changed = (doc: NetworkDocument, ...edits: Edit[]): NetworkDocument => applyEdits(doc, edits);
const set = (node: string, key: string, value: ConfigValue): Edit => ({ kind: 'setConfig', node, key, value });

const small = draw([digits, conv('conv1', 8), ['relu'], ['maxPool2d pool'], ...head]);
const residual = (branch: readonly Row[], shortcut = 'relu1'): NetworkDocument =>
  draw([
    digits,
    conv('conv1', 8),
    ['relu relu1'],
    ...branch,
    ['add', {}, [shortcut, branch.at(-1)?.[0].split(' ')[1] ?? '']],
    ['relu relu2'],
    ...head,
  ]);

const inBatches = (batchSize: number, doc: NetworkDocument): NetworkDocument => ({
  ...doc,
  recipe: { ...doc.recipe, batchSize },
});

/** What a beginner did, the code of the problem, the best fix in words, and whether it is an error or a warning. */
type Mistake = readonly [name: string, doc: NetworkDocument, code: string, fix: string, severity?: 'warning' | 'hint'];

const mistakes: readonly Mistake[] = [
  [
    'Linear straight after a convolution',
    draw([digits, conv('conv1', 8), ['linear fc', { outFeatures: 10 }], ['classifier']]),
    'rank-mismatch',
    "Insert Flatten between 'conv1' and 'fc'",
  ],
  [
    'a kernel larger than its input',
    draw([
      digits,
      ['maxPool2d pool', { kernelSize: [7, 7], stride: [7, 7] }],
      conv('conv1', 8, { kernelSize: [5, 5], padding: [0, 0] }),
      ...head,
    ]),
    'window-too-large',
    "Set padding of 'conv1' to 2",
  ],
  [
    'more pools than the picture has room for',
    draw([digits, ...[1, 2, 3, 4, 5].map((i): Row => [`maxPool2d pool${i}`]), ...head]),
    'window-too-large',
    "Remove 'pool5'",
  ],
  [
    'a residual Add of different channels',
    residual([conv('conv2', 16)]),
    'shape-mismatch',
    "Insert Conv2d between 'relu1' and 'add'",
  ],
  [
    'a residual Add whose branch has a stride',
    residual([conv('conv2', 8, { stride: [2, 2] })]),
    'shape-mismatch',
    "Insert Conv2d between 'relu1' and 'add'",
  ],
  [
    'a residual Add whose branch has no padding',
    residual([conv('conv2', 8, { padding: [0, 0] }), ['relu relu3'], conv('conv3', 8, { padding: [0, 0] })]),
    'shape-mismatch',
    "Set padding of 'conv2' to 1, padding of 'conv3' to 1: keeps 28×28",
  ],
  [
    'a Concat of branches of different heights',
    draw([
      digits,
      conv('a', 4),
      ['maxPool2d b', { kernelSize: [3, 3], stride: [2, 2], padding: [1, 1] }, ['digits']],
      ['concat', {}, ['a', 'b']],
      ...head,
    ]),
    'shape-mismatch',
    "Set stride of 'b' to 1: keeps 28×28",
  ],
  [
    'BatchNorm2d behind Flatten',
    draw([
      digits,
      ['flatten'],
      ['linear fc1', { outFeatures: 32, bias: false }],
      ['batchNorm2d bn'],
      ['relu'],
      ['linear fc'],
      ['classifier', { classes: 64 }],
    ]),
    'rank-mismatch',
    "Replace 'bn' by BatchNorm1d",
  ],
  [
    'a convolution behind Flatten',
    draw([digits, ['flatten'], conv('conv1', 8), ['relu'], ['linear fc', { outFeatures: 10 }], ['classifier']]),
    'rank-mismatch',
    "Move 'flatten' between 'relu' and 'fc'",
  ],
  [
    'groups that do not divide the channels',
    draw([digits, conv('conv1', 6), conv('conv2', 8, { groups: 4 }), ...head]),
    'groups-do-not-divide',
    "Set groups of 'conv2' to 2",
  ],
  [
    '"same" padding with a stride',
    changed(small, set('conv1', 'padding', 'same'), set('conv1', 'stride', [2, 2])),
    'same-padding-stride',
    "Set padding of 'conv1' to 1",
  ],
  [
    'no input',
    changed(small, { kind: 'removeNodes', nodes: ['digits'], heal: false }),
    'no-input',
    "Add Input and connect it to 'conv1'",
  ],
  [
    'no output',
    draw([digits, conv('conv1', 8), ['relu']]),
    'no-output',
    "Add Flatten, Linear and Classifier behind 'relu'",
  ],
  [
    'fewer classes than the data has',
    changed(small, set('fc', 'outFeatures', 5), set('digit', 'classes', 5)),
    'data-classes',
    "Set classes of 'digit' to 10; set units of 'fc' to 10",
    'warning',
  ],
  [
    'scores that are not as many as the classes',
    changed(small, set('fc', 'outFeatures', 12)),
    'class-count',
    "Set units of 'fc' to 10",
  ],
  [
    'two connections into one input',
    changed(small, {
      kind: 'connect',
      from: { node: 'digits', port: 'y' },
      to: { node: 'pool', port: 'x' },
      keepOthers: true,
    }),
    'input-taken',
    'Remove the connection digits.y → pool.x',
  ],
  [
    'a circle',
    changed(
      small,
      { kind: 'connect', from: { node: 'pool', port: 'y' }, to: { node: 'conv1', port: 'x' }, keepOthers: true },
      { kind: 'disconnect', edges: ['digits.y>conv1.x'] },
    ),
    'cycle',
    "Remove the connection 'pool' → 'conv1' and connect 'digits' to 'conv1'",
  ],
  [
    'an input that is not connected',
    changed(small, { kind: 'disconnect', edges: ['relu.y>pool.x'] }),
    'unconnected-input',
    "Connect 'relu' to 'pool'",
  ],
  [
    'a branch that leads nowhere',
    draw([digits, conv('conv1', 8), ['relu'], ['dropout', {}, ['conv1']], ['flatten', {}, ['relu']], ...head.slice(1)]),
    'dead-end',
    "Remove 'dropout'",
    'warning',
  ],
  [
    'two layers of one name',
    changed(small, { kind: 'renameNode', node: 'pool', name: 'relu' }),
    'duplicate-name',
    "Rename to 'relu2'",
  ],
  [
    'a value out of range',
    changed(small, set('conv1', 'outChannels', 0)),
    'invalid-config',
    "Set output channels of 'conv1' to 16",
  ],
  [
    'softmax before a classifier that has its own',
    draw([digits, ...head.slice(0, 2), ['softmax'], ['classifier']]),
    'double-softmax',
    "Remove 'softmax' from in front of 'classifier'",
    'warning',
  ],
  [
    'ReLU behind the last layer',
    draw([digits, ...head.slice(0, 2), ['relu'], ['dropout'], ['classifier']]),
    'activation-before-output',
    "Remove 'relu' from in front of 'classifier'",
    'warning',
  ],
  [
    'an input of another size than the data',
    draw([['input digits', { shape: [3, 32, 32] }], conv('conv1', 8), ['relu'], ...head]),
    'data-shape',
    "Set shape of 'digits' to 1×28×28, padded to 32×32",
    'warning',
  ],
  [
    'a Reshape of another number of cells',
    draw([digits, ['reshape', { shape: [700] }], ['linear fc', { outFeatures: 10 }], ['classifier']]),
    'size-mismatch',
    "Set shape of 'reshape' to 784",
  ],
  [
    'Dropout of everything',
    draw([digits, ['flatten'], ['dropout', { p: 1 }], ...head.slice(1)]),
    'drops-everything',
    "Set dropout rate of 'dropout' to 0.5",
    'warning',
  ],
  [
    'two linear layers with nothing between',
    draw([digits, ['flatten'], ['linear fc1', { outFeatures: 100 }], ...head.slice(1)]),
    'linear-in-a-row',
    "Insert ReLU between 'fc1' and 'fc'",
    'warning',
  ],
  [
    'a bias right before batch normalisation',
    draw([digits, conv('conv1', 8), ['batchNorm2d bn'], ['relu'], ...head]),
    'bias-before-norm',
    "Set bias of 'conv1' to false",
    'hint',
  ],
  [
    'a layer of another program',
    draw([
      digits,
      ['flatten'],
      ['Dense fc1', { outFeatures: 32 }],
      ['relu'],
      ['linear fc', { outFeatures: 10 }],
      ['classifier'],
    ]),
    'unknown-layer',
    "Replace 'fc1' by Linear",
  ],
  [
    'a picture straight into the classifier',
    draw([digits, conv('conv1', 8), ['relu'], ['classifier']]),
    'rank-mismatch',
    "Insert Flatten and Linear between 'relu' and 'classifier'",
  ],
  [
    'sigmoid before yes or no',
    draw([['input x', { shape: [2] }], ['linear fc', { outFeatures: 1 }], ['sigmoid'], ['binaryClassifier y']], 'xor'),
    'double-softmax',
    "Remove 'sigmoid' from in front of 'y'",
    'warning',
  ],
  [
    'classes where the answers are numbers',
    draw([['input x', { shape: [2] }], ['linear fc', { outFeatures: 10 }], ['classifier y']], 'linear'),
    'data-answers',
    "Replace 'y' by Regression; set units of 'fc' to 1",
    'warning',
  ],
  [
    'an even kernel with a stride and "same" padding',
    draw([
      ['input digits', { shape: [1, 28, 28] }],
      ['conv2d conv1', { outChannels: 8, kernelSize: [4, 4], stride: [2, 2], padding: 'same' }],
      ['relu'],
      ...head,
    ]),
    'same-padding-stride',
    "Set padding of 'conv1' to 1",
  ],
  [
    'a dilated kernel with a stride and "same" padding',
    draw([digits, conv('conv1', 8, { dilation: [2, 2], stride: [2, 2], padding: 'same' }), ['relu'], ...head]),
    'same-padding-stride',
    "Set padding of 'conv1' to 2",
  ],
  [
    'an even kernel with a stride on one axis and "same" padding',
    draw([digits, conv('conv1', 8, { kernelSize: [4, 4], stride: [1, 2], padding: 'same' }), ['relu'], ...head]),
    'same-padding-stride',
    "Insert ZeroPad2d between 'digits' and 'conv1'; set padding of 'conv1' to 0",
  ],
  [
    'an even kernel, larger than its input',
    draw([
      ['input digits', { shape: [1, 28, 28] }],
      ['maxPool2d pool', { kernelSize: [9, 9], stride: [9, 9] }],
      conv('conv1', 8, { kernelSize: [4, 4], padding: [0, 0] }),
      ['relu'],
      ...head,
    ]),
    'window-too-large',
    "Set padding of 'conv1' to same",
  ],
  [
    'an upsampled map one cell smaller than what it skips to',
    draw(
      [
        ['input image', { shape: [8, 27, 27] }],
        ['maxPool2d pool'],
        ['convTranspose2d up', { outChannels: 8 }],
        ['concat', {}, ['up', 'image']],
        ...head,
      ],
      'own/images',
    ),
    'shape-mismatch',
    "Set output padding of 'up' to 1: gives 27×27",
  ],
  [
    'an Add of an upsampled map one cell smaller',
    draw(
      [
        ['input image', { shape: [8, 27, 27] }],
        ['maxPool2d pool'],
        ['convTranspose2d up', { outChannels: 8 }],
        ['add', {}, ['up', 'image']],
        ...head,
      ],
      'own/images',
    ),
    'shape-mismatch',
    "Set output padding of 'up' to 1: gives 27×27",
  ],
  [
    'an Upsample by a multiple that misses the size',
    draw(
      [
        ['input image', { shape: [8, 27, 27] }],
        ['maxPool2d pool'],
        ['upsample up'],
        ['concat', {}, ['up', 'image']],
        ...head,
      ],
      'own/images',
    ),
    'shape-mismatch',
    "Set sizing of 'up' to Output size, output size of 'up' to 27: gives 27×27",
  ],
  [
    'a pooled branch that rounds down where the other rounds up',
    draw(
      [
        ['input image', { shape: [8, 27, 27] }],
        conv('conv1', 8, { stride: [2, 2] }),
        ['maxPool2d pool', {}, ['image']],
        ['concat', {}, ['conv1', 'pool']],
        ...head,
      ],
      'own/images',
    ),
    'shape-mismatch',
    "Set padding of 'pool' to 1: gives 14×14",
  ],
  [
    'an even kernel in a residual branch',
    residual([conv('conv2', 8, { kernelSize: [4, 4], padding: [2, 2] })]),
    'shape-mismatch',
    "Set padding of 'conv2' to same: keeps 28×28",
  ],
  [
    'a Concat of three branches of which two lost their edges',
    draw([digits, conv('a', 4), conv('b', 4, { padding: [0, 0] }, ['digits']), ['concat', {}, ['a', 'b']], ...head]),
    'shape-mismatch',
    "Set padding of 'b' to 1: keeps 28×28",
  ],
  [
    'a residual Add of other channels whose branch lost its edges',
    residual([conv('conv2', 16, { padding: [0, 0] })]),
    'shape-mismatch',
    "Set padding of 'conv2' to 1: keeps 28×28; insert Conv2d between 'relu1' and 'add'",
  ],
  [
    'a Concat along the width',
    draw([digits, conv('a', 8), conv('b', 16, {}, ['digits']), ['concat', { axis: 2 }, ['a', 'b']], ...head]),
    'shape-mismatch',
    "Set axis of 'concat' to 0",
  ],
  [
    'a Concat along the last axis, counted from the end',
    draw([digits, conv('a', 8), conv('b', 16, {}, ['digits']), ['concat', { axis: -1 }, ['a', 'b']], ...head]),
    'shape-mismatch',
    "Set axis of 'concat' to 0",
  ],
  [
    'a Concat along an axis that is not there',
    draw([digits, conv('a', 8), conv('b', 16, {}, ['digits']), ['concat', { axis: 3 }, ['a', 'b']], ...head]),
    'no-such-axis',
    "Set axis of 'concat' to 0",
  ],
  [
    'a Concat of an image and a vector',
    draw([
      digits,
      conv('a', 4),
      ['flatten flat', {}, ['digits']],
      ['linear fc1', { outFeatures: 32 }],
      ['relu'],
      ['concat', {}, ['a', 'relu']],
      ...head.slice(1),
    ]),
    'shape-mismatch',
    "Insert Flatten between 'a' and 'concat'",
  ],
  [
    'a gate of one number a channel',
    draw([
      digits,
      conv('a', 8),
      ['globalAvgPool2d mean', {}, ['a']],
      ['flatten flat'],
      ['linear fc1', { outFeatures: 8 }],
      ['sigmoid'],
      ['mul', {}, ['a', 'sigmoid']],
      ...head,
    ]),
    'shape-mismatch',
    "Insert Reshape between 'sigmoid' and 'mul'",
  ],
  [
    'an Add of an image and a vector of another length',
    draw([
      digits,
      conv('a', 8),
      ['flatten flat', {}, ['digits']],
      ['linear fc1', { outFeatures: 32 }],
      ['relu'],
      ['add', {}, ['a', 'relu']],
      ...head,
    ]),
    'shape-mismatch',
    "Insert Linear and Reshape between 'relu' and 'add'",
  ],
  [
    'an Add of an image and itself, flattened',
    draw([
      digits,
      conv('a', 8),
      ['flatten flat'],
      ['add', {}, ['a', 'flat']],
      ['linear fc', { outFeatures: 10 }],
      ['classifier'],
    ]),
    'shape-mismatch',
    "Insert Flatten between 'a' and 'add'",
  ],
  [
    'an Add of vectors of different lengths',
    draw([
      digits,
      ['flatten flat'],
      ['linear fc1', { outFeatures: 64 }],
      ['relu relu1'],
      ['linear fc2', { outFeatures: 32 }],
      ['add', {}, ['relu1', 'fc2']],
      ['relu relu2'],
      ...head.slice(1),
    ]),
    'shape-mismatch',
    "Set units of 'fc2' to 64",
  ],
  [
    'a half-connected shortcut',
    changed(residual([conv('conv2', 8), ['relu relu3'], conv('conv3', 8)]), {
      kind: 'disconnect',
      edges: ['relu1.y>add.x0'],
    }),
    'unconnected-input',
    "Connect 'relu1' to 'add'",
  ],
  [
    'a half-connected Add behind an input of fewer channels',
    changed(draw([digits, conv('a', 8), conv('b', 8), ['add', {}, ['a', 'b']], ...head]), {
      kind: 'disconnect',
      edges: ['a.y>add.x0'],
    }),
    'unconnected-input',
    "Connect 'a' to 'add'",
  ],
  [
    'two softmaxes in front of the classifier',
    draw([digits, ['flatten'], ['linear fc', { outFeatures: 10 }], ['softmax s'], ['softmax t'], ['classifier']]),
    'double-softmax',
    "Remove 's', 't' from in front of 'classifier'",
    'warning',
  ],
  [
    'every layer frozen',
    changed(
      draw([digits, ...head]),
      ...draw([digits, ...head]).nodes.map(({ id }): Edit => ({ kind: 'setFrozen', node: id, frozen: true })),
    ),
    'all-frozen',
    "Unfreeze 'fc'",
    'warning',
  ],
  [
    'a half-connected Concat beside a branch that nothing uses',
    changed(draw([digits, conv('a', 4), conv('b', 4, {}, ['digits']), ['concat', {}, ['a', 'b']], ...head]), {
      kind: 'disconnect',
      edges: ['b.y>concat.x1'],
    }),
    'unconnected-input',
    "Connect 'b' to 'concat'",
  ],
  [
    'an Add of one input alone',
    changed(draw([digits, ['flatten'], ['add', {}, ['flatten', 'flatten']], ...head.slice(1)]), {
      kind: 'disconnect',
      edges: ['flatten.y>add.x1'],
    }),
    'unconnected-input',
    "Remove 'add'",
  ],
  [
    'an input of a merge that nothing was drawn to',
    draw([
      digits,
      conv('a', 4),
      ['relu ra'],
      conv('b', 4, { kernelSize: [5, 5], padding: [2, 2] }, ['digits']),
      ['relu rb'],
      ['concat', { count: 3 }, ['ra', 'rb']],
      ...head,
    ]),
    'unconnected-input',
    "Connect 'digits' to 'concat'",
  ],
  [
    'a lone card beside the network',
    changed(small, {
      kind: 'addNode',
      node: { id: 'lone', layer: 'tanh', name: 'lone', config: {}, position: { x: 400, y: 0 } },
    }),
    'unconnected-input',
    "Remove 'lone'",
    'warning',
  ],
  [
    'a whole branch that leads nowhere',
    draw([
      digits,
      conv('conv1', 8),
      ['relu'],
      conv('side', 4, {}, ['digits']),
      ['tanh'],
      ['flatten', {}, ['relu']],
      ...head.slice(1),
    ]),
    'dead-end',
    "Remove 'tanh' and the layer that only it uses",
    'warning',
  ],
  [
    'softmax behind which the image is flattened',
    draw([digits, conv('conv1', 10), ['globalAvgPool2d'], ['softmax'], ['flatten'], ['classifier']]),
    'double-softmax',
    "Remove 'softmax' from in front of 'classifier'",
    'warning',
  ],
  [
    'softmax behind Dropout and Identity',
    draw([digits, ...head.slice(0, 2), ['softmax'], ['dropout'], ['identity'], ['classifier']]),
    'double-softmax',
    "Remove 'softmax' from in front of 'classifier'",
    'warning',
  ],
  [
    'ReLU before a Flatten before the classifier',
    draw([digits, conv('conv1', 10), ['globalAvgPool2d'], ['relu'], ['flatten'], ['classifier']]),
    'activation-before-output',
    "Remove 'relu' from in front of 'classifier'",
    'warning',
  ],
  [
    'a channel for each class straight into the classifier',
    draw([digits, conv('conv1', 10), ['classifier']]),
    'rank-mismatch',
    "Insert GlobalAvgPool2d and Flatten between 'conv1' and 'classifier'",
  ],
  [
    'an input without a channel axis',
    draw([['input digits', { shape: [28, 28] }], conv('conv1', 8), ['relu'], ...head]),
    'rank-mismatch',
    "Set shape of 'digits' to 1×28×28",
  ],
  [
    'a flat input before a convolution',
    draw([['input digits', { shape: [784] }], conv('conv1', 8), ['relu'], ...head]),
    'rank-mismatch',
    "Set shape of 'digits' to 1×28×28",
  ],
  [
    'a vector that is to become an image',
    draw(
      [
        ['input noise', { shape: [100] }],
        ['linear fc1', { outFeatures: 6272 }],
        ['relu'],
        ['convTranspose2d up', { outChannels: 1 }],
        ['regression'],
      ],
      'own/images',
    ),
    'rank-mismatch',
    "Insert Reshape between 'relu' and 'up'",
  ],
  [
    'height, width, channels',
    draw([['input image', { shape: [32, 32, 3] }], conv('conv1', 8), ['relu'], ...head], 'own/images'),
    'channels-last',
    "Set shape of 'image' to 3×32×32",
    'warning',
  ],
  [
    'the digits with their channel last',
    draw([['input digits', { shape: [28, 28, 1] }], conv('conv1', 8), ['relu'], ...head]),
    'data-shape',
    "Set shape of 'digits' to 1×28×28",
    'warning',
  ],
  [
    'a flat input for the digits',
    draw([['input digits', { shape: [784] }], ['linear fc1', { outFeatures: 32 }], ['relu'], ...head.slice(1)]),
    'data-shape',
    "Set shape of 'digits' to 1×28×28, flattened",
    'warning',
  ],
  [
    'an input that only a larger image fits',
    draw([
      ['input digits', { shape: [3, 64, 64] }],
      ...[1, 2, 3, 4, 5].map((i): Row => [`maxPool2d pool${i}`]),
      ...head,
    ]),
    'data-shape',
    "Set shape of 'digits' to 1×28×28, enlarged to 56×56",
    'warning',
  ],
  [
    'points for which there is data',
    draw([
      ['input x', { shape: [2] }],
      ['linear fc1', { outFeatures: 8 }],
      ['relu'],
      ['linear fc', { outFeatures: 2 }],
      ['classifier', { classes: 2 }],
    ]),
    'data-shape',
    "Train on the data 'moons'",
    'warning',
  ],
  [
    'data that is not here, for images of 224×224 in a thousand classes',
    draw(
      [
        ['input image', { shape: [3, 224, 224] }],
        conv('conv1', 8),
        ['relu'],
        ['globalAvgPool2d'],
        ['flatten'],
        ['linear fc', { outFeatures: 1000 }],
        ['classifier', { classes: 1000 }],
      ],
      'imagenet',
    ),
    'data-missing',
    "Train on the digits 'mnist': input 1×28×28, 10 classes",
    'warning',
  ],
  [
    'data that is not here, for images of 32×32',
    draw([['input image', { shape: [3, 32, 32] }], conv('conv1', 8), ['relu'], ...head], 'cifar10'),
    'data-missing',
    "Train on the digits 'mnist': input 1×28×28, padded to 32×32, 10 classes",
    'warning',
  ],
  [
    'data that is not here, and other that fits',
    draw([['input x', { shape: [2] }], ['linear fc', { outFeatures: 1 }], ['regression']], 'houses'),
    'data-missing',
    "Train on the data 'linear'",
    'warning',
  ],
  [
    'yes or no where the answers are numbers',
    draw([['input x', { shape: [2] }], ['linear fc', { outFeatures: 1 }], ['binaryClassifier y']], 'linear'),
    'data-answers',
    "Replace 'y' by Regression",
    'warning',
  ],
  [
    'numbers where the answers are classes',
    draw([digits, ['flatten'], ['linear fc', { outFeatures: 1 }], ['regression y']]),
    'data-answers',
    "Replace 'y' by Classifier; set units of 'fc' to 10",
    'warning',
  ],
  [
    'yes or no for each pixel where the answers are classes',
    draw([digits, conv('conv1', 8), ['relu'], conv('conv2', 1), ['binaryClassifier y']]),
    'data-answers',
    "Replace 'y' by Classifier; insert GlobalAvgPool2d, Flatten and Linear between 'conv2' and 'y'",
    'warning',
  ],
  [
    'two answers where the data has one',
    draw([['input x', { shape: [2] }], ['linear fc', { outFeatures: 2 }], ['regression y']], 'linear'),
    'data-count',
    "Set units of 'fc' to 1",
    'warning',
  ],
  [
    'two yes or no where the data has one',
    draw([['input x', { shape: [2] }], ['linear fc', { outFeatures: 2 }], ['binaryClassifier y']], 'xor'),
    'data-count',
    "Set units of 'fc' to 1",
    'warning',
  ],
  [
    'two networks on one canvas',
    draw([
      digits,
      ['flatten'],
      ['linear fc', { outFeatures: 10 }],
      ['classifier'],
      ['input other', { shape: [1, 28, 28] }, []],
      ['flatten flat2'],
      ['linear fc2', { outFeatures: 10 }],
      ['classifier classes2'],
    ]),
    'data-ends',
    "Keep what leads to 'classifier', remove 4 layers",
    'warning',
  ],
  [
    'two inputs',
    draw([digits, ['input other', { shape: [1, 28, 28] }, []], ['concat', {}, ['digits', 'other']], ...head]),
    'data-ends',
    "Feed 'concat' from 'digits', remove 'other'",
    'warning',
  ],
  [
    'two heads',
    draw([
      digits,
      ['flatten'],
      ['linear fc', { outFeatures: 10 }],
      ['classifier'],
      ['linear fc2', { outFeatures: 1 }, ['flatten']],
      ['regression'],
    ]),
    'data-ends',
    "Keep what leads to 'classifier', remove 2 layers",
    'warning',
  ],
  [
    'inputs that are not called as in the data',
    draw(
      [
        ['input left', { shape: [2] }],
        ['input right', { shape: [2] }, []],
        ['concat', {}, ['left', 'right']],
        ['linear fc', { outFeatures: 1 }],
        ['regression distance'],
      ],
      'pairs',
    ),
    'data-ends',
    "Rename 'left' to 'a', rename 'right' to 'b'",
    'warning',
  ],
  [
    'batch norm of vectors in batches of one',
    inBatches(
      1,
      draw([
        digits,
        ['flatten'],
        ['linear fc1', { outFeatures: 16, bias: false }],
        ['batchNorm1d bn'],
        ['relu'],
        ...head.slice(1),
      ]),
    ),
    'batch-norm-batch-1',
    'Set batch size to 32',
    'warning',
  ],
  [
    'batch norm of images in batches of one',
    inBatches(1, draw([digits, conv('conv1', 8, { bias: false }), ['batchNorm2d bn'], ['relu'], ...head])),
    'batch-norm-batch-1',
    'Set batch size to 32',
    'warning',
  ],
  [
    'batch norm of vectors, with one sample left for the last batch',
    inBatches(
      7999,
      draw([
        digits,
        ['flatten'],
        ['linear fc1', { outFeatures: 16, bias: false }],
        ['batchNorm1d bn'],
        ['relu'],
        ...head.slice(1),
      ]),
    ),
    'batch-norm-last-batch',
    'Set batch size to 8000',
    'warning',
  ],
  [
    'output padding as large as the stride',
    draw([
      digits,
      conv('conv1', 8, { stride: [2, 2] }),
      ['convTranspose2d up', { outChannels: 4, outputPadding: [2, 2] }],
      ['relu'],
      ...head,
    ]),
    'output-padding-too-large',
    "Set output padding of 'up' to 1",
  ],
  [
    'a transposed convolution whose padding cuts all away',
    draw(
      [
        ['input v', { shape: [8, 1, 1] }],
        ['convTranspose2d up', { outChannels: 4, padding: [3, 3] }],
        ['relu'],
        ...head,
      ],
      'own/images',
    ),
    'window-too-large',
    "Set padding of 'up' to 0",
  ],
  [
    'fewer inputs than a Linear behind a mean',
    draw([digits, conv('conv1', 8), ['globalAvgPool2d'], ['linear fc', { outFeatures: 10 }], ['classifier']]),
    'rank-mismatch',
    "Insert Flatten between 'globalAvgPool2d' and 'fc'",
  ],
  [
    'scores of a mean that are not as many as the classes',
    draw([digits, conv('conv1', 64), ['relu'], ['globalAvgPool2d'], ['flatten'], ['classifier']]),
    'class-count',
    "Insert Linear between 'flatten' and 'classifier'",
  ],
];

describe('a classic mistake is mended by the first fix', () => {
  it.each(mistakes.map(([name, ...rest]) => ({ name, rest })))('$name', ({ rest: [doc, code, words, severity] }) => {
    const { diagnostics } = check(doc);
    const found = diagnostics.find((diagnostic) => diagnostic.code === code);
    expect(found?.severity).toBe(severity ?? 'error');
    const [fix] = found?.fixes ?? [];
    expect(fix?.title.en).toBe(words);
    expect(fix?.title.zh).toMatch(/[一-鿿]/);
    const after = check(applyEdits(doc, fix?.edits ?? []));
    expect(after.diagnostics.filter(({ severity: left }) => left !== 'hint').map((left) => left.message.en)).toEqual(
      [],
    );
  });
});
