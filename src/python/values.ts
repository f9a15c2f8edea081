/** A value in Python source; `code` is an expression. */
export type PyValue = string | number | boolean | null | { readonly code: string } | readonly PyValue[];

const isTuple = (value: PyValue): value is readonly PyValue[] => Array.isArray(value);

/** A number as Python writes it: 0.1, 1e-05 as 1e-5. Throws for NaN and infinity, which no setting has. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`${value} has no literal in Python`);
  return String(value).replace('e+', 'e');
}

/** A literal: lists are tuples, strings have double quotes. */
export function literal(value: PyValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return numberText(value);
  // JSON's escapes are those of Python, for any text without unpaired surrogates.
  if (typeof value === 'string') return JSON.stringify(value);
  if (!isTuple(value)) return value.code;
  return value.length === 1 ? `(${literal(value[0] as PyValue)},)` : `(${value.map(literal).join(', ')})`;
}

/** Type of all these values in an annotation. */
export const annotation = (values: readonly PyValue[]): string => [...new Set(values.map(typeText))].join(' | ');

function typeText(value: PyValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'string') return 'str';
  if (!isTuple(value)) throw new Error(`the type of ${value.code} is unknown`);
  return `tuple[${value.map(typeText).join(', ')}]`;
}
