/** True if two JSON values are equal. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => key in b && sameValue((a as Fields)[key], (b as Fields)[key]));
}

type Fields = Readonly<Record<string, unknown>>;

/** True if two records hold identical values under the same keys. */
export function sameFields<T extends object>(a: T, b: T): boolean {
  if (a === b) return true;
  let extra = 0;
  for (const key in a) {
    if (a[key] !== b[key]) return false;
    extra++;
  }
  for (const _ in b) extra--;
  return extra === 0;
}

/** `before` if all items of `list` are identical, to keep its identity. */
export const sameList = <T>(list: readonly T[], before: readonly T[]): readonly T[] =>
  list.length === before.length && list.every((item, i) => item === before[i]) ? before : list;
