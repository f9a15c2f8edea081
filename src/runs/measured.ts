import { z } from 'zod';

/**
 * A number that was measured (a loss, a norm, an error): NaN and the infinities are results too, and messages carry them
 * unchanged. JSON has no such numbers: `JSON.stringify` writes null, which is read as NaN.
 */
export const measured = z.union([
  z.custom<number>((value) => typeof value === 'number', 'not a number'),
  z.null().transform(() => Number.NaN),
]);
