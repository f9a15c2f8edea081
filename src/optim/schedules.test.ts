import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { openCases } from '../engine/golden/cases.ts';
import { scheduleOf } from '../engine/golden/settings.ts';
import { defaultSchedules } from '../graph/recipe.ts';
import { type PlateauState, plateauReport, plateauStart, type Rates, ratesAt } from './schedules.ts';

const set = await openCases(fileURLToPath(new URL('../../testdata/golden/cases.json', import.meta.url)));

describe('golden cases', () => {
  test.each(set.cases.filter(({ group }) => group === 'schedule'))('$id', async (golden) => {
    if (golden.group !== 'schedule') throw new Error('filtered');
    const tensors = await set.tensorsOf(golden);
    const { schedule, baseLr } = scheduleOf(golden.schedule);
    const expected = tensors.get('lr').data as Float64Array;
    let plateau: PlateauState = plateauStart(baseLr);
    const rates: Rates[] = [];
    for (let step = 0; step < expected.length; step++) {
      rates.push(ratesAt(schedule, baseLr, { step, steps: expected.length, epoch: 0, epochs: 1 }, plateau));
      if (schedule.kind !== 'plateau') continue;
      // Restored as from a checkpoint.
      const kept = JSON.parse(JSON.stringify(plateau)) as PlateauState;
      plateau = plateauReport(schedule, kept, Number(tensors.get('metric').data[step]));
    }
    for (const [i, rate] of rates.entries()) expect(rate.learningRate).toBeCloseTo(expected[i], 14);
    if (!tensors.has('momentum')) return;
    const momenta = tensors.get('momentum').data;
    for (const [i, rate] of rates.entries()) expect(rate.momentum).toBeCloseTo(Number(momenta[i]), 14);
  });
});

const at = (step: number, epoch = Math.floor(step / 10)) => ({ step, steps: 100, epoch, epochs: 10 });

describe('a schedule', () => {
  it('no schedule keeps the learning rate constant', () => {
    expect(ratesAt(undefined, 0.3, at(50))).toEqual({ learningRate: 0.3 });
    expect(ratesAt({ kind: 'constant' }, 0.3, at(50))).toEqual({ learningRate: 0.3 });
  });

  it('counts in its unit, epochs or steps', () => {
    const step = { kind: 'step', stepSize: 5, gamma: 0.1 } as const;
    expect(ratesAt({ ...step, unit: 'epoch' }, 1, at(49)).learningRate).toBe(1);
    expect(ratesAt({ ...step, unit: 'epoch' }, 1, at(50)).learningRate).toBe(0.1);
    expect(ratesAt({ ...step, unit: 'step' }, 1, at(9)).learningRate).toBe(0.1);
  });

  it('an omitted length is the whole run', () => {
    const { cosine, warmupCosine, oneCycle } = defaultSchedules;
    expect(ratesAt(cosine, 1, at(50)).learningRate).toBeCloseTo(0.5, 14);
    expect(ratesAt({ ...cosine, unit: 'epoch' }, 1, at(59)).learningRate).toBeCloseTo(0.5, 14);
    expect(ratesAt({ ...warmupCosine, warmupSteps: 20 }, 1, at(60)).learningRate).toBeCloseTo(0.5, 14);
    const last = ratesAt(oneCycle, 1, at(99));
    expect(last.learningRate).toBeCloseTo(1 / 25 / 1e4, 14);
    expect(last.momentum).toBeCloseTo(0.95, 14);
  });

  it('stays finite for a phase of length 0', () => {
    const { warmupCosine, oneCycle } = defaultSchedules;
    for (const pctStart of [0, 0.01, 0.5, 1]) {
      for (const threePhase of [false, true]) {
        for (let step = 0; step <= 101; step++) {
          const { learningRate, momentum } = ratesAt({ ...oneCycle, pctStart, threePhase }, 1, at(step));
          expect(learningRate).toBeGreaterThan(0);
          expect(learningRate).toBeLessThanOrEqual(1 + 1e-12);
          expect(momentum).toBeGreaterThanOrEqual(0.85 - 1e-12);
          expect(momentum).toBeLessThanOrEqual(0.95 + 1e-12);
        }
      }
    }
    for (const warmupSteps of [0, 100, 200]) {
      const schedule = { ...warmupCosine, warmupSteps };
      for (let step = 0; step < 101; step++)
        expect(ratesAt(schedule, 1, at(step)).learningRate).toBeGreaterThanOrEqual(0);
    }
  });

  it('the plateau schedule never takes NaN as the best metric', () => {
    const schedule = { ...defaultSchedules.plateau, patience: 0, factor: 0.5, mode: 'max', minLr: 0.3 } as const;
    let state = plateauStart(1);
    const rates = [Number.NaN, 0.5, 0.5, 0.9, 0.9, 0.9].map((metric) => {
      state = plateauReport(schedule, state, metric);
      return state.learningRate;
    });
    expect(rates).toEqual([0.5, 0.5, 0.3, 0.3, 0.3, 0.3]);
  });
});
