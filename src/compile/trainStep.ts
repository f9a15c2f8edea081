import { backward } from '../autodiff/backward.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { Builder } from '../ir/builder.ts';
import type { Program, Value } from '../ir/program.ts';
import type { Target } from '../ir/target.ts';
import { emitUpdates, type Trained, type UpdateSettings } from '../optim/updates.ts';
import { withFastConvolutions } from './convolutionForms.ts';
import { emitForward, emitLoss, paramName } from './forward.ts';

/** The optimizer and what else of a recipe decides the updates (a recipe itself will do), and what to compile for. */
export interface TrainStepOptions extends UpdateSettings {
  /** The size of every batch the program takes: a short last batch has a program of its own. */
  readonly batch: number;
  readonly target: Target;
}

/**
 * One training step as a program: forward, loss, backward and update. Takes a batch, its targets, the scalars of the step
 * (`learning_rate`, …), the parameters and the optimizer's memory; gives `loss` and `correct` as they were before the
 * update, and the new value of everything that changes. Names say where a tensor comes from: `conv1/weight_grad`,
 * `sgd/conv1/weight/momentum`.
 */
export function compileTrainStep(graph: CheckedGraph, options: TrainStepOptions): Program {
  const { batch, target } = options;
  const g = new Builder(`${graph.document.name} training step`, target);
  const forward = emitForward(g, graph, batch, 'train');
  const { trainable, updates } = forward;
  const { loss, outputs } = emitLoss(g, forward, batch);
  for (const [name, value] of updates) outputs.push({ name: `${name}_new`, value, role: { kind: 'update', of: name } });
  const gradients = backward(g, loss, [...trainable.values()]);
  const roles = paramRoles(graph);
  const trained = [...trainable].map(([name, param]): Trained => {
    const gradient = g.rename(gradients.get(param) as Value, `${name}_grad`);
    return { name, param, gradient, role: roles.get(name) ?? 'weight' };
  });
  return withFastConvolutions(g.finish([...outputs, ...emitUpdates(g, options, trained)]), target);
}

const paramRoles = ({ nodes }: CheckedGraph): ReadonlyMap<string, Trained['role']> =>
  new Map(nodes.flatMap((node) => Object.entries(node.params).map(([key, { role }]) => [paramName(node, key), role])));
