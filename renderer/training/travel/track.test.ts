import { describe, expect, it } from 'vitest';
import { defaultRecipe } from '../../../src/graph/recipe.ts';
import { Curves } from '../../../src/runs/curves.ts';
import type { EpochRow } from '../../state/stores/runStore.ts';
import { figuresAt, nearestTo, pastOf, stopFrom } from '../../state/travel/track.ts';
import { branchRecipe } from './branchRecipe.ts';

const checkpoints = [0, 10, 40, 200].map((step) => ({ step, epoch: Math.floor(step / 100) }));

describe('the stops of the slider', () => {
  it.each<[step: number | null, by: number, to: number | null]>([
    [null, -1, 200],
    [null, 1, null],
    [200, 1, null],
    [200, -1, 40],
    [10, -1, 0],
    [0, -1, 0],
    [0, 5, null],
    [0, 2, 40],
    // A checkpoint that was deleted: the next one from its position.
    [20, 1, 200],
    [20, -1, 10],
  ])('from %s by %d: %s', (step, by, to) => {
    expect(stopFrom(checkpoints, step, by)).toBe(to);
  });

  it('are the checkpoints before the current step', () => {
    expect(pastOf(checkpoints, 200).map(({ step }) => step)).toEqual([0, 10, 40]);
    expect(pastOf(checkpoints, 0)).toEqual([]);
  });

  it('include the nearest one for a deleted checkpoint', () => {
    expect([nearestTo(checkpoints, 26)?.step, nearestTo(checkpoints, 24)?.step, nearestTo([], 3)]).toEqual([
      40,
      10,
      null,
    ]);
  });
});

describe('the metrics of a checkpoint', () => {
  const curves = new Curves();
  for (let step = 1; step <= 100; step++) {
    const rest = { learningRate: 0.1, gradientNorm: 1, samplesPerSecond: 1 };
    curves.add({ step, loss: step <= 50 ? 2 : 1, accuracy: step === 100 ? Number.NaN : 0.5, ...rest });
  }
  const row = (epoch: number, step: number): EpochRow => {
    const metrics = { loss: 1, accuracy: 0.9 };
    return { epoch, step, train: metrics, validation: metrics, seconds: 1 };
  };
  const history = [row(1, 40), row(2, 80)];

  it('are means over the batches just before, with those of the last epoch', () => {
    expect(figuresAt(curves, history, 50)).toEqual({ loss: 2, accuracy: 0.5, validation: history[0] });
    expect(figuresAt(curves, history, 100)).toEqual({ loss: 1, accuracy: 0.5, validation: history[1] });
    expect(figuresAt(curves, history, 60).loss).toBeCloseTo((15 * 2 + 10 * 1) / 25, 6);
  });

  it('are missing before the first step', () => {
    expect(figuresAt(curves, history, 0)).toEqual({ loss: null, accuracy: null, validation: null });
  });
});

describe('the training settings of a branch', () => {
  const began = { ...defaultRecipe, batchSize: 32, epochs: 10 };
  const changes = [
    { step: 100, batchSize: { from: 32, to: 64 } },
    { step: 200, batchSize: { from: 64, to: 128 }, epochs: { from: 10, to: 20 } },
  ];

  it('are those in force at the checkpoint', () => {
    expect(branchRecipe(began, changes, 150, began)).toEqual({ ...began, batchSize: 64 });
    expect(branchRecipe(began, changes, 99, began)).toEqual(began);
  });

  it('include later changes of settings that may differ', () => {
    const optimizer = { ...began.optimizer, learningRate: 0.5 };
    const drawn = { ...began, optimizer, seed: 7, epochs: 3 };
    expect(branchRecipe(began, changes, 250, drawn)).toEqual({ ...began, optimizer, batchSize: 128, epochs: 3 });
  });
});
