import type { Repair } from './finding.ts';
import type { Patient } from './patient.ts';
import { lowerRates, setRate } from './rates.ts';
import { highestRate } from './ratesInForce.ts';
import { scheduleRepairs } from './scheduleBrake.ts';
import { isSmall, largerBatch } from './smallBatch.ts';

/** A schedule that raises the rate so many times above the optimizer's own drives the steps, not the rate itself. */
const RAISED = 3;

export const isRaised = (patient: Patient): boolean =>
  highestRate(patient) > RAISED * patient.recipe.optimizer.learningRate;

/** Repairs of steps that are too large, or follow too few samples to know where to go. */
export const smallerSteps = (patient: Patient): readonly Repair[] => [
  ...(isRaised(patient) ? scheduleRepairs(patient) : []),
  ...lowerRates(patient).map(setRate),
  ...(isSmall(patient.recipe) ? [largerBatch()] : []),
];
