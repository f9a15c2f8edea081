import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import { Builder } from '../ir/builder.ts';
import type { Program, Value } from '../ir/program.ts';
import { BATCH } from '../ir/shape.ts';
import { PORTABLE, type Target } from '../ir/target.ts';
import { emitForward, type Forward } from './forward.ts';

/** A program that computes the outputs of layers. */
export interface Activations {
  readonly program: Program;
  /** Name of the program output per node id: the first output of a layer, or the prediction of an output layer. */
  readonly outputs: ReadonlyMap<string, string>;
}

/** Compiles a program that computes only the outputs of `nodes`, in prediction mode and for any batch size. */
export function compileActivations(
  graph: CheckedGraph,
  nodes: readonly CheckedNode[],
  target: Target = PORTABLE,
): Activations {
  const g = new Builder(`${graph.document.name} inside`, target);
  const forward = emitForward(g, graph, BATCH, 'predict');
  const shown = new Map(nodes.map((node, i) => [node.node.id, { node, name: `shown/${i}` }]));
  const results = [...shown.values()].map(({ node, name }) => ({
    name,
    value: shownValue(g, forward, node),
    role: { kind: 'prediction' } as const,
  }));
  const program = g.finish(results);
  return { program, outputs: new Map([...shown.keys()].map((id, i) => [id, program.outputs[i].value.name])) };
}

function shownValue(g: Builder, { values, outputs }: Forward, { node }: CheckedNode): Value {
  const end = outputs.find((output) => output.node.node.id === node.id);
  // The prediction for the user is the last output, such as probabilities after logits.
  const ports = end === undefined ? values.get(node.id) : g.within(node.name, () => end.rules.predictions(end.args));
  const value = Object.values(ports ?? {}).at(end === undefined ? 0 : -1);
  if (value === undefined) throw new Error(`nothing was emitted for '${node.name}'`);
  return value;
}
