import type { Dataset } from '../../data/dataset.ts';
import { splitOf } from '../../data/split.ts';
import type { Finding } from '../../doctor/finding.ts';
import { withPlainLoss } from '../../doctor/plainLoss.ts';
import { repairEdits } from '../../doctor/repair.ts';
import type { NetworkDocument } from '../../graph/document.ts';
import { applyEdits } from '../../graph/edits.ts';
import { Evaluator } from '../evaluator.ts';
import { checkedGraph, samplesFor } from '../network.ts';
import { CPU_DEVICE, type Tensors } from '../session.ts';
import { type Case, train } from './trial.ts';

/** Validation result after a run: loss, and for classification the mean recall. */
export interface Result {
  readonly loss: number;
  readonly recall: number | null;
}

/** Results before and after the first fix, both trained to the end. */
export interface CaseOutcome {
  readonly fix: string;
  readonly before: Result;
  readonly after: Result;
}

/** Null if the first finding has no fix. */
export async function outcomeOf(each: Case, findings: readonly Finding[], left: Tensors): Promise<CaseOutcome | null> {
  const { document, data } = each;
  const [fix] = findings[0]?.fixes ?? [];
  if (fix === undefined) return null;
  const mended = applyEdits(document, repairEdits(document, fix));
  // The fix is to train from scratch, so the weights of the case are not used.
  const { weights } = await train({ document: mended, data });
  return {
    fix: fix.title.en,
    before: await resultOf(document, data, left),
    after: await resultOf(mended, data, weights),
  };
}

async function resultOf(document: NetworkDocument, data: Dataset, weights: Tensors): Promise<Result> {
  const graph = checkedGraph(document);
  const evaluator = await Evaluator.open(withPlainLoss(graph), CPU_DEVICE);
  const { validation } = splitOf(data, document.data);
  const { loss, classes } = await evaluator.evaluate(samplesFor(graph, data), validation, weights);
  await evaluator.release();
  const recalls = classes.filter(({ support }) => support > 0).map(({ recall }) => recall);
  return { loss, recall: recalls.length === 0 ? null : recalls.reduce((a, b) => a + b, 0) / recalls.length };
}

/** True if the loss is at least 10% lower, or the mean recall 3 percentage points higher. */
export function isBetter({ before, after }: CaseOutcome): boolean {
  if (after.recall !== null && before.recall !== null && after.recall > before.recall + 0.03) return true;
  return after.loss < 0.9 * (Number.isNaN(before.loss) ? Number.POSITIVE_INFINITY : before.loss);
}
