import { describe, expect, it } from 'vitest';
import { check } from '../check/check.ts';
import { type Config, emptyDocument } from '../graph/document.ts';
import type { Dense } from '../ir/dense.ts';
import { interpret } from '../ir/interpret.ts';
import { elementCount, floatTensor, type Tensor } from '../ir/tensor.ts';
import { verifyProgram } from '../ir/verify.ts';
import { random } from '../random/philox.ts';
import { foldBatchNorm } from './foldBatchNorm.ts';
import { bindParameters, compileInference } from './inference.ts';
import { initialParameters } from './initialize.ts';

type Row = [name: string, shape: number[], layers: (readonly [string, Config])[], norms: number];

const rows: Row[] = [
  [
    'a convolution',
    [3, 5, 5],
    [
      ['conv2d', { outChannels: 4, kernelSize: [3, 3] }],
      ['batchNorm2d', {}],
    ],
    0,
  ],
  [
    'one without bias',
    [3, 5, 5],
    [
      ['conv2d', { outChannels: 4, kernelSize: [3, 3], bias: false }],
      ['batchNorm2d', {}],
    ],
    0,
  ],
  [
    'groups',
    [4, 5, 5],
    [
      ['conv2d', { outChannels: 8, kernelSize: [3, 3], groups: 4 }],
      ['batchNorm2d', {}],
    ],
    0,
  ],
  [
    'a norm without scale',
    [3, 5, 5],
    [
      ['conv2d', { outChannels: 4 }],
      ['batchNorm2d', { affine: false, eps: 0.1 }],
    ],
    0,
  ],
  [
    'a transposed convolution',
    [4, 3, 3],
    [
      ['convTranspose2d', { outChannels: 6, kernelSize: [2, 2], stride: [2, 2], groups: 2 }],
      ['batchNorm2d', {}],
    ],
    0,
  ],
  [
    'one of these without bias',
    [4, 3, 3],
    [
      ['convTranspose2d', { outChannels: 3, bias: false }],
      ['batchNorm2d', {}],
    ],
    0,
  ],
  [
    'a linear layer',
    [7],
    [
      ['linear', { outFeatures: 5 }],
      ['batchNorm1d', {}],
    ],
    0,
  ],
  [
    'two in a row',
    [7],
    [
      ['linear', { outFeatures: 5, bias: false }],
      ['batchNorm1d', {}],
      ['batchNorm1d', {}],
    ],
    1,
  ],
  [
    'a slope in between',
    [3, 5, 5],
    [
      ['conv2d', { outChannels: 4 }],
      ['relu', {}],
      ['batchNorm2d', {}],
    ],
    1,
  ],
  [
    'nothing before',
    [3, 5, 5],
    [
      ['batchNorm2d', {}],
      ['conv2d', { outChannels: 4 }],
    ],
    1,
  ],
];

/** Input → the layers → Regression output. With `branch`, the last layer before the first norm is used twice. */
function programOf(shape: number[], layers: Row[2], branch = false) {
  const list: (readonly [string, Config])[] = [
    ['input', { shape }],
    ...layers,
    ...(branch ? [['add', {}] as const] : []),
    ['regression', {}],
  ];
  const nodes = list.map(([layer, config], i) => ({
    id: `n${i}`,
    layer,
    name: `n${i}`,
    config,
    position: { x: 0, y: 0 },
  }));
  const edges = nodes.slice(1).map(({ id, layer }, i) => ({
    id: `e${i}`,
    from: { node: `n${i}`, port: 'y' },
    to: { node: id, port: layer === 'add' ? 'x0' : 'x' },
  }));
  if (branch)
    edges.push({ id: 'skip', from: { node: 'n1', port: 'y' }, to: { node: nodes.at(-2)?.id ?? '', port: 'x1' } });
  const { graph, diagnostics } = check({ ...emptyDocument, nodes, edges });
  if (graph === null) throw new Error(diagnostics.map(({ message }) => message.en).join('; '));
  const rng = random(5, 'weights');
  // Statistics and scales as after training, different from 0 and 1.
  const weights = new Map(
    [...initialParameters(graph, 1)].map(([name, { shape: size }]): [string, Tensor] => {
      const numbers = Array.from({ length: elementCount(size) }, () => 0.3 + rng.uniform());
      return [
        name,
        floatTensor(
          size,
          numbers.map((x, i) => (name.endsWith('weight') && i % 2 === 1 ? -x : x)),
        ),
      ];
    }),
  );
  return bindParameters(compileInference(graph), weights);
}

const count = (program: ReturnType<typeof programOf>) =>
  program.ops.filter(({ op }) => op === 'BatchNormalization').length;

describe('batch normalization is folded into', () => {
  it.each(rows)('%s', (_, shape, layers, norms) => {
    const program = programOf(shape, layers);
    const folded = foldBatchNorm(program);
    expect(verifyProgram(folded)).toEqual([]);
    expect(count(folded)).toBe(norms);
    expect(folded.outputs).toEqual(program.outputs);
    const rng = random(2, 'x');
    const size = [3, ...shape];
    const x: Dense = { shape: size, data: Float64Array.from({ length: elementCount(size) }, () => rng.normal()) };
    const feeds = { n0: x };
    const [expected, got] = [interpret(program, feeds), interpret(folded, feeds)];
    expected.values.data.forEach((value, i) => {
      expect(Math.abs(got.values.data[i] - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
    });
  });
});

it('a result with other uses is not changed', () => {
  const program = programOf(
    [3, 5, 5],
    [
      ['conv2d', { outChannels: 3, padding: [1, 1] }],
      ['batchNorm2d', {}],
    ],
    true,
  );
  expect(foldBatchNorm(program).ops).toEqual(program.ops);
});
