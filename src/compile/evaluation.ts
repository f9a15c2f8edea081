import type { CheckedGraph } from '../check/checkedGraph.ts';
import { Builder, PORTABLE, type Target } from '../ir/builder.ts';
import type { Program } from '../ir/program.ts';
import { BATCH } from '../ir/shape.ts';
import { emitForward } from './forward.ts';

/** The name of the input that takes the true answers of a batch. */
export const TARGET_INPUT = 'target';

/**
 * The program that measures: a batch of any size and its targets in; predictions, `loss` (mean over the batch) and
 * `correct` (number of samples predicted right) out, in prediction mode.
 */
export function compileEvaluation(graph: CheckedGraph, target: Target = PORTABLE): Program {
  const g = new Builder(`${graph.document.name} evaluation`, target);
  const { output } = emitForward(g, graph, BATCH, 'predict');
  const { rules, args, node } = output;
  const answers = g.input(TARGET_INPUT, rules.target.dtype, [BATCH], { kind: 'target' });
  const predictions = g.within(node.node.name, () => rules.predictions(args));
  const { loss, correct } = g.within(node.node.name, () => rules.loss(args, answers));
  return g.finish([
    ...Object.entries(predictions).map(([name, value]) => ({ name, value, role: { kind: 'prediction' } as const })),
    { name: 'loss', value: loss, role: { kind: 'loss' } },
    { name: 'correct', value: correct, role: { kind: 'correct' } },
  ]);
}
