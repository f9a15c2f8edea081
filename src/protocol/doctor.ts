import { z } from 'zod';
import { examination } from '../doctor/examination.ts';
import { repairTrials, trialStart } from '../doctor/repairTrials.ts';
import { documentSchema } from '../graph/document.ts';
import { network } from './results.ts';

export const doctorCalls = {
  /** Evidence for the training doctor (src/doctor), of data and weights; nothing is trained. */
  examine: { args: z.object(network), answer: examination },
  /**
   * Trains each document for a few steps on the run's own data and evaluates it, beside a run without touching it. The
   * weights that the engine holds stay the same. A later call of this kind or a run that starts ends it.
   */
  tryRepairs: {
    args: z.object({
      trials: z
        .array(z.object({ document: documentSchema, from: trialStart }))
        .min(1)
        .max(16)
        .readonly(),
    }),
    answer: repairTrials,
  },
};
