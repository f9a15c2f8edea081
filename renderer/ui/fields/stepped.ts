interface Steps {
  readonly step: number;
  readonly min: number;
  readonly max?: number;
}

/** Rounded to the digits of the step: 0.1 + 0.2 is 0.3. A value with more digits keeps them. */
function rounded(value: number, step: number, digitsOf: number): number {
  const digits = Math.max(0, -Math.floor(Math.log10(step)), (String(digitsOf).split('.')[1] ?? '').length);
  return digits > 20 ? value : Number(value.toFixed(digits));
}

/** A value moved by `count` steps, within its range. */
export function stepped(value: number, count: number, { step, min, max = Number.POSITIVE_INFINITY }: Steps): number {
  return Math.min(max, Math.max(min, rounded(value + count * step, step, value)));
}
