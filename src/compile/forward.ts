import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import type { Dim } from '../ir/shape.ts';
import type { OutputRules } from '../layers/layer.ts';

/** The name of a parameter in programs and weight files: `conv1/weight`. */
export const paramName = (node: CheckedNode, param: string): string => `${node.node.name}/${param}`;

/** A network's end in a program: what its rules need to add predictions or the loss. */
export interface EmittedOutput {
  readonly node: CheckedNode;
  readonly rules: OutputRules<CheckedNode['config']>;
  readonly args: Parameters<OutputRules<CheckedNode['config']>['predictions']>[0];
}

export interface Forward {
  /** Parameters that are to be trained, by name, in the order of the network. */
  readonly trainable: ReadonlyMap<string, Value>;
  readonly output: EmittedOutput;
}

/** Emits inputs, parameters and every layer in data order. `batch` is a number, or BATCH for any. */
export function emitForward(g: Builder, graph: CheckedGraph, batch: Dim, mode: 'train' | 'predict'): Forward {
  const values = new Map<string, Readonly<Record<string, Value>>>();
  const trainable = new Map<string, Value>();
  let output: EmittedOutput | null = null;
  for (const checked of graph.nodes) {
    const { node, layer, config, from } = checked;
    if (layer.inputs.length === 0) {
      const [[port, shape]] = Object.entries(checked.outputs);
      values.set(node.id, { [port]: g.input(node.name, 'float32', [batch, ...shape], { kind: 'data' }) });
      continue;
    }
    const x = Object.fromEntries(Object.entries(from).map(([port, end]) => [port, source(values, end)]));
    const p: Record<string, Value> = {};
    for (const [name, param] of Object.entries(checked.params)) {
      const value = g.input(paramName(checked, name), 'float32', param.shape, { kind: 'parameter' });
      p[name] = value;
      if (!node.frozen) trainable.set(value.name, value);
    }
    const args = { g, x, p, config, mode };
    if (layer.output !== undefined) output = { node: checked, rules: layer.output, args };
    else
      values.set(
        node.id,
        g.within(node.name, () => lowered(checked, args)),
      );
  }
  if (output === null) throw new Error('a checked network has an output');
  return { trainable, output };
}

function lowered(checked: CheckedNode, args: EmittedOutput['args']): Readonly<Record<string, Value>> {
  const { layer, node } = checked;
  if (layer.lower === undefined)
    throw new Error(`layer '${layer.type}' of '${node.name}' says neither how it is lowered nor what it ends`);
  return layer.lower(args);
}

function source(
  values: ReadonlyMap<string, Readonly<Record<string, Value>>>,
  end: { node: string; port: string },
): Value {
  const value = values.get(end.node)?.[end.port];
  if (value === undefined) throw new Error(`nothing was emitted for port '${end.port}' of node '${end.node}'`);
  return value;
}
