import type { CheckedNode } from '../check/checkedGraph.ts';
import type { Recipe } from '../graph/document.ts';
import { type Course, courseOf, endOf, total } from './course.ts';
import type { Evidence } from './evidence.ts';
import type { DataEvidence, NetworkEvidence } from './examination.ts';
import type { Trials } from './repairTrials.ts';

/** The evidence with what follows from it, as the ailments ask for it. */
export interface Patient extends Omit<Evidence, 'trials'> {
  /** Null before repairs were tried. */
  readonly trials: Trials | null;
  readonly recipe: Recipe;
  readonly course: Course | null;
  readonly data: DataEvidence | null;
  readonly network: NetworkEvidence | null;
  readonly nodes: readonly CheckedNode[];
  /** It became NaN or infinite. */
  readonly broken: boolean;
  /** The score that always saying the commonest class would have, 0 where the answers are numbers. */
  readonly chance: number;
  /** It has learned too little to be called trained. */
  readonly stuck: boolean;
}

/** What src/engine/trainer.ts says of a run that ended in numbers that are none. */
const BROKEN = /became NaN or infinite/;
/** Half of what can be learned at all is still to be learned. */
const HALF = 0.5;
/** A network that explains this share of the variance, or is right so often, has learned. */
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

/** No class has more than half of the samples, or two share them alike. */
const isEven = (counts: readonly number[]): boolean => Math.max(...counts) < 0.75 * total(counts);
