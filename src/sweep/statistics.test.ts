import { describe, expect, it } from 'vitest';
import { pairedDifference, spreadOf, studentQuantile } from './statistics.ts';

describe('statistics of a few runs', () => {
  it.each([
    [1, 12.7062047],
    [2, 4.3026527],
    [4, 2.7764451],
    [9, 2.2621572],
    [30, 2.0422725],
    [1000, 1.9623391],
  ])('the 97.5%% quantile of t with %i degrees of freedom is that of the tables', (degrees, quantile) => {
    expect(studentQuantile(0.975, degrees)).toBeCloseTo(quantile, 6);
  });

  it('the sample standard deviation divides by n − 1', () => {
    expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ n: 8, mean: 5, sd: Math.sqrt(32 / 7) });
    expect(spreadOf([3])).toEqual({ n: 1, mean: 3, sd: null });
    expect(spreadOf([])).toBeNull();
  });

  /** The example of Student (Biometrika 6, 1908): hours of sleep gained by ten patients with each of two drugs. */
  it('the interval of the sleep data is that of the paper', () => {
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const difference = pairedDifference(first.map((value, i) => [value, second[i] as number]));
    expect(difference?.mean).toBeCloseTo(1.58, 10);
    expect(difference?.low).toBeCloseTo(0.7001142, 6);
    expect(difference?.high).toBeCloseTo(2.4598858, 6);
  });

  it('a single pair has no interval', () => {
    expect(pairedDifference([[1, 2]])).toBeNull();
  });
});
