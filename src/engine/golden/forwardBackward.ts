import { backward } from '../../autodiff/backward.ts';
import type { CheckedGraph, CheckedNode } from '../../check/checkedGraph.ts';
import { withFastConvolutions } from '../../compile/convolutionForms.ts';
import { paramName } from '../../compile/forward.ts';
import { Builder } from '../../ir/builder.ts';
import type { Program, Value } from '../../ir/program.ts';
import type { Dims } from '../../ir/shape.ts';
import type { Tensor } from '../../ir/tensor.ts';
import { trainingTarget } from '../selfCheck.ts';
import { type Device, openProgram } from '../session.ts';
import type { CaseGraph, CaseOf, CaseTensors } from './cases.ts';
import { Comparison, type ComparisonResult } from './compare.ts';
import { drawGraph, isHead } from './draw.ts';

export const PREDICTION = { kind: 'prediction' } as const;
export const DATA = { kind: 'data' } as const;

/** Name of the node in the graph of a single layer. */
const SELF = 'layer';

/** The mask input of a dropout case, which is fed by the trainer and not part of the document. */
const MASK = 'mask';

function layerGraph({ kind, hyper, inputs }: CaseOf<'layer'>, tensors: CaseTensors): CaseGraph {
  const connected = inputs.filter((name) => name !== MASK);
  return {
    inputs: Object.fromEntries(connected.map((name) => [name, [...tensors.get(`in.${name}`).shape]])),
    nodes: [{ name: SELF, kind, inputs: connected, hyper }],
    outputs: [SELF],
  };
}

/** Runs the document of `draw` forward, and backward from the given upstream gradient. */
export async function runForwardBackward(
  test: CaseOf<'layer'> | CaseOf<'block'>,
  tensors: CaseTensors,
  device: Device,
  draw: (graph: CaseGraph) => CheckedGraph = (graph) => drawGraph(graph, []),
): Promise<ComparisonResult> {
  const graph = test.group === 'layer' ? layerGraph(test, tensors) : test.graph;
  const checked = draw(graph);
  // Converts `layer/weight` or `conv1/weight` of a program to `weight` or `conv1.weight` of a case.
  const caseName = (held: string) => (test.group === 'layer' ? held.slice(SELF.length + 1) : held.replace('/', '.'));

  const target = await trainingTarget(device);
  const g = new Builder(test.id, target);
  const { values, params, updates } = emit(g, checked, graph, test.mode === 'train' ? 'train' : 'predict');
  const y = values.get(graph.outputs[0] as string) as Value;
  const up = g.input('up.y', 'float32', y.shape, DATA);
  const inputs = Object.keys(graph.inputs).map((name) => values.get(name) as Value);
  const loss = g.reduceSum(
    g.mul(y, up),
    y.shape.map((_, axis) => axis),
  );
  const gradients = backward(g, loss, [...inputs, ...params]);
  const emitted = g.finish([
    { name: 'out.y', value: y, role: PREDICTION },
    ...inputs.map((x) => ({ name: `grad.${x.name}`, value: gradients.get(x) as Value, role: PREDICTION })),
    ...params.map((p) => ({ name: `grad.${caseName(p.name)}`, value: gradients.get(p) as Value, role: PREDICTION })),
    ...[...updates].map(([name, value]) => ({ name: `after.${caseName(name)}`, value, role: PREDICTION })),
  ]);
  const program = withFastConvolutions(emitted, target);
  const roles = new Map(program.inputs.map(({ value, role }) => [value.name, role.kind]));
  const feed = ({ name }: Value): Tensor => {
    if (name === 'up.y') return tensors.tensor(name);
    const prefix = { parameter: 'param', buffer: 'buffer', random: 'in' }[roles.get(name) as 'parameter'];
    return tensors.tensor(prefix === undefined ? `in.${name}` : `${prefix}.${caseName(name)}`);
  };
  return compareOutputs(program, feed, new Comparison(tensors, test), device);
}

/** Runs a program whose outputs have the names of the tensors of a case, and compares them. */
export async function compareOutputs(
  program: Program,
  feed: (input: Value) => Tensor,
  comparison: Comparison,
  device: Device,
): Promise<ComparisonResult> {
  const session = await openProgram(program, device);
  const results = await session.run(new Map(program.inputs.map(({ value }) => [value.name, feed(value)])));
  await session.release();
  for (const { value } of program.outputs) comparison.add(value.name, results.get(value.name));
  return comparison.result();
}

interface Emission {
  /** By node name. */
  readonly values: Map<string, Value>;
  readonly params: Value[];
  /** New values of buffers. */
  readonly updates: Map<string, Value>;
}

/** Emits the nodes of the case, without the head that completes the document. */
function emit(g: Builder, { nodes }: CheckedGraph, { inputs }: CaseGraph, mode: 'train' | 'predict'): Emission {
  const emitted: Emission = { values: new Map(), params: [], updates: new Map() };
  for (const checked of nodes) {
    const { name } = checked.node;
    if (isHead(name)) continue;
    const shape = inputs[name];
    const value = shape === undefined ? lower(g, checked, emitted, mode) : g.input(name, 'float32', shape, DATA);
    emitted.values.set(name, value);
  }
  return emitted;
}

function lower(
  g: Builder,
  checked: CheckedNode,
  { values, params, updates }: Emission,
  mode: 'train' | 'predict',
): Value {
  const { node, layer, config, from } = checked;
  const x = Object.fromEntries(Object.entries(from).map(([port, end]) => [port, values.get(end.node) as Value]));
  const p: Record<string, Value> = {};
  for (const [key, { shape }] of Object.entries(checked.params)) {
    p[key] = g.input(paramName(checked, key), 'float32', shape, { kind: 'parameter' });
    params.push(p[key]);
  }
  const b: Record<string, Value> = {};
  for (const [key, { shape }] of Object.entries(checked.buffers)) {
    b[key] = g.input(paramName(checked, key), 'float32', shape, { kind: 'buffer' });
  }
  const update = (buffer: string, value: Value) => updates.set(paramName(checked, buffer), value);
  const mask = (shape: Dims, keep: number) =>
    g.input(`${node.name}/${MASK}`, 'float32', shape, { kind: 'random', keep });
  const outputs = g.within(node.name, () => layer.lower?.({ g, x, p, b, config, mode, update, mask }));
  return Object.values(outputs ?? {})[0] as Value;
}
