/** Number with three significant digits and a true minus sign: −0.0123, 1.50, 120, 3.2e−7. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const text =
    size === 0 ? '0' : size >= 1e5 || size < 1e-3 ? value.toExponential(1).replace('e+', 'e') : value.toPrecision(3);
  const plain = size >= 100 && size < 1e5 ? value.toFixed(0) : text;
  return plain.replaceAll('-', '−');
}
