import type { CheckedGraph } from '../check/checkedGraph.ts';
import { Builder } from '../ir/builder.ts';
import type { Program } from '../ir/program.ts';
import { BATCH } from '../ir/shape.ts';
import { PORTABLE, type Target } from '../ir/target.ts';
import { emitForward, emitLoss, emitPredictions } from './forward.ts';

/**
 * Compiles the evaluation program, in prediction mode. Inputs: a batch of any size and its targets. Outputs:
 * predictions, `loss` (mean over the batch) and `correct` (number of correct predictions).
 */
export function compileEvaluation(graph: CheckedGraph, target: Target = PORTABLE): Program {
  const g = new Builder(`${graph.document.name} evaluation`, target);
  const forward = emitForward(g, graph, BATCH, 'predict');
  return g.finish([...emitPredictions(g, forward), ...emitLoss(g, forward, BATCH).outputs]);
}
