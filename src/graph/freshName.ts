import type { NetworkDocument } from './document.ts';

/** Ids of all nodes, notes and frames. */
export const takenIds = ({ nodes, notes, frames }: NetworkDocument): ReadonlySet<string> =>
  new Set([...nodes, ...notes, ...frames].map(({ id }) => id));

/** The first unused name of `base`, `base2`, `base3`, …; counting continues from a number at the end of `base`. */
export function freshName(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  const [, stem = base, digits] = /^(.*?)(\d+)$/.exec(base) ?? [];
  for (let n = digits === undefined ? 2 : Number(digits) + 1; ; n++) {
    const name = `${stem}${n}`;
    if (!taken.has(name)) return name;
  }
}
