import { describe, expect, it } from 'vitest';
import { type Config, type ConfigValue, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { applyEdits, type Edit, edgeId } from '../graph/edits.ts';
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
    'two wires into one input',
    changed(small, {
      kind: 'connect',
      from: { node: 'digits', port: 'y' },
      to: { node: 'pool', port: 'x' },
      keepOthers: true,
    }),
    'input-taken',
    'Remove the wire digits.y → pool.x',
  ],
  [
    'a circle',
    changed(
      small,
      { kind: 'connect', from: { node: 'pool', port: 'y' }, to: { node: 'conv1', port: 'x' }, keepOthers: true },
      { kind: 'disconnect', edges: ['digits.y>conv1.x'] },
    ),
    'cycle',
    "Remove the wire 'pool' → 'conv1' and connect 'digits' to 'conv1'",
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
    "Set filters of 'conv1' to 16",
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
    "Set probability of 'dropout' to 0.5",
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
