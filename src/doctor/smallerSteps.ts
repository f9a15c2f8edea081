import type { Repair } from './finding.ts';
import type { Patient } from './patient.ts';
import { lowerRates, setRate } from './rates.ts';
import { highestRate } from './ratesInForce.ts';
import { scheduleRepairs } from './scheduleBrake.ts';
import { isSmall, largerBatch } from './smallBatch.ts';

/** Ratio of scheduled to configured learning rate from which the schedule determines the size of the steps. */
const RAISED = 3;

export const isRaised = (patient: Patient): boolean =>
  highestRate(patient) > RAISED * patient.recipe.optimizer.learningRate;

/** Fixes of steps that are too large, or too noisy because of small batches. */
export const smallerSteps = (patient: Patient): readonly Repair[] => [
  ...(isRaised(patient) ? scheduleRepairs(patient) : []),
  ...lowerRates(patient).map(setRate),
  ...(isSmall(patient.recipe) ? [largerBatch()] : []),
];
