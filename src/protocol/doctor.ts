import { z } from 'zod';
import { examination } from '../doctor/examination.ts';
import { repairTrials, trialStart } from '../doctor/repairTrials.ts';
import { documentSchema } from '../graph/document.ts';
import { network } from './results.ts';

export const doctorCalls = {
  /** Computes evidence for the training doctor (src/doctor) from dataset and weights, without training. */
  examine: { args: z.object(network), answer: examination },
  /**
   * Trains each document for a few steps on the dataset of the run and evaluates it, without affecting a current run or
   * the weights of the engine. Ended by a later call of this kind or by a new run.
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
