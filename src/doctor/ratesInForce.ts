import type { NetworkDocument } from '../graph/document.ts';
import { type PlateauConfig, plateauReport, plateauStart, ratesAt } from '../optim/schedules.ts';
import { mean } from './course.ts';
import type { Patient } from './patient.ts';

/** Number of steps at which the schedule is sampled. */
const PLACES = 400;

type ScheduleSource = Pick<Patient, 'recipe' | 'run' | 'data'>;

/** Scheduled learning rates of the steps so far, at evenly spaced steps; empty before the first step. */
export function ratesInForce({ recipe, run, data }: ScheduleSource): readonly number[] {
  const { optimizer, schedule, epochs, batchSize } = recipe;
  const epoch =
    data === null
      ? Math.max(1, Math.round(run.step / Math.max(1, run.history.length)))
      : Math.max(1, Math.ceil(data.train / batchSize));
  if (schedule?.kind === 'plateau') return ratesByEpoch(schedule, optimizer.learningRate, run);
  const count = Math.min(run.step, PLACES);
  return Array.from({ length: count }, (_, i) => {
    const step = Math.floor((i * run.step) / count);
    const at = { step, steps: epoch * epochs, epoch: Math.floor(step / epoch), epochs };
    return ratesAt(schedule, optimizer.learningRate, at).learningRate;
  });
}

/** Learning rate of each finished epoch, from the validation results that the schedule used. */
function ratesByEpoch(schedule: PlateauConfig, learningRate: number, { history }: Patient['run']): readonly number[] {
  let state = plateauStart(learningRate);
  const rates = [learningRate];
  for (const { validation } of history.slice(0, -1)) {
    const watched = schedule.mode === 'min' || validation.accuracy === null ? validation.loss : validation.accuracy;
    state = plateauReport(schedule, state, watched);
    rates.push(state.learningRate);
  }
  return rates;
}

/** Replaces a plateau schedule with its rates in the run, because a short trial has no epochs for it. */
export function withRatesOfRun(document: NetworkDocument, run: Patient['run']): NetworkDocument {
  const { optimizer, schedule } = document.recipe;
  if (schedule?.kind !== 'plateau') return document;
  const rates = ratesByEpoch(schedule, optimizer.learningRate, run);
  const milestones = rates.flatMap((rate, epoch) => (epoch > 0 && rate < (rates[epoch - 1] as number) ? [epoch] : []));
  const went = { kind: 'multistep', unit: 'epoch', milestones, gamma: schedule.factor } as const;
  return { ...document, recipe: { ...document.recipe, schedule: went } };
}

/** Mean scheduled learning rate as a fraction of that of the optimizer. */
export const shareOfRate = (patient: ScheduleSource): number =>
  mean(ratesInForce(patient)) / patient.recipe.optimizer.learningRate;

/** Highest scheduled learning rate; a schedule may raise that of the optimizer. */
export const highestRate = (patient: ScheduleSource): number =>
  Math.max(patient.recipe.optimizer.learningRate, ...ratesInForce(patient));
