import type { Recipe } from '../../../src/graph/recipe.ts';
import { ratesAt } from '../../../src/optim/schedules.ts';

export interface RatePoint {
  /** Position in epochs. */
  readonly at: number;
  readonly rate: number;
}

/** Max number of points. The plot is only about 250 pixels wide. */
const PLACES = 240;

/** Learning rate at evenly spaced steps of a run. Drops of a plateau schedule are unknown, so its curve is constant. */
export function scheduleCurve({ schedule, optimizer, epochs }: Recipe, stepsPerEpoch: number): readonly RatePoint[] {
  const steps = stepsPerEpoch * epochs;
  const count = Math.min(PLACES, steps);
  const chosen = new Set<number>();
  for (let i = 0; i < count; i++) chosen.add(Math.floor((i / Math.max(1, count - 1)) * (steps - 1)));
  // Points on both sides of each epoch's end draw a drop at its exact position.
  if (schedule !== undefined && 'unit' in schedule && schedule.unit === 'epoch' && epochs <= PLACES) {
    for (let epoch = 1; epoch < epochs; epoch++) chosen.add(epoch * stepsPerEpoch - 1).add(epoch * stepsPerEpoch);
  }
  return [...chosen]
    .sort((a, b) => a - b)
    .map((step) => {
      const epoch = Math.floor(step / stepsPerEpoch);
      const { learningRate } = ratesAt(schedule, optimizer.learningRate, { step, steps, epoch, epochs });
      return { at: step / stepsPerEpoch, rate: learningRate };
    });
}
