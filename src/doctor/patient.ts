import type { CheckedNode } from '../check/checkedGraph.ts';
import type { Recipe } from '../graph/document.ts';
import { type Course, courseOf, endOf, total } from './course.ts';
import type { Evidence } from './evidence.ts';
import type { DataEvidence, NetworkEvidence } from './examination.ts';
import type { Trials } from './repairTrials.ts';

/** The evidence with derived facts, as the ailments use them. */
export interface Patient extends Omit<Evidence, 'trials'> {
  /** Null before fixes were tried. */
  readonly trials: Trials | null;
  readonly recipe: Recipe;
  readonly course: Course | null;
  readonly data: DataEvidence | null;
  readonly network: NetworkEvidence | null;
  readonly nodes: readonly CheckedNode[];
  /** True if loss, gradients or weights became NaN or infinite. */
  readonly broken: boolean;
  /** Accuracy of always predicting the most frequent class; 0 for regression. */
  readonly chance: number;
  /** True if the network has learned little. */
  readonly stuck: boolean;
}

/** Message of src/engine/trainer.ts about a run that ended in NaN or infinite values. */
const BROKEN = /became NaN or infinite/;
/** Fraction of the possible decrease of the loss below which a network has learned little. */
const HALF = 0.5;
/** Accuracy, or fraction of the variance explained, from which a network has learned. */
const TRAINED = 0.9;

export function patientOf(evidence: Evidence): Patient {
  const { graph, run, examination } = evidence;
  const course = courseOf(evidence);
  const network = examination?.network ?? null;
  const counts = examination?.data.classes?.train ?? null;
  const numbers = endOf(graph)?.layer.output?.answers === 'numbers';
  const good = network !== null && network.score.train >= TRAINED && (numbers || counts === null || isEven(counts));
  return {
    ...evidence,
    trials: evidence.trials ?? null,
    recipe: graph.document.recipe,
    course,
    network,
    data: examination?.data ?? null,
    nodes: graph.nodes,
    broken: run.state === 'failed' && run.message !== null && BROKEN.test(run.message.en),
    chance: numbers || counts === null ? 0 : Math.max(...counts) / Math.max(1, total(counts)),
    stuck: course !== null && course.end - course.floor > HALF * (course.idle - course.floor) && !good,
  };
}

/** True if no class has most of the samples. */
const isEven = (counts: readonly number[]): boolean => Math.max(...counts) < 0.75 * total(counts);
