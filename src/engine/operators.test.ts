import { create, toBinary } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { check } from '../check/check.ts';
import { bindParameters, compileInference } from '../compile/inference.ts';
import { initialParameters } from '../compile/initialize.ts';
import type { OperatorDefinition } from '../graph/document.ts';
import { readProject, writeProject } from '../graph/file.ts';
import { elementCount, floatTensor, type Tensor } from '../ir/tensor.ts';
import { verifyProgram } from '../ir/verify.ts';
import { FunctionProtoSchema, ModelProtoSchema } from '../onnx/gen/onnx_pb.ts';
import { operatorModel } from '../onnx/operator.ts';
import {
  attribute,
  floats,
  graph,
  ints,
  node,
  type OperatorParts,
  operator,
  typeOf,
  valueInfo,
} from '../onnx/operatorParts.ts';
import { random } from '../random/philox.ts';
import { exportModel } from './exporter.ts';
import { asType } from './feeds.ts';
import { networkOf } from './operatorNetwork.ts';
import { CPU_DEVICE, loadModel, openProgram, type Tensors } from './session.ts';

const scalar = (name: string, dtype: string) => valueInfo(name, typeOf(dtype));

/** Title, and whether Netloom has rules for all ops, so that no part of the model is kept. */
const rows: readonly (OperatorParts & { readonly known?: boolean })[] = [
  {
    title: 'LSTM',
    nodes: [node('LSTM', ['x', 'W', 'R', 'B'], ['y', 'h'], { hidden_size: 3 })],
    inputs: { x: 'float32 5,N,4' },
    outputs: { y: 'float32 5,1,N,3', h: 'float32 1,N,3' },
    weights: { W: [1, 12, 4], R: [1, 12, 3], B: [1, 24] },
  },
  {
    title: 'GRU',
    opset: 14,
    nodes: [node('GRU', ['x', 'W', 'R'], ['y'], { hidden_size: 2, linear_before_reset: 1, layout: 0 })],
    inputs: { x: 'float32 3,N,4' },
    outputs: { y: 'float32 3,1,N,2' },
    weights: { W: [1, 6, 4], R: [1, 6, 2] },
  },
  {
    title: 'TopK',
    nodes: [node('TopK', ['x', 'k'], ['values', 'indices'])],
    initializers: [ints('k', [1], [2])],
    inputs: { x: 'float32 N,5' },
    outputs: { values: 'float32 N,2', indices: 'int64 N,2' },
  },
  {
    title: 'TopK of opset 9',
    opset: 9,
    nodes: [node('TopK', ['x'], ['values', 'indices'], { k: 2 })],
    inputs: { x: 'float32 N,5' },
    outputs: { values: 'float32 N,2', indices: 'int64 N,2' },
  },
  {
    title: 'Einsum',
    nodes: [node('Einsum', ['a', 'b'], ['y'], { equation: 'nij,njk->nik' })],
    inputs: { a: 'float32 N,2,3', b: 'float32 N,3,4' },
    outputs: { y: 'float32 N,2,4' },
  },
  {
    title: 'CumSum',
    nodes: [node('CumSum', ['x', 'axis'], ['y'])],
    initializers: [ints('axis', [], [1])],
    inputs: { x: 'float32 N,6' },
    outputs: { y: 'float32 N,6' },
  },
  {
    title: 'NonZero',
    nodes: [node('NonZero', ['x'], ['y'])],
    inputs: { x: 'float32 N,6' },
    outputs: { y: 'int64 2,found' },
  },
  {
    title: 'If',
    nodes: [
      node('ReduceSum', ['x'], ['sum'], { keepdims: 0 }),
      node('Greater', ['sum', 'zero'], ['positive']),
      node('If', ['positive'], ['y'], {
        then_branch: graph(
          [node('Add', ['x', 'one'], ['y'])],
          [],
          [scalar('y', 'float32 N,3')],
          [floats('one', [], [1])],
        ),
        else_branch: graph(
          [node('Mul', ['x', 'two'], ['y'])],
          [],
          [scalar('y', 'float32 N,3')],
          [floats('two', [], [2])],
        ),
      }),
    ],
    initializers: [floats('zero', [], [0])],
    inputs: { x: 'float32 N,3' },
    outputs: { y: 'float32 N,3' },
  },
  {
    title: 'Loop',
    nodes: [
      node('Loop', ['trips', '', 'x'], ['y'], {
        body: graph(
          [
            node('Identity', ['going'], ['on']),
            node('Mul', ['state', 'w'], ['scaled']),
            node('Add', ['scaled', 'x'], ['next']),
          ],
          [scalar('i', 'int64'), scalar('going', 'bool'), scalar('state', 'float32 N,3')],
          [scalar('on', 'bool'), scalar('next', 'float32 N,3')],
        ),
      }),
    ],
    initializers: [ints('trips', [], [3])],
    inputs: { x: 'float32 N,3' },
    outputs: { y: 'float32 N,3' },
    weights: { w: [3] },
  },
  {
    title: 'Scan',
    nodes: [
      node('Scan', ['start', 'x'], ['last', 'all'], {
        num_scan_inputs: 1,
        body: graph(
          [node('Add', ['sum', 'row'], ['sum2']), node('Identity', ['sum2'], ['out'])],
          [scalar('sum', 'float32 3'), scalar('row', 'float32 3')],
          [scalar('sum2', 'float32 3'), scalar('out', 'float32 3')],
        ),
      }),
    ],
    initializers: [floats('start', [3], [0, 0, 0])],
    inputs: { x: 'float32 N,3' },
    outputs: { last: 'float32 3', all: 'float32 N,3' },
  },
  {
    title: 'com.microsoft.Gelu',
    domains: { 'com.microsoft': 1 },
    nodes: [node('com.microsoft.Gelu', ['x'], ['y'])],
    inputs: { x: 'float32 N,4' },
    outputs: { y: 'float32 N,4' },
  },
  {
    title: 'com.microsoft.FusedConv',
    domains: { 'com.microsoft': 1 },
    nodes: [node('com.microsoft.FusedConv', ['x', 'w', 'b'], ['y'], { activation: 'Relu', kernel_shape: [3, 3] })],
    inputs: { x: 'float32 N,2,5,5' },
    outputs: { y: 'float32 N,3,3,3' },
    weights: { w: [3, 2, 3, 3], b: [3] },
  },
  {
    title: 'ai.onnx.ml.Normalizer',
    domains: { 'ai.onnx.ml': 3 },
    nodes: [node('ai.onnx.ml.Normalizer', ['x'], ['y'], { norm: 'L2' })],
    inputs: { x: 'float32 N,4' },
    outputs: { y: 'float32 N,4' },
  },
  {
    title: 'texts',
    opset: 20,
    nodes: [node('StringConcat', ['x', 'x'], ['y'])],
    inputs: { x: 'string 4' },
    outputs: { y: 'string 4' },
  },
  {
    title: 'a sequence',
    nodes: [
      node('SplitToSequence', ['x'], ['parts'], { axis: 1 }),
      node('SequenceAt', ['parts', 'second'], ['part']),
      node('SequenceLength', ['parts'], ['count']),
      node('Cast', ['count'], ['many'], { to: 1 }),
      node('Add', ['part', 'many'], ['y']),
    ],
    initializers: [ints('second', [], [1])],
    inputs: { x: 'float32 N,3' },
    outputs: { y: 'float32 N,1' },
  },
  {
    title: 'raw types',
    nodes: [
      node('Gather', ['table', 'ids'], ['rows']),
      node('Cast', ['mask'], ['kept'], { to: 1 }),
      node('Mul', ['rows', 'kept'], ['y']),
      node('Cast', ['half'], ['z'], { to: 6 }),
    ],
    inputs: { ids: 'int64 N,3', mask: 'bool N,3', half: 'float64 2' },
    outputs: { y: 'float32 N,3', z: 'int32 2' },
    weights: { table: [2] },
  },
  {
    title: 'QuantizeLinear',
    nodes: [
      node('QuantizeLinear', ['x', 'scale', 'zero'], ['q']),
      node('DequantizeLinear', ['q', 'scale', 'zero'], ['y']),
    ],
    initializers: [
      floats('scale', [], [0.02]),
      { ...ints('zero', [], []), dataType: 2, int32Data: [128], int64Data: [] },
    ],
    inputs: { x: 'float32 N,4' },
    outputs: { y: 'float32 N,4', q: 'uint8 N,4' },
  },
  {
    title: 'passed on',
    nodes: [node('Relu', ['x'], ['y'])],
    initializers: [floats('fixed', [2], [3, 4])],
    inputs: { x: 'float32 N,2' },
    outputs: { y: 'float32 N,2', x: 'float32 N,2', fixed: 'float32 2' },
    known: true,
  },
  {
    title: 'forms of opset 7',
    opset: 7,
    nodes: [
      node('Unsqueeze', ['x'], ['a'], { axes: [1] }),
      node('Pad', ['a'], ['b'], [attribute('pads', [0, 0, 0, 1, 0, 0, 0, 1]), attribute('value', 2, 'float')]),
      node('Upsample', ['b'], ['c'], [attribute('mode', 'nearest'), attribute('scales', [1, 1, 2, 2], 'floats')]),
      node('Slice', ['c'], ['d'], { axes: [2, 3], starts: [1, 0], ends: [5, -1] }),
      node('Clip', ['d'], ['e'], [attribute('min', -0.5, 'float'), attribute('max', 1, 'float')]),
      node('Softmax', ['e'], ['f'], { axis: 2 }),
      node('Split', ['f'], ['g', 'h'], { axis: 2, split: [1, 3] }),
      node('ReduceSum', ['h'], ['i'], { axes: [1], keepdims: 0 }),
      node('Squeeze', ['g'], ['j'], { axes: [1, 2] }),
      node('Dropout', ['j'], ['k'], [attribute('ratio', 0.5, 'float')]),
    ],
    inputs: { x: 'float32 N,3,4' },
    outputs: { i: 'float32 N,3,11', k: 'float32 N,11' },
  },
  {
    title: 'forms of opset 18',
    opset: 18,
    nodes: [
      node('ReduceMean', ['x', 'axes'], ['m'], { keepdims: 1 }),
      node('Split', ['x'], ['a', 'b'], { axis: 2, num_outputs: 2 }),
      node('Sub', ['a', 'm'], ['y']),
    ],
    initializers: [ints('axes', [1], [2])],
    inputs: { x: 'float32 N,3,5' },
    outputs: { y: 'float32 N,3,3', b: 'float32 N,3,2' },
  },
  {
    title: 'GroupNormalization of opset 18',
    opset: 18,
    nodes: [node('GroupNormalization', ['x', 's', 'b'], ['y'], { num_groups: 2 })],
    inputs: { x: 'float32 N,4,3,3' },
    outputs: { y: 'float32 N,4,3,3' },
    weights: { s: [2], b: [2] },
  },
  {
    title: 'Gelu of opset 20',
    opset: 20,
    nodes: [node('Gelu', ['x'], ['y'])],
    inputs: { x: 'float32 N,4' },
    outputs: { y: 'float32 N,4' },
  },
  {
    title: 'a local function',
    opset: 11,
    domains: { mine: 1 },
    functions: [
      create(FunctionProtoSchema, {
        name: 'Twice',
        domain: 'mine',
        input: ['a'],
        output: ['b'],
        opsetImport: [{ version: 11n }],
        node: [
          node('Add', ['a', 'a'], ['c']),
          node('Unsqueeze', ['c'], ['d'], { axes: [0] }),
          node('Squeeze', ['d'], ['b'], { axes: [0] }),
        ],
      }),
    ],
    nodes: [node('mine.Twice', ['x'], ['y'])],
    inputs: { x: 'float32 N,4' },
    outputs: { y: 'float32 N,4' },
  },
  {
    title: 'names of other values',
    nodes: [node('Relu', ['out.y'], ['op/weight']), node('CumSum', ['op/weight', 'op/a/axis'], ['in.x'])],
    initializers: [ints('op/a/axis', [1], [1])],
    inputs: { 'out.y': 'float32 N,4' },
    outputs: { 'in.x': 'float32 N,4' },
  },
  {
    title: 'a small network of known ops',
    nodes: [
      node('Conv', ['x', 'w', 'b'], ['c'], { pads: [1, 1, 1, 1], kernel_shape: [3, 3] }),
      node('HardSwish', ['c'], ['d']),
      node('ReduceMean', ['d'], ['e'], { axes: [2, 3], keepdims: 0 }),
      node('Clip', ['e', 'low', 'high'], ['f']),
      node('Gemm', ['f', 'v'], ['y'], { transB: 1 }),
    ],
    initializers: [floats('low', [], [-1]), floats('high', [], [1])],
    inputs: { x: 'float32 N,2,4,4' },
    outputs: { y: 'float32 N,5' },
    weights: { w: [3, 2, 3, 3], b: [3], v: [5, 3] },
    known: true,
  },
];

/** Random values of the inputs, for a batch of `n`. */
function feedsOf({ inputs }: OperatorDefinition, n: number): Map<string, Tensor> {
  const rng = random(n, 'operators');
  return new Map(
    inputs.map(({ name, type: { dtype, dims, batch } }) => {
      const shape = [...(batch ? [n] : []), ...dims.map((dim) => (typeof dim === 'number' ? dim : n))];
      const real = dtype === 'float32' || dtype === 'float64';
      const data = Array.from({ length: elementCount(shape) }, () => (real ? rng.normal() : rng.below(2)));
      return [name, asType(floatTensor(shape, data), dtype)];
    }),
  );
}

const named = (tensors: Tensors, prefix: string): Map<string, Tensor> =>
  new Map([...tensors].map(([name, tensor]) => [`${prefix}${name}`, tensor]));

function expectEqual(got: Tensors, wanted: Tensors): void {
  expect([...got.keys()].sort()).toEqual([...wanted.keys()].sort());
  for (const [name, { dtype, shape, data }] of wanted) {
    const found = got.get(name) as Tensor;
    expect([name, found.dtype, found.shape]).toEqual([name, dtype, shape]);
    if (dtype !== 'float32') expect([...found.data]).toEqual([...data]);
    else for (const [i, x] of data.entries()) expect(found.data[i] as number).toBeCloseTo(x, 5);
  }
}

it.each(rows)('$title runs as it is, is saved and exported', async ({ known = false, ...parts }) => {
  const definition = operator(parts);
  const document = networkOf(definition);
  // An input has sizes, so symbols become those of the batch of 3.
  const { graph: checked, diagnostics } = check(sizedInputs(document));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (checked === null) return;
  expect(checked.nodes.find(({ node: { name } }) => name === 'op')?.opaque).toBe(!known);
  const weights = initialParameters(checked, 1);
  const program = bindParameters(compileInference(checked), weights);
  expect(verifyProgram(program)).toEqual([]);
  expect(program.ops.some(({ op }) => op === 'Operator')).toBe(!known);
  const feeds = feedsOf(definition, 3);

  const original = await loadModel(toBinary(ModelProtoSchema, operatorModel(definition)!), CPU_DEVICE);
  const own = new Map(definition.weights.map(({ name }) => [name, weights.get(`op/${name}`) as Tensor]));
  const wanted = named(await original.run(new Map([...feeds, ...own])), 'out.');
  const session = await openProgram(program, CPU_DEVICE);
  expectEqual(await session.run(named(feeds, 'in.')), wanted);

  const saved = readProject(writeProject({ document: sizedInputs(document), weights: null, others: {} }), 'a.netloom');
  const again = check(saved.document).graph;
  expect(again).not.toBeNull();
  const exported = await exportModel({ graph: again!, weights, data: null, device: CPU_DEVICE });
  const file = await loadModel(exported.model, CPU_DEVICE);
  expectEqual(await file.run(named(feeds, 'in.')), wanted);
  for (const each of [original, session, file]) await each.release();
});

/** The network with 3 for symbols of input sizes. */
function sizedInputs(document: ReturnType<typeof networkOf>) {
  const nodes = document.nodes.map((each) => {
    const { shape } = each.config;
    return Array.isArray(shape)
      ? { ...each, config: { ...each.config, shape: shape.map((dim) => (typeof dim === 'number' ? dim : 3)) } }
      : each;
  });
  return { ...document, nodes };
}
