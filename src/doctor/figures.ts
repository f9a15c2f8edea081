/** A number with three significant digits, for texts: 0.00031, 2.31, 1,250, ∞. */
export function figure(x: number): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? 'NaN' : x > 0 ? '∞' : '−∞';
  if (x === 0) return '0';
  const size = Math.abs(x);
  if (size >= 1e6 || size < 1e-4) return x.toExponential(1).replace('.0', '').replace('e+', 'e');
  return size >= 1000 ? Math.round(x).toLocaleString('en') : String(Number(x.toPrecision(3)));
}

export const percent = (share: number): string => {
  const value = 100 * share;
  return `${value !== 0 && Math.abs(value) < 1 ? Number(value.toPrecision(1)) : Math.round(value)}%`;
};

/** Rounds to one significant digit, usual for learning rates. */
export const roundToOneDigit = (x: number): number => Number(x.toPrecision(1));

export const quotedList = (names: readonly string[]) => {
  const shown = names.slice(0, 3);
  const more = names.length - shown.length;
  return {
    en: shown.map((name) => `“${name}”`).join(', ') + (more > 0 ? ` and ${more} more` : ''),
    zh: shown.map((name) => `“${name}”`).join('、') + (more > 0 ? `等 ${names.length} 层` : ''),
  };
};
