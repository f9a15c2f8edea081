import { backward } from '../autodiff/backward.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { Builder, type Target } from '../ir/builder.ts';
import type { Program, Value } from '../ir/program.ts';
import { emitUpdate, type OptimizerConfig } from '../optim/optimizer.ts';
import { emitForward, emitLoss, type NamedOutput } from './forward.ts';

/** The name of the scalar input that holds the learning rate of the step. */
export const LEARNING_RATE_INPUT = 'learning_rate';

export interface TrainStepOptions {
  readonly optimizer: OptimizerConfig;
  /** The size of every batch the program takes: a short last batch has a program of its own. */
  readonly batch: number;
  readonly target: Target;
}

/**
 * One training step as a program: forward, loss, backward and update. Takes a batch, its targets, the learning rate,
 * the parameters and the optimizer's memory; gives `loss` and `correct` as they were before the update, and the new
 * value of everything that changes. Names say where a tensor comes from: `conv1/weight_grad`,
 * `sgd/conv1/weight/momentum`.
 */
export function compileTrainStep(graph: CheckedGraph, { optimizer, batch, target }: TrainStepOptions): Program {
  const g = new Builder(`${graph.document.name} training step`, target);
  const forward = emitForward(g, graph, batch, 'train');
  const { trainable, updates } = forward;
  const { loss, outputs: losses } = emitLoss(g, forward, batch);
  const learningRate = g.input(LEARNING_RATE_INPUT, 'float32', [], { kind: 'hyper', hyper: 'learningRate' });
  const outputs: NamedOutput[] = [...losses];
  for (const [name, value] of updates) outputs.push({ name: `${name}_new`, value, role: { kind: 'update', of: name } });
  const gradients = backward(g, loss, [...trainable.values()]);
  for (const [name, param] of trainable) {
    const gradient = g.rename(gradients.get(param) as Value, `${name}_grad`);
    const memory = new Map<string, Value>();
    const state = (key: string): Value => {
      const value = g.input(`${optimizer.kind}/${name}/${key}`, 'float32', param.shape, { kind: 'state' });
      memory.set(key, value);
      return value;
    };
    const update = g.within(`${optimizer.kind}/${name}`, () =>
      emitUpdate(g, optimizer, { param, gradient, learningRate, state }),
    );
    outputs.push({ name: `${name}_new`, value: update.param, role: { kind: 'update', of: name } });
    for (const [key, value] of memory) {
      const next = update.state[key];
      outputs.push({ name: `${value.name}_new`, value: next, role: { kind: 'update', of: value.name } });
    }
  }
  return g.finish(outputs);
}
