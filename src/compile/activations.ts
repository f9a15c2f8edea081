import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import { Builder } from '../ir/builder.ts';
import type { Program, Value } from '../ir/program.ts';
import { BATCH } from '../ir/shape.ts';
import { PORTABLE, type Target } from '../ir/target.ts';
import { emitForward, type Forward } from './forward.ts';

/** A program that shows what layers give. */
export interface Activations {
  readonly program: Program;
  /** By node id, what the program calls the layer's output: its first port, or what an end of the network predicts. */
  readonly outputs: ReadonlyMap<string, string>;
}

/** The program that computes the outputs of `nodes` in prediction mode, for a batch of any size, and no more than that. */
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
  // What users read comes behind what the loss takes: probabilities behind logits.
  const ports = end === undefined ? values.get(node.id) : g.within(node.name, () => end.rules.predictions(end.args));
  const value = Object.values(ports ?? {}).at(end === undefined ? 0 : -1);
  if (value === undefined) throw new Error(`nothing was emitted for '${node.name}'`);
  return value;
}
