import { describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import {
  laidOut,
  matchWeights,
  type NamedShape,
  type SourceTensor,
  targetsOf,
  type WeightRow,
} from './matchWeights.ts';

/** Tensors written as `name 3x4`. */
const tensors = (...rows: readonly string[]): readonly SourceTensor[] =>
  rows.map((row) => {
    const [name = '', shape = '', turned] = row.split(' ');
    return { name, shape: shape.split('x').map(Number), ...(turned === 'T' && { transposed: true }) };
  });

/** Rows as `source rule` or `– gap`, and `T` for a transposed matrix. */
const shown = ({ name, ...row }: WeightRow): string =>
  `${name}: ${row.source === null ? `– ${row.gap}` : `${row.source} ${row.rule}${row.transposed ? ' T' : ''}`}`;

const table = (targets: readonly NamedShape[], sources: readonly SourceTensor[]) =>
  matchWeights(targets, sources).rows.map(shown);

const two = tensors('a/weight 4x3', 'a/bias 4', 'b/weight 2x4', 'b/bias 2');
const equal = tensors('a/weight 3x3', 'b/weight 3x3');

describe('weights are matched', () => {
  it.each<[string, readonly NamedShape[], readonly SourceTensor[], readonly string[]]>([
    [
      'by paths with points',
      tensors('features/0/weight 6x1x5x5', 'bn/running_mean 6'),
      tensors('features.0.weight 6x1x5x5', 'bn.running_mean 6', 'bn.num_batches_tracked 1'),
      ['features/0/weight: features.0.weight path', 'bn/running_mean: bn.running_mean path'],
    ],
    [
      'by paths inside wrappers',
      tensors('fc/weight 4x3'),
      tensors('module.model.fc.weight 4x3'),
      ['fc/weight: module.model.fc.weight path'],
    ],
    [
      'by paths of Keras',
      tensors('fc/weight 4x3', 'bn/weight 4', 'bn/running_var 4'),
      tensors('fc/kernel:0 3x4', 'bn/gamma:0 4', 'bn/moving_variance:0 4'),
      ['fc/weight: fc/kernel:0 path T', 'bn/weight: bn/gamma:0 path', 'bn/running_var: bn/moving_variance:0 path'],
    ],
    [
      'by paths, although the shape is transposed',
      tensors('fc/weight 4x3'),
      tensors('fc.weight 3x4'),
      ['fc/weight: fc.weight path T'],
    ],
    [
      'by paths, square but kept as [inputs, outputs]',
      tensors('fc/weight 3x3'),
      tensors('fc/weight_transposed 3x3 T'),
      ['fc/weight: fc/weight_transposed path T'],
    ],
    [
      'by the ends of paths',
      tensors('fc1/weight 4x3', 'fc2/weight 4x3'),
      tensors('classifier.fc2.weight 4x3', 'classifier.fc1.weight 4x3'),
      ['fc1/weight: classifier.fc1.weight ending', 'fc2/weight: classifier.fc2.weight ending'],
    ],
    [
      'by shapes and order of layers, in which numbers count',
      [...tensors('c1/weight 8x8x3x3', 'c1/bias 8', 'c2/weight 8x8x3x3', 'c2/bias 8')],
      tensors('f.10.weight 8x8x3x3', 'f.10.bias 8', 'f.3.weight 8x8x3x3', 'f.3.bias 8'),
      [
        'c1/weight: f.3.weight order',
        'c1/bias: f.3.bias order',
        'c2/weight: f.10.weight order',
        'c2/bias: f.10.bias order',
      ],
    ],
    [
      'but not by order among more layers of the file',
      equal,
      tensors('x.weight 3x3', 'y.weight 3x3', 'z.weight 3x3'),
      ['a/weight: – several', 'b/weight: – several'],
    ],
    [
      'by shape, if the names tell nothing',
      two,
      tensors('onnx::Gemm_1 4x3', 'onnx::Gemm_2 4', 'onnx::MatMul_3 4x2 T', 'onnx::Add_4 2'),
      [
        'a/weight: onnx::Gemm_1 shape',
        'a/bias: onnx::Gemm_2 shape',
        'b/weight: onnx::MatMul_3 shape T',
        'b/bias: onnx::Add_4 shape',
      ],
    ],
    [
      'but for a head with other classes',
      two,
      tensors('a.weight 4x3', 'a.bias 4', 'b.weight 5x4', 'b.bias 5'),
      ['a/weight: a.weight path', 'a/bias: a.bias path', 'b/weight: – shape', 'b/bias: – shape'],
    ],
    [
      'but for tensors that the file lacks',
      two,
      tensors('a.weight 4x3', 'a.bias 4'),
      ['a/weight: a.weight path', 'a/bias: a.bias path', 'b/weight: – missing', 'b/bias: – missing'],
    ],
    ['but not from an empty file', equal, [], ['a/weight: – missing', 'b/weight: – missing']],
  ])('%s', (_, targets, sources, rows) => expect(table(targets, sources)).toEqual(rows));

  it('each tensor of the file serves one row', () => {
    const { rows, unused } = matchWeights(equal, tensors('a.weight 3x3', 'x.weight 3x3', 'bn.num_batches_tracked 1'));
    expect(rows.map(shown)).toEqual(['a/weight: a.weight path', 'b/weight: x.weight order']);
    expect(unused).toEqual([]);
  });

  it('by hand, also twice, and not at all', () => {
    const sources = tensors('a.weight 3x3', 'b.weight 3x3', 'c.weight 5x5');
    const by = (chosen: Record<string, string | null>) => matchWeights(equal, sources, chosen).rows.map(shown);
    expect(by({ 'a/weight': 'b.weight' })).toEqual(['a/weight: b.weight hand', 'b/weight: a.weight order']);
    expect(by({ 'a/weight': 'b.weight', 'b/weight': 'b.weight' })).toEqual([
      'a/weight: b.weight hand',
      'b/weight: b.weight hand',
    ]);
    expect(by({ 'a/weight': null })[0]).toBe('a/weight: – hand');
    expect(by({ 'a/weight': 'c.weight' })[0]).toBe('a/weight: – hand');
    expect(by({ 'a/weight': 'gone' })[0]).toBe('a/weight: – hand');
  });
});

const graphOf = (id: string): CheckedGraph => check(templateOf(id)?.document as never).graph as CheckedGraph;

/** The names of torchvision for a network of ours, in the order of its files: by name. */
const asTorch = (targets: readonly NamedShape[], rename: (name: string) => string): readonly SourceTensor[] =>
  targets.map(({ name, shape }) => ({ name: rename(name), shape })).sort((a, b) => (a.name < b.name ? -1 : 1));

it.each([
  'lenet_modern',
  'bn_lenet',
  'vgg16',
  'resnet18',
  'densenet121',
])('%s matches the same network with names of PyTorch', (id) => {
  const targets = targetsOf(graphOf(id));
  const { rows, unused } = matchWeights(
    targets,
    asTorch(targets, (name) => `model.${name.replaceAll('/', '.')}`),
  );
  expect(rows.every(({ name, source }) => source === `model.${name.replaceAll('/', '.')}`)).toBe(true);
  expect(unused).toEqual([]);
});

it('a sequence of numbered layers matches by shape and order', () => {
  const targets = targetsOf(graphOf('vgg16'));
  const numbers = new Map([...new Set(targets.map(({ name }) => name.split('/').slice(0, -1).join('/')))].entries());
  const order = new Map([...numbers].map(([i, layer]) => [layer, i * 2]));
  const renamed = (name: string) => {
    const at = name.lastIndexOf('/');
    return `seq.${order.get(name.slice(0, at))}.${name.slice(at + 1)}`;
  };
  const { rows } = matchWeights(targets, asTorch(targets, renamed));
  expect(rows.filter(({ name, source }) => source !== renamed(name))).toEqual([]);
});

it('a transposed matrix is turned into our layout', () => {
  const row = matchWeights(tensors('fc/weight 2x3'), tensors('fc.weight 3x2')).rows[0] as WeightRow;
  expect([...laidOut(Float32Array.of(1, 4, 2, 5, 3, 6), row)]).toEqual([1, 2, 3, 4, 5, 6]);
});
