const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads a decimal number: `10`, `-0.5`, `1e-3`. NaN for any other text, including `0x10`, `Infinity` and the empty
 * text.
 */
export const decimalOf = (text: string): number => (DECIMAL.test(text.trim()) ? Number(text) : Number.NaN);
