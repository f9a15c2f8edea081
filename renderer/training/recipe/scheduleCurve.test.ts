import { expect, it } from 'vitest';
import { defaultRecipe, defaultSchedules, type Recipe, type Schedule } from '../../../src/graph/recipe.ts';
import { scheduleCurve } from './scheduleCurve.ts';

const recipe = (schedule: Schedule, epochs = 10): Recipe => ({ ...defaultRecipe, epochs, schedule });
const at = (points: ReturnType<typeof scheduleCurve>, place: number) =>
  points.findLast((point) => point.at <= place)?.rate;

it('draws a drop at its exact position, however long the epochs are', () => {
  const points = scheduleCurve(recipe({ kind: 'multistep', unit: 'epoch', milestones: [5], gamma: 0.1 }), 250);
  expect(at(points, 4.999)).toBeCloseTo(0.1, 12);
  expect(at(points, 5)).toBeCloseTo(0.01, 12);
  expect(points.length).toBeLessThan(300);
});

it('has a point for every step of a short run, in order, up to the last', () => {
  const points = scheduleCurve(recipe(defaultSchedules.cosine, 2), 4);
  expect(points.map((point) => point.at)).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75]);
  expect(points[4]?.rate).toBeCloseTo(0.05, 12);
});

it('includes the peak of a cycle', () => {
  const points = scheduleCurve(recipe(defaultSchedules.oneCycle), 250);
  expect(Math.max(...points.map(({ rate }) => rate))).toBeGreaterThan(0.0999);
  expect(points[0]?.rate).toBeCloseTo(0.004, 6);
});
