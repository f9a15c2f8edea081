import type { Recipe } from '../../../src/graph/recipe.ts';
import { ratesAt } from '../../../src/optim/schedules.ts';

export interface RatePoint {
  /** In epochs. */
  readonly at: number;
  readonly rate: number;
}

/** More places than this are not looked at: a curve some 250 pixels wide shows no more. */
const PLACES = 240;

/** The learning rate over a run of that many steps in all, at steps that the run will do. Of a plateau: where it starts. */
export function scheduleCurve({ schedule, optimizer, epochs }: Recipe, stepsPerEpoch: number): readonly RatePoint[] {
  const steps = stepsPerEpoch * epochs;
  const count = Math.min(PLACES, steps);
  const chosen = new Set<number>();
  for (let i = 0; i < count; i++) chosen.add(Math.floor((i / Math.max(1, count - 1)) * (steps - 1)));
  // Both sides of a drop, so that it is drawn where it is.
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
