import { expect, test } from 'vitest';
import { stepped } from './stepped.ts';

test.each([
  [0.1, 1, { step: 0.1, min: 0 }, 0.2],
  [0.2, 1, { step: 0.1, min: 0 }, 0.3],
  [0.25, 1, { step: 0.1, min: 0 }, 0.35],
  [16, 10, { step: 1, min: 1 }, 26],
  [6, -10, { step: 1, min: 1 }, 1],
  [0.95, 10, { step: 0.05, min: 0, max: 1 }, 1],
  [1e-5, 1, { step: 1e-5, min: 1e-12, max: 1 }, 2e-5],
])('%d and %d steps of %o', (value, count, steps, result) => expect(stepped(value, count, steps)).toBe(result));
