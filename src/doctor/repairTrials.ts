import { z } from 'zod';
import type { NetworkDocument } from '../graph/document.ts';
import { measured } from '../runs/measured.ts';
import type { Repair } from './finding.ts';

/** Weights that a trial begins with: initial ones of the seed, or those that the engine holds. */
export const trialStart = z.enum(['start', 'held']);
export type TrialStart = z.infer<typeof trialStart>;

/** A network after some steps, in prediction mode on samples of the validation split. */
const outcome = z.object({
  /** The loss before the first step, and after the last. */
  before: measured,
  loss: measured,
  /** Mean recall of the classes, in [0, 1]; null where the predictions are numbers. */
  recall: measured.nullable(),
});
export type Outcome = z.infer<typeof outcome>;

/** Short trainings of several documents on the run's own data, told in src/protocol. */
export const repairTrials = z.object({
  /** Training samples of each trial. */
  samples: z.int().nonnegative(),
  /** In the order of the request; null where a trial was not carried out. */
  outcomes: z.array(outcome.nullable()),
  /** Why there are none: the network is too large for them, or another request came first. */
  without: z.enum(['large', 'stopped']).nullable(),
});
export type RepairTrials = z.infer<typeof repairTrials>;

/** A network to be tried: the run's own (`repair` null) or the repaired one. */
export interface Candidate {
  readonly repair: Repair | null;
  readonly from: TrialStart;
  readonly document: NetworkDocument;
}

/** Candidates with their outcomes. */
export interface Trials {
  readonly samples: number;
  readonly without: RepairTrials['without'];
  readonly tried: readonly (Candidate & { readonly outcome: Outcome })[];
  /** Candidates whose trial was not carried out. */
  readonly untried: readonly Candidate[];
}

export const trialsOf = (candidates: readonly Candidate[], { samples, outcomes, without }: RepairTrials): Trials => ({
  samples,
  without,
  tried: candidates.flatMap((candidate, i) => {
    const outcome = outcomes[i] ?? null;
    return outcome === null ? [] : [{ ...candidate, outcome }];
  }),
  untried: candidates.filter((_, i) => (outcomes[i] ?? null) === null),
});
