import { expect, it } from 'vitest';
import type { EpochRecord } from '../runs/record.ts';
import { isExhausted } from './earlyStopping.ts';

const historyOf = (losses: readonly number[], accuracies: readonly number[] = losses): EpochRecord[] =>
  losses.map((loss, i) => {
    const metrics = { loss, accuracy: accuracies[i] as number };
    return { epoch: i + 1, train: metrics, validation: metrics, seconds: 1 };
  });

it.each([
  ['nothing was seen', [], 1, 0, false],
  ['every epoch is better', [3, 2, 1], 1, 0, false],
  ['one is worse', [3, 2, 2.5], 1, 0, true],
  ['one is worse and two are allowed', [3, 2, 2.5], 2, 0, false],
  ['two are no better', [3, 2, 2, 2], 2, 0, true],
  ['a better one came between', [3, 3.5, 2, 2.5], 2, 0, false],
  ['the gain is too small', [3, 2.99, 2.98], 2, 0.1, true],
  ['small gains add up', [3, 2.95, 2.85], 2, 0.1, false],
] as const)('by loss, %s', (_, losses, patience, minDelta, ends) => {
  expect(isExhausted(historyOf(losses), { monitor: 'loss', patience, minDelta })).toBe(ends);
});

it('by accuracy, higher is better', () => {
  const falling = historyOf([1, 1, 1], [0.9, 0.8, 0.7]);
  const rising = historyOf([1, 2, 3], [0.7, 0.8, 0.9]);
  const stopping = { monitor: 'accuracy', patience: 2, minDelta: 0 } as const;
  expect(isExhausted(falling, stopping)).toBe(true);
  expect(isExhausted(rising, stopping)).toBe(false);
});
