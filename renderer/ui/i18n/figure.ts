/** A number with three significant digits, without an exponent if possible: 0.123, −4.5, 1.2e-7. */
export function figure(value: number): string {
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(1) : `${Number(value.toPrecision(3))}`;
  return text.replace('-', '−');
}
