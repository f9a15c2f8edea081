import { z } from 'zod';

/**
 * A measured number (a loss, a norm, an error). NaN and infinities are valid results, and messages keep them. JSON has
 * no such numbers: `JSON.stringify` writes null, which is read as NaN.
 */
export const measured = z.union([
  z.custom<number>((value) => typeof value === 'number', 'not a number'),
  z.null().transform(() => Number.NaN),
]);
