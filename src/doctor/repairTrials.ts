import { z } from 'zod';
import type { NetworkDocument } from '../graph/document.ts';
import { measured } from '../runs/measured.ts';
import type { Repair } from './finding.ts';

/** Initial weights of a trial: from the seed, or those held by the engine. */
export const trialStart = z.enum(['start', 'held']);
export type TrialStart = z.infer<typeof trialStart>;

/** Result of a trial, in prediction mode on samples of the validation set. */
const outcome = z.object({
  /** Loss before the first step; `loss` after the last. */
  before: measured,
  loss: measured,
  /** Mean recall of the classes, in [0, 1]; null for regression. */
  recall: measured.nullable(),
});
export type Outcome = z.infer<typeof outcome>;

/** Results of short trainings of several documents on the data of the run (src/protocol). */
export const repairTrials = z.object({
  /** Training samples of each trial. */
  samples: z.int().nonnegative(),
  /** In the order of the request; null for a trial that was not carried out. */
  outcomes: z.array(outcome.nullable()),
  /** Reason for missing outcomes: the network is too large, or another request interrupted. */
  without: z.enum(['large', 'stopped']).nullable(),
});
export type RepairTrials = z.infer<typeof repairTrials>;

/** A network to try: that of the run (`repair` null) or a fixed one. */
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
  /** Candidates that were not tried. */
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
