import { backward } from '../autodiff/backward.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { Builder } from '../ir/builder.ts';
import type { Program, Value } from '../ir/program.ts';
import type { Target } from '../ir/target.ts';
import { emitUpdates, type TrainedParam, type UpdateSettings } from '../optim/updates.ts';
import { withFastConvolutions } from './convolutionForms.ts';
import { emitForward, emitLoss, paramName } from './forward.ts';

/** The training settings that concern updates, and the target of the compilation. */
export interface TrainStepOptions extends UpdateSettings {
  /** Batch size of the program; a smaller last batch needs its own program. */
  readonly batch: number;
  readonly target: Target;
  /** Targets of mixed samples are probabilities. */
  readonly mixed?: boolean;
}

/**
 * Compiles one training step: forward pass, loss, backward pass and update. Inputs: a batch, its targets, the scalars
 * of the step (`learning_rate`, …), the parameters and the optimizer state. Outputs: `loss` and `correct` before the
 * update, and the new value of everything that changes. Names show the origin of a tensor: `conv1/weight_grad`,
 * `sgd/conv1/weight/momentum`.
 */
export function compileTrainStep(graph: CheckedGraph, options: TrainStepOptions): Program {
  const { batch, target, mixed = false } = options;
  const g = new Builder(`${graph.document.name} training step`, target);
  const forward = emitForward(g, graph, batch, 'train');
  const { trainable, updates } = forward;
  const { loss, outputs } = emitLoss(g, forward, batch, mixed ? 'probabilities' : 'labels');
  if (loss === null) throw new Error('a network without a loss cannot be trained');
  for (const [name, value] of updates) outputs.push({ name: `${name}_new`, value, role: { kind: 'update', of: name } });
  const gradients = backward(g, loss, [...trainable.values()]);
  const roles = paramRoles(graph);
  const trained = [...trainable].map(([name, param]): TrainedParam => {
    const gradient = g.rename(gradients.get(param) as Value, `${name}_grad`);
    return { name, param, gradient, role: roles.get(name) ?? 'weight' };
  });
  return withFastConvolutions(g.finish([...outputs, ...emitUpdates(g, options, trained)]), target);
}

const paramRoles = ({ nodes }: CheckedGraph): ReadonlyMap<string, TrainedParam['role']> =>
  new Map(nodes.flatMap((node) => Object.entries(node.params).map(([key, { role }]) => [paramName(node, key), role])));
