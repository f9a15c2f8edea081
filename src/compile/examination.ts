import { backward } from '../autodiff/backward.ts';
import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import { Builder } from '../ir/builder.ts';
import type { Program, Value } from '../ir/program.ts';
import type { Target } from '../ir/target.ts';
import type { Saturation } from '../layers/layer.ts';
import { emitForward, emitLoss } from './forward.ts';

/** An activation whose gradient can vanish, with the program outputs that show it. */
export interface ActivationProbe {
  readonly node: CheckedNode;
  readonly kind: 'dies' | 'saturates';
  /** Program output: the fraction of values above 0 per unit if units can die; otherwise the fraction of saturated values. */
  readonly output: string;
  /** Program output: variance of the values over the batch, a scalar. */
  readonly spread: string;
}

export interface ExaminationProgram {
  readonly program: Program;
  /** Program output with the gradient of a trained parameter, by the name of the parameter. */
  readonly gradients: ReadonlyMap<string, string>;
  readonly watched: readonly ActivationProbe[];
}

/**
 * Compiles forward and backward pass in training mode without an update. Outputs: the loss, the gradient of every
 * trained parameter, and statistics of the activations.
 */
export function compileExamination(graph: CheckedGraph, batch: number, target: Target): ExaminationProgram {
  const g = new Builder(`${graph.document.name} examination`, target);
  const forward = emitForward(g, graph, batch, 'train');
  const { loss } = emitLoss(g, forward, batch);
  if (loss === null) throw new Error('a network without a loss cannot be trained');
  const found = backward(g, loss, [...forward.trainable.values()]);
  const outputs = [{ name: 'loss', value: loss, role: { kind: 'loss' } as const }];
  const results: { name: string; value: Value }[] = [];
  const gradients = new Map<string, string>();
  for (const [name, param] of forward.trainable) {
    const output = `${name}_grad`;
    results.push({ name: output, value: found.get(param) as Value });
    gradients.set(name, output);
  }
  const watched: ActivationProbe[] = [];
  for (const node of graph.nodes) {
    const { flat } = node.layer;
    const y = forward.values.get(node.node.id)?.y;
    if (flat === undefined || flat === 'everywhere' || y === undefined) continue;
    const output = `${node.node.name}/activity`;
    results.push({ name: output, value: g.within(node.node.name, () => activity(g, flat, y)) });
    const spread = `${node.node.name}/spread`;
    results.push({ name: spread, value: g.within(node.node.name, () => spreadOf(g, y)) });
    watched.push({ node, kind: flat === 'belowZero' ? 'dies' : 'saturates', output, spread });
  }
  const predictions = results.map((result) => ({ ...result, role: { kind: 'prediction' } as const }));
  return { program: g.finish([...outputs, ...predictions]), gradients, watched };
}

/** The axes that are not units. Units are the channels of images, and otherwise the last axis. */
function placesOf(y: Value): readonly number[] {
  const units = y.shape.length === 4 ? 1 : y.shape.length - 1;
  return [...y.shape.keys()].filter((axis) => axis !== units);
}

function activity(g: Builder, flat: 'belowZero' | Saturation, y: Value): Value {
  if (flat === 'belowZero') return g.reduceMean(g.cast(g.greater(y, g.scalar(0)), 'float32'), placesOf(y));
  const off = g.abs(g.sub(y, g.scalar(flat.middle)));
  const saturated = g.cast(g.greater(off, g.scalar(flat.far)), 'float32');
  return g.reduceMean(saturated, [...y.shape.keys()]);
}

function spreadOf(g: Builder, y: Value): Value {
  const off = g.sub(y, g.reduceMean(y, [0], true));
  return g.reduceMean(g.square(off), [...y.shape.keys()]);
}

/** Compiles a program with only the loss in training mode, to try other weights on the same batch. */
export function compileTrainingLoss(graph: CheckedGraph, batch: number, target: Target): Program {
  const g = new Builder(`${graph.document.name} training loss`, target);
  const forward = emitForward(g, graph, batch, 'train');
  const { loss } = emitLoss(g, forward, batch);
  if (loss === null) throw new Error('a network without a loss cannot be trained');
  return g.finish([{ name: 'loss', value: loss, role: { kind: 'loss' } }]);
}
