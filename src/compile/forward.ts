import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import { usesBatch } from '../graph/frozenBatchNorm.ts';
import type { Builder } from '../ir/builder.ts';
import type { OutputRole, Value } from '../ir/program.ts';
import type { Dim } from '../ir/shape.ts';
import type { LowerArgs, OutputRules } from '../layers/layer.ts';

type Config = CheckedNode['config'];
type Ports = Readonly<Record<string, Value>>;

/** The name of a parameter or buffer in programs and weight files: `conv1/weight`. */
export const paramName = (node: CheckedNode, param: string): string => `${node.node.name}/${param}`;

/** An output layer in a program, with the inputs of its rules for predictions and loss. */
interface EmittedOutput {
  readonly node: CheckedNode;
  readonly rules: OutputRules<Config>;
  readonly args: LowerArgs<Config>;
}

export interface Forward {
  readonly graph: CheckedGraph;
  /** Outputs of every node, by node id and port. */
  readonly values: ReadonlyMap<string, Ports>;
  /** Trained parameters by name, in network order. */
  readonly trainable: ReadonlyMap<string, Value>;
  /** New values of buffers, by name. */
  readonly updates: ReadonlyMap<string, Value>;
  readonly outputs: readonly EmittedOutput[];
}

/** Emits inputs, parameters and all layers in data order. `batch` is a number, or BATCH for any size. */
export function emitForward(g: Builder, graph: CheckedGraph, batch: Dim, mode: 'train' | 'predict'): Forward {
  const values = new Map<string, Ports>();
  const trainable = new Map<string, Value>();
  const updates = new Map<string, Value>();
  const outputs: EmittedOutput[] = [];
  for (const checked of graph.nodes) {
    const { node, layer, config, from } = checked;
    if (isInput(checked)) {
      values.set(node.id, emitInput(g, checked, batch));
      continue;
    }
    const x = Object.fromEntries(Object.entries(from).map(([port, end]) => [port, source(values, end)]));
    const p: Record<string, Value> = {};
    for (const [name, { shape }] of Object.entries(checked.params)) {
      const value = g.input(paramName(checked, name), 'float32', shape, { kind: 'parameter' });
      p[name] = value;
      if (!node.frozen) trainable.set(value.name, value);
    }
    const b: Record<string, Value> = {};
    for (const [name, { shape }] of Object.entries(checked.buffers)) {
      b[name] = g.input(paramName(checked, name), 'float32', shape, { kind: 'buffer' });
    }
    const args: LowerArgs<Config> = {
      g,
      x,
      p,
      b,
      config,
      // Only layers with running statistics have buffers.
      mode: Object.keys(checked.buffers).length > 0 && !usesBatch(node, graph.document.recipe) ? 'predict' : mode,
      update: (buffer, value) => updates.set(paramName(checked, buffer), value),
      mask: (shape, keep) => g.input(`${node.name}/mask`, 'float32', shape, { kind: 'random', keep }),
    };
    if (layer.output !== undefined) outputs.push({ node: checked, rules: layer.output, args });
    else
      values.set(
        node.id,
        g.within(node.name, () => lowered(checked, args)),
      );
  }
  return { graph, values, trainable, updates, outputs };
}

function emitInput(g: Builder, { node, layer, outputs, raw }: CheckedNode, batch: Dim): Ports {
  const [port = ''] = layer.outputs;
  const type = raw[port] ?? { dtype: 'float32', dims: outputs[port] ?? [], batch: true };
  const dims = type.batch ? [batch, ...type.dims] : type.dims;
  return { [port]: g.input(node.name, type.dtype, dims, { kind: 'data' }) };
}

function lowered(checked: CheckedNode, args: LowerArgs<Config>): Ports {
  const { layer, node } = checked;
  if (layer.lower === undefined) {
    throw new Error(`layer '${layer.type}' of '${node.name}' says neither how it is lowered nor what it ends`);
  }
  return layer.lower(args);
}

function source(values: ReadonlyMap<string, Ports>, end: { node: string; port: string }): Value {
  const value = values.get(end.node)?.[end.port];
  if (value === undefined) throw new Error(`nothing was emitted for port '${end.port}' of node '${end.node}'`);
  return value;
}

/**
 * A result with its name for the user: without prefix for a single output, otherwise with the name of the node as
 * prefix.
 */
export interface NamedOutput {
  readonly name: string;
  readonly value: Value;
  readonly role: OutputRole;
}

/**
 * Program name of a value of an output layer: `target`, `logits`, …, or `digit/logits` if the network has several
 * outputs or an input of the same name.
 */
export function outputName({ nodes }: CheckedGraph, { node, layer }: CheckedNode, name: string): string {
  // A plain output has only one value.
  if (layer.output?.loss === undefined) return node.name;
  const outputs = nodes.filter(({ layer }) => layer.output !== undefined).length;
  const taken = nodes.some((other) => isInput(other) && other.node.name === name);
  return outputs === 1 && !taken ? name : `${node.name}/${name}`;
}

const isInput = ({ layer }: CheckedNode): boolean => layer.inputsOf === undefined && layer.inputs.length === 0;

/** Emits the predictions of all outputs: `logits`, `probabilities`, … */
export function emitPredictions(g: Builder, forward: Forward): NamedOutput[] {
  return forward.outputs.flatMap((output) => {
    const predictions = g.within(output.node.node.name, () => output.rules.predictions(output.args));
    return Object.entries(predictions).map(([name, value]) => ({
      name: outputName(forward.graph, output.node, name),
      value,
      role: { kind: 'prediction' } as const,
    }));
  });
}

/** Name of the input with the targets of an output layer. */
export const TARGET_INPUT = 'target';

/**
 * Adds an input for the targets of every output layer, and the losses. `loss` is their sum, each times the loss weight of its output;
 * with several outputs, each also has its own without the weight. `correct` counts the correct predictions of outputs that have an
 * accuracy. Targets that are probabilities have the shape of the logits; the outputs must take them. Null if no output has a loss.
 */
export function emitLoss(
  g: Builder,
  forward: Forward,
  batch: Dim,
  targets: 'labels' | 'probabilities' = 'labels',
): { loss: Value | null; outputs: NamedOutput[] } {
  const outputs: NamedOutput[] = [];
  const trained = forward.outputs.flatMap(({ rules: { loss: lossOf, ...rules }, ...output }) =>
    lossOf === undefined ? [] : [{ ...output, rules: { ...rules, loss: lossOf } }],
  );
  if (trained.length === 0) return { loss: null, outputs: [] };
  const losses = trained.map((output) => {
    const { rules, args, node } = output;
    const name = (part: string) => outputName(forward.graph, node, part);
    const { dtype, shape } =
      targets === 'labels'
        ? rules.target(node.inputs, args.config)
        : { dtype: 'float32' as const, shape: Object.values(node.inputs)[0] ?? [] };
    const answers = g.input(name(TARGET_INPUT), dtype, [batch, ...shape], { kind: 'target' });
    const { loss, correct } = g.within(node.node.name, () => rules.loss(args, answers));
    if (trained.length > 1) {
      outputs.push({ name: name('loss'), value: loss, role: { kind: 'partialLoss' } });
    }
    if (correct !== null) {
      outputs.push({ name: name('correct'), value: correct, role: { kind: 'correct' } });
    }
    const weight = args.config.lossWeight as number;
    return weight === 1 ? loss : g.mul(loss, g.scalar(weight));
  });
  const loss = g.sum(losses);
  return { loss, outputs: [{ name: 'loss', value: loss, role: { kind: 'loss' } }, ...outputs] };
}
