import { expect, it } from 'vitest';
import { check } from '../check/check.ts';
import { networkOf } from '../engine/operatorNetwork.ts';
import type { NetworkDocument, OperatorDefinition } from '../graph/document.ts';
import { edgeId } from '../graph/edges.ts';
import { type Dense, interpret } from '../ir/interpret.ts';
import { CPU } from '../ir/target.ts';
import { elementCount } from '../ir/tensor.ts';
import { attribute, floats, ints, node, type OperatorParts, operator } from '../onnx/operatorParts.ts';
import { random } from '../random/philox.ts';
import { compileExamination } from './examination.ts';

const image = 'float32 N,3,4,4';
const vector = 'float32 N,6';

/** Operators whose ops all have gradient rules, in the forms of several opsets. */
const rows: readonly OperatorParts[] = [
  {
    title: 'Conv',
    nodes: [node('Conv', ['x', 'w'], ['c'], { pads: [1, 1, 1, 1] }), node('LeakyRelu', ['c'], ['y'])],
    inputs: { x: image },
    outputs: { y: 'float32 N,2,4,4' },
    weights: { w: [2, 3, 3, 3] },
  },
  {
    title: 'ConvTranspose',
    nodes: [node('ConvTranspose', ['x', 'w'], ['c'], { strides: [2, 2] }), node('Tanh', ['c'], ['y'])],
    inputs: { x: image },
    outputs: { y: 'float32 N,2,8,8' },
    weights: { w: [3, 2, 2, 2] },
  },
  {
    title: 'pools',
    nodes: [
      node('AveragePool', ['x'], ['a'], { kernel_shape: [2, 2], pads: [1, 1, 0, 0] }),
      node('MaxPool', ['a'], ['b'], { kernel_shape: [2, 2], strides: [2, 2] }),
      node('GlobalAveragePool', ['b'], ['y']),
    ],
    inputs: { x: image },
    outputs: { y: 'float32 N,3,1,1' },
  },
  {
    title: 'arithmetic',
    nodes: [
      node('Mul', ['x', 'w'], ['a']),
      node('Sub', ['a', 'w'], ['b']),
      node('Pow', ['b', 'two'], ['c']),
      node('Reciprocal', ['d'], ['e']),
      node('HardSwish', ['e'], ['f']),
      node('Clip', ['f', 'low'], ['y']),
    ].toSpliced(3, 0, node('Add', ['c', 'one'], ['d'])),
    initializers: [floats('two', [], [2]), floats('one', [1], [1]), floats('low', [], [0.1])],
    inputs: { x: vector },
    outputs: { y: vector },
    weights: { w: [6] },
  },
  {
    title: 'normalization by hand, opset 13',
    opset: 13,
    nodes: [
      node('ReduceMean', ['x'], ['m'], { axes: [1] }),
      node('Sub', ['x', 'm'], ['c']),
      node('Mul', ['c', 'c'], ['s']),
      node('ReduceMean', ['s'], ['v'], { axes: [1] }),
      node('Add', ['v', 'eps'], ['e']),
      node('Sqrt', ['e'], ['r']),
      node('Div', ['c', 'r'], ['n']),
      node('Mul', ['n', 'w'], ['y']),
    ],
    initializers: [floats('eps', [1], [1e-3])],
    inputs: { x: vector },
    outputs: { y: vector },
    weights: { w: [6] },
  },
  {
    title: 'layout, opset 11',
    opset: 11,
    nodes: [
      node('Unsqueeze', ['x'], ['a'], { axes: [1] }),
      node('Transpose', ['a'], ['b'], { perm: [0, 2, 1] }),
      node('Split', ['b'], ['c', 'd'], { axis: 1, split: [2, 4] }),
      node('Concat', ['d', 'c'], ['e'], { axis: 1 }),
      node('Squeeze', ['e'], ['f'], { axes: [2] }),
      node('Slice', ['f', 'from', 'to', 'axes'], ['g']),
      node('Pad', ['g', 'pads'], ['h']),
      node('Reshape', ['h', 'shape'], ['y']),
    ],
    initializers: [
      ints('from', [1], [1]),
      ints('to', [1], [5]),
      ints('axes', [1], [1]),
      ints('pads', [4], [0, 1, 0, 1]),
      ints('shape', [3], [-1, 2, 3]),
    ],
    inputs: { x: vector },
    outputs: { y: 'float32 N,2,3' },
  },
  {
    title: 'Gemm and Softmax, opset 20',
    opset: 20,
    nodes: [
      node('Gemm', ['x', 'w', 'b'], ['a'], [attribute('transB', 1), attribute('alpha', 0.5, 'float')]),
      node('Softmax', ['a'], ['s']),
      node('ReduceSum', ['s', 'last'], ['t'], { keepdims: 1 }),
      node('Mul', ['s', 't'], ['y']),
    ],
    initializers: [ints('last', [1], [-1])],
    inputs: { x: vector },
    outputs: { y: 'float32 N,4' },
    weights: { w: [4, 6], b: [4] },
  },
];

/** Input → a layer with weights → the operator → Regression. */
function trained(definition: OperatorDefinition): NetworkDocument {
  const at = { x: 0, y: 0 };
  const of = (id: string, layer: string, config = {}) => ({ id, name: id, layer, config, position: at });
  const shape = definition.inputs[0]?.type.dims as number[];
  const first =
    shape.length === 1
      ? of('first', 'linear', { outFeatures: 6 })
      : of('first', 'conv2d', { outChannels: 3, kernelSize: [1, 1] });
  const edge = (from: string, to: string, port = 'x') => {
    const [a, b] = [
      { node: from, port: 'y' },
      { node: to, port },
    ];
    return { id: edgeId(a, b), from: a, to: b };
  };
  return {
    ...networkOf(definition),
    nodes: [of('in', 'input', { shape }), first, of('op', 'onnx:op'), of('end', 'regression')],
    edges: [edge('in', 'first'), edge('first', 'op'), edge('op', 'end')],
  };
}

it.each(rows)('$title has the gradient of finite differences, for its weights and before it', (parts) => {
  const { graph, diagnostics } = check(trained(operator(parts)));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (graph === null) return;
  const { program, gradients } = compileExamination(graph, 2, CPU);
  const names = ['first/weight', ...Object.keys(parts.weights ?? {}).map((name) => `op/${name}`)];
  expect([...gradients.keys()]).toEqual(expect.arrayContaining(names));
  const rng = random(1, parts.title);
  const feeds: Record<string, Dense> = Object.fromEntries(
    program.inputs.map(({ value }) => {
      const shape = value.shape.map(Number);
      return [value.name, { shape, data: Float64Array.from({ length: elementCount(shape) }, () => rng.normal()) }];
    }),
  );
  const found = interpret(program, feeds);
  const h = 1e-5;
  for (const name of names) {
    const { shape, data } = feeds[name] as Dense;
    const direction = data.map(() => rng.normal());
    const lossAt = (step: number): number => {
      const moved = { shape, data: data.map((x, i) => x + step * (direction[i] as number)) };
      return interpret(program, { ...feeds, [name]: moved }).loss?.data[0] as number;
    };
    const slope = (lossAt(h) - lossAt(-h)) / (2 * h);
    const gradient = found[gradients.get(name) as string]?.data as Float64Array;
    const along = gradient.reduce((sum, x, i) => sum + x * (direction[i] as number), 0);
    expect(Math.abs(along - slope)).toBeLessThan(1e-5 * Math.max(1, Math.abs(slope)));
    expect(Math.abs(slope)).toBeGreaterThan(1e-7);
  }
});
